//! The **walk** through the syntax tree of a template, which keeps track of the variables that are
//! set at each point.
//!
//! Not in here: the data that is collected (`survey`).

mod data;
mod members;

use std::collections::BTreeMap;
use std::ops::Range;

use minijinja::machinery::Span;
use minijinja::machinery::ast::{Block, Call, CallArg, Expr, Macro, Spanned, Stmt};

use super::{BlockFound, CallKind, NameUse, Path, PathStep, Survey};

/// Variables whose attributes are checked.
const ROOTS: [&str; 5] = [DATA, "page", "site", "view", "words"];
/// The variable with the site's data.
const DATA: &str = "data";
/// Filters whose result consists of items of the list that they are given.
const CHOOSING: [&str; 10] = [
    "list",
    "order_by",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
    "sort",
    "unique",
    "where",
];

#[derive(Clone)]
enum LoopName {
    Unknown,
    Path(Path),
    Module(String),
}

/// Collects what the `statements` of the template `source` contain.
pub(super) fn walk(source: &str, statements: &[Stmt<'_>]) -> Survey {
    let mut walker = Walker {
        source,
        found: Survey::default(),
        scopes: vec![BTreeMap::new()],
        in_block: false,
        in_macro: false,
        is_guarded: false,
    };
    walker.body(statements);
    walker.found
}

struct Walker<'s> {
    source: &'s str,
    found: Survey,
    scopes: Vec<BTreeMap<String, LoopName>>,
    in_block: bool,
    in_macro: bool,
    /// Is the current expression tested for being defined?
    is_guarded: bool,
}

