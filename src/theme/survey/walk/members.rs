//! What a template takes from **elsewhere**: macros of other templates, and assets by their names.
//!
//! Not in here: finding names that do not exist (`lint`, `markup`).

use minijinja::machinery::ast::{CallArg, Expr};

use crate::theme::asset::NAME as ASSET;
use crate::theme::survey::NameUse;

use super::{LoopName, ROOTS, Walker, constant};

impl Walker<'_> {
    /// Records the path in `asset("path")`, if it is a literal.
    pub(super) fn named_asset(&mut self, called: &Expr<'_>, arguments: &[CallArg<'_>]) {
        let is_asset =
            matches!(called, Expr::Var(var) if var.id == ASSET && self.lookup(ASSET).is_none());
        if is_asset
            && let [CallArg::Pos(path)] = arguments
            && let Some(text) = constant(path)
        {
            let name = self.name(&text, path.span());
            self.found.assets.push(name);
        }
    }

    /// Records the attribute `name` of `owner`, if `owner` is a variable that the template does not
    /// set.
    pub(super) fn member_of_free(&mut self, owner: &Expr<'_>, name: &NameUse) {
        if let Expr::Var(var) = owner
            && !self.is_guarded
            && !ROOTS.contains(&var.id)
            && self.lookup(var.id).is_none()
        {
            self.found.members_of_free.push((var.id.to_owned(), name.clone()));
        }
    }

    /// Is it a template that the template imports?
    pub(super) fn is_module(&self, expression: &Expr<'_>) -> bool {
        matches!(expression, Expr::Var(var) if matches!(self.lookup(var.id), Some(LoopName::Module(_))))
    }
}
