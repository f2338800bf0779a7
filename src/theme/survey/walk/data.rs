//! Which of the site's **data** a template uses: the lists that it names, and the datasets of which
//! it uses the rows.
//!
//! Not in here: the lists themselves (`html`).

use minijinja::machinery::ast::Expr;

use crate::theme::survey::Path;

use super::{DATA, Walker, constant};

/// The part of the data with the rows of datasets.
const ROWS: &str = "rows";

impl Walker<'_> {
    /// Visits the expression whose attribute `key` is used, and records which data that is.
    pub(super) fn owner(&mut self, expression: &Expr<'_>, key: &str) -> Option<Path> {
        if self.is_data(expression) {
            self.found.data.lists.insert(key.to_owned());
            self.found.data.any_rows |= key == ROWS;
            return Some(Path { root: DATA.to_owned(), steps: Vec::new() });
        }
        if !self.is_rows(expression) {
            return self.expression(expression);
        }
        self.found.data.rows.insert(key.to_owned());
        let before = self.found.data.any_rows;
        let path = self.expression(expression);
        self.found.data.any_rows = before;
        path
    }

    /// Is it the variable with the site's data?
    pub(super) fn is_data(&self, expression: &Expr<'_>) -> bool {
        matches!(expression, Expr::Var(var) if var.id == DATA && self.lookup(DATA).is_none())
    }

    /// Is it the rows of all datasets?
    fn is_rows(&self, expression: &Expr<'_>) -> bool {
        match expression {
            Expr::GetAttr(attribute) => attribute.name == ROWS && self.is_data(&attribute.expr),
            Expr::GetItem(item) => {
                self.is_data(&item.expr)
                    && constant(&item.subscript_expr).is_some_and(|key| key == ROWS)
            }
            _ => false,
        }
    }
}