impl Walker<'_> {
    /// `text` with its range in the source: its first occurrence after the start of `span`,
    /// otherwise `span` itself.
    fn name(&self, text: &str, span: Span) -> NameUse {
        let start = span.start_offset as usize;
        let end = (span.end_offset as usize).max(start);
        let rest = self.source.get(start..).unwrap_or_default();
        let range = match rest.find(text) {
            Some(at) if !text.is_empty() => start + at..start + at + text.len(),
            _ => start..end,
        };
        NameUse { text: text.to_owned(), range }
    }

    /// Visits statements in the current scope. Text after `page.assets` is an asset.
    fn body(&mut self, statements: &[Stmt<'_>]) {
        for (at, statement) in statements.iter().enumerate() {
            self.statement(statement);
            if let (Stmt::EmitExpr(shown), Some(Stmt::EmitRaw(raw))) =
                (statement, statements.get(at + 1))
                && is_assets(&shown.expr)
            {
                self.asset(raw.raw);
            }
        }
    }

    /// Offset in the source of `raw`, which must be a slice of it.
    fn start_of(&self, raw: &str) -> usize {
        raw.as_ptr() as usize - self.source.as_ptr() as usize
    }

    fn asset(&mut self, raw: &str) {
        let Some(end) = raw.find(['"', '\'', '?', '#', '<', '>', ' ', ',', '\n']) else { return };
        let start = self.start_of(raw);
        self.found.assets.push(NameUse { text: raw[..end].to_owned(), range: start..start + end });
    }

    /// Visits statements in a new scope with the variables `bound`.
    fn inner(&mut self, statements: &[Stmt<'_>], bound: Vec<(String, LoopName)>) {
        self.found.bound.extend(bound.iter().map(|(name, _)| name.clone()));
        self.scopes.push(bound.into_iter().collect());
        self.body(statements);
        self.scopes.pop();
    }

    fn bind(&mut self, name: &str, to: LoopName) {
        self.found.bound.insert(name.to_owned());
        if let Some(scope) = self.scopes.last_mut() {
            // A variable that is set twice may have either value.
            let to = if scope.contains_key(name) { LoopName::Unknown } else { to };
            scope.insert(name.to_owned(), to);
        }
    }

    /// Records content outside of blocks, if the template extends another.
    fn outside(&mut self, range: Range<usize>) {
        if self.found.is_child && !self.in_block && !self.in_macro && self.scopes.len() == 1 {
            self.found.outside.push(range);
        }
    }

    /// Visits a statement and everything in it: records what it uses, and sets its variables in the
    /// current scope or in a scope of their own.
    fn statement(&mut self, statement: &Stmt<'_>) {
        match statement {
            Stmt::Template(template) => self.body(&template.children),
            Stmt::EmitExpr(shown) => {
                let span = shown.span();
                self.outside(span.start_offset as usize..span.end_offset as usize);
                self.expression(&shown.expr);
            }
            Stmt::EmitRaw(raw) => {
                let start = self.start_of(raw.raw);
                self.found.markup.push(start..start + raw.raw.len());
                let text = raw.raw.trim();
                if !text.is_empty() {
                    let start = self.start_of(text);
                    let end = text.find('\n').unwrap_or(text.len());
                    self.outside(start..start + text[..end].trim_end().len());
                }
            }
            Stmt::ForLoop(repeat) => {
                let items = self.expression(&repeat.iter);
                let bound = targets(&repeat.target).into_iter().map(|name| {
                    let to = match (&items, &repeat.target) {
                        (Some(path), Expr::Var(_)) => {
                            let mut path = path.clone();
                            path.steps.push(PathStep::Item);
                            LoopName::Path(path)
                        }
                        _ => LoopName::Unknown,
                    };
                    (name, to)
                });
                let mut bound: Vec<(String, LoopName)> = bound.collect();
                bound.push(("loop".to_owned(), LoopName::Unknown));
                self.scopes.push(bound.iter().cloned().collect());
                if let Some(filter) = &repeat.filter_expr {
                    self.expression(filter);
                }
                self.scopes.pop();
                self.inner(&repeat.body, bound);
                self.inner(&repeat.else_body, Vec::new());
            }
            Stmt::IfCond(condition) => {
                self.expression(&condition.expr);
                self.body(&condition.true_body);
                self.body(&condition.false_body);
            }
            Stmt::WithBlock(with) => {
                let mut bound = Vec::new();
                for (target, value) in &with.assignments {
                    let value = self.expression(value).map_or(LoopName::Unknown, LoopName::Path);
                    bound.extend(targets(target).into_iter().map(|name| (name, value.clone())));
                }
                self.inner(&with.body, bound);
            }
            Stmt::Set(set) => {
                let value = self.expression(&set.expr);
                let one = matches!(set.target, Expr::Var(_));
                let value = value.filter(|_| one).map_or(LoopName::Unknown, LoopName::Path);
                for name in targets(&set.target) {
                    self.bind(&name, value.clone());
                }
            }
            Stmt::SetBlock(set) => {
                self.inner(&set.body, Vec::new());
                if let Some(filter) = &set.filter {
                    self.expression(filter);
                }
                for name in targets(&set.target) {
                    self.bind(&name, LoopName::Unknown);
                }
            }
            Stmt::AutoEscape(escape) => {
                self.expression(&escape.enabled);
                self.body(&escape.body);
            }
            Stmt::FilterBlock(block) => {
                self.expression(&block.filter);
                self.inner(&block.body, Vec::new());
            }
            Stmt::Block(block) => self.block(block),
            Stmt::Extends(extends) => {
                self.found.is_child = true;
                match constant(&extends.name) {
                    Some(name) => {
                        self.found.parent = Some(self.name(&name, extends.name.span()));
                    }
                    None => self.found.is_dynamic = true,
                }
            }
            Stmt::Include(include) => match constant(&include.name) {
                Some(name) if !include.ignore_missing => {
                    let name = self.name(&name, include.name.span());
                    self.found.uses.push(name);
                }
                _ => self.found.is_dynamic = true,
            },
            Stmt::Import(import) => {
                let module = self.module(&import.expr);
                for name in targets(&import.name) {
                    if let Some(module) = &module {
                        self.found.modules.insert(name.clone(), module.clone());
                    }
                    self.bind(&name, module.clone().map_or(LoopName::Unknown, LoopName::Module));
                }
            }
            Stmt::FromImport(import) => {
                let module = self.module(&import.expr);
                for (name, alias) in &import.names {
                    if let (Some(module), Expr::Var(var)) = (&module, name) {
                        let member = self.name(var.id, var.span());
                        self.found.members.push((module.clone(), member));
                    }
                    for name in targets(alias.as_ref().unwrap_or(name)) {
                        self.bind(&name, LoopName::Unknown);
                    }
                }
            }
            Stmt::Macro(declared) => {
                self.found.macros.insert(declared.name.to_owned());
                self.bind(declared.name, LoopName::Unknown);
                self.macro_body(declared);
            }
            Stmt::CallBlock(block) => {
                self.call(&block.call);
                self.macro_body(&block.macro_decl);
            }
            Stmt::Do(run) => {
                self.call(&run.call);
            }
        }
    }

    fn block(&mut self, block: &Spanned<Block<'_>>) {
        let name = self.name(block.name, block.span());
        self.found.blocks.push(BlockFound { name, is_top: !self.in_block });
        let before = std::mem::replace(&mut self.in_block, true);
        self.inner(&block.body, Vec::new());
        self.in_block = before;
    }

    fn macro_body(&mut self, declared: &Spanned<Macro<'_>>) {
        for default in &declared.defaults {
            self.expression(default);
        }
        let arguments = declared.args.iter().flat_map(targets).chain(["caller".to_owned()]);
        let bound = arguments.map(|name| (name, LoopName::Unknown)).collect();
        let before = std::mem::replace(&mut self.in_macro, true);
        self.inner(&declared.body, bound);
        self.in_macro = before;
    }

    /// Records the template that an import names. Returns its name; `None` where it is computed.
    fn module(&mut self, expression: &Expr<'_>) -> Option<String> {
        let Some(name) = constant(expression) else {
            self.found.is_dynamic = true;
            self.expression(expression);
            return None;
        };
        let used = self.name(&name, expression.span());
        self.found.uses.push(used);
        Some(name)
    }

    /// Records what `expression` uses. Returns the path to its value, where that is known.
    fn expression(&mut self, expression: &Expr<'_>) -> Option<Path> {
        match expression {
            Expr::Var(var) => {
                self.found.data.any_list |= self.is_data(expression);
                return self.variable(var.id, var.span());
            }
            Expr::Const(_) => {}
            Expr::Slice(slice) => {
                let path = self.expression(&slice.expr);
                for part in [&slice.start, &slice.stop, &slice.step].into_iter().flatten() {
                    self.expression(part);
                }
                return path;
            }
            Expr::UnaryOp(op) => {
                self.expression(&op.expr);
            }
            Expr::BinOp(op) => {
                self.expression(&op.left);
                self.expression(&op.right);
            }
            Expr::Compare(compare) => {
                self.expression(&compare.expr);
                compare.ops.iter().for_each(|op| {
                    self.expression(&op.expr);
                });
            }
            Expr::IfExpr(choice) => {
                self.expression(&choice.test_expr);
                self.expression(&choice.true_expr);
                if let Some(other) = &choice.false_expr {
                    self.expression(other);
                }
            }
            Expr::Filter(filter) => {
                let name = self.name(filter.name, filter.span());
                self.found.calls.push((CallKind::Filter, name));
                let inner = filter
                    .expr
                    .as_ref()
                    .and_then(|inner| self.guarded(matches!(filter.name, "default" | "d"), inner));
                self.arguments(&filter.args);
                return match filter.name {
                    name if CHOOSING.contains(&name) => inner,
                    "first" | "last" => inner.map(|mut path| {
                        path.steps.push(PathStep::Item);
                        path
                    }),
                    _ => None,
                };
            }
            Expr::Test(test) => {
                let name = self.name(test.name, test.span());
                self.found.calls.push((CallKind::Test, name));
                self.guarded(matches!(test.name, "defined" | "undefined"), &test.expr);
                self.arguments(&test.args);
            }
            Expr::GetAttr(attribute) => {
                let name = self.name(attribute.name, attribute.span());
                if let Expr::Var(var) = &attribute.expr
                    && let Some(LoopName::Module(module)) = self.lookup(var.id)
                {
                    self.found.members.push((module, name));
                    return None;
                }
                self.member_of_free(&attribute.expr, &name);
                let path = self.owner(&attribute.expr, attribute.name)?;
                return Some(self.field(path, name));
            }
            Expr::GetItem(item) => {
                let Some(key) = constant(&item.subscript_expr) else {
                    let path = self.expression(&item.expr);
                    self.expression(&item.subscript_expr);
                    let is_index = matches!(&item.subscript_expr, Expr::Const(_));
                    return path.filter(|_| is_index).map(|mut path| {
                        path.steps.push(PathStep::Item);
                        path
                    });
                };
                let path = self.owner(&item.expr, &key);
                let name = self.name(&key, item.subscript_expr.span());
                return path.map(|path| self.field(path, name));
            }
            Expr::Call(call) => self.call(call),
            Expr::List(list) => list.items.iter().for_each(|item| {
                self.expression(item);
            }),
            Expr::Tuple(tuple) => tuple.items.iter().for_each(|item| {
                self.expression(item);
            }),
            Expr::Map(map) => map.keys.iter().chain(&map.values).for_each(|item| {
                self.expression(item);
            }),
        }
        None
    }

    /// Visits an expression. With `is_guarded`, undefined variables and attributes in it are not
    /// recorded.
    fn guarded(&mut self, is_guarded: bool, expression: &Expr<'_>) -> Option<Path> {
        let before = self.is_guarded;
        self.is_guarded |= is_guarded;
        let path = self.expression(expression);
        self.is_guarded = before;
        path
    }

    fn lookup(&self, name: &str) -> Option<LoopName> {
        self.scopes.iter().rev().find_map(|scope| scope.get(name)).cloned()
    }

    fn variable(&mut self, name: &str, span: Span) -> Option<Path> {
        match self.lookup(name) {
            Some(LoopName::Path(path)) => Some(path),
            Some(_) => None,
            None if ROOTS.contains(&name) => {
                Some(Path { root: name.to_owned(), steps: Vec::new() })
            }
            None => {
                if !self.is_guarded {
                    let name = self.name(name, span);
                    self.found.free.push(name);
                }
                None
            }
        }
    }

    fn field(&mut self, mut path: Path, name: NameUse) -> Path {
        path.steps.push(PathStep::Field(name));
        if !self.is_guarded {
            self.found.paths.push(path.clone());
        }
        path
    }

    fn call(&mut self, call: &Call<'_>) {
        match &call.expr {
            // A method of a value is not one of its attributes.
            Expr::GetAttr(method) if !self.is_module(&method.expr) => {
                let name = self.name(method.name, method.span());
                self.member_of_free(&method.expr, &name);
                if !matches!(&method.expr, Expr::Var(var) if var.id == "self") {
                    self.expression(&method.expr);
                }
            }
            called => {
                self.named_asset(called, &call.args);
                self.expression(called);
            }
        }
        self.arguments(&call.args);
    }

    fn arguments(&mut self, arguments: &[CallArg<'_>]) {
        for argument in arguments {
            match argument {
                CallArg::Pos(value)
                | CallArg::Kwarg(_, value)
                | CallArg::PosSplat(value)
                | CallArg::KwargSplat(value) => {
                    self.expression(value);
                }
            }
        }
    }
}

fn is_assets(expression: &Expr<'_>) -> bool {
    matches!(expression, Expr::GetAttr(attribute) if attribute.name == "assets"
        && matches!(&attribute.expr, Expr::Var(var) if var.id == "page"))
}

/// The text of an expression that is a string literal.
fn constant(expression: &Expr<'_>) -> Option<String> {
    match expression {
        Expr::Const(constant) => constant.value.as_str().map(str::to_owned),
        _ => None,
    }
}

/// The variables that an assignment sets.
fn targets(target: &Expr<'_>) -> Vec<String> {
    match target {
        Expr::Var(var) => vec![var.id.to_owned()],
        Expr::List(list) => list.items.iter().flat_map(targets).collect(),
        Expr::Tuple(tuple) => tuple.items.iter().flat_map(targets).collect(),
        _ => Vec::new(),
    }
}
