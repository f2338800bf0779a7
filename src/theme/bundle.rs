//! A **bundle**: a module with everything that it imports as one small script, so that a page waits
//! for one file. It has neither imports nor exports and therefore also runs as a classic script,
//! from a file share.
//!
//! oxc parses the modules and minifies the result. The modules are joined here: their top-level
//! names are made unique, so that all share one scope and an import costs nothing. The modules
//! themselves are published too, so that others can import them. They use only the forms of import
//! and export that a bundle supports; other forms are refused.
//!
//! Not in here: the list of modules (`theme`).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast::ast::Program;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions, LegalComment};
use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
use oxc_parser::{Parser, ParserReturn};
use oxc_semantic::SemanticBuilder;
use oxc_span::{SourceType, Span};
use oxc_syntax::module_record::{ExportExportName, ImportImportName};

/// Why a module cannot be bundled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Path of the module.
    pub module: String,
    /// Byte range in the module.
    pub range: Range<usize>,
    /// What is wrong.
    pub reason: ModuleFault,
}

/// What is wrong with a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleFault {
    /// A syntax error, in the words of the parser.
    Syntax(String),
    /// It imports a module that does not exist.
    Missing(String),
    /// It does not export what another imports.
    NotExported {
        /// The importing module.
        importer: String,
        /// The imported name.
        name: String,
    },
    /// It uses a form of import or export that bundles do not support.
    Form,
    /// It imports itself through other modules.
    Circle,
    /// It imports a module from another host.
    Foreign(String),
}

/// Bundles the module `entry` with everything that it imports. `modules` are the sources by path.
///
/// # Errors
///
/// Returns the first module that cannot be bundled.
pub fn bundle(entry: &str, modules: &BTreeMap<String, &str>) -> Result<String, Unfit> {
    let (script, added, open) = Default::default();
    let mut joined = JoinedScript { modules, script, added, open };
    joined.add(entry)?;
    Ok(minify(&format!("(()=>{{'use strict';{}}})()", joined.script)))
}

/// Does the script `source` import or export anything? A script with a syntax error does not.
pub fn is_module(source: &str) -> bool {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, source, SourceType::mjs()).parse();
    parsed.diagnostics.is_empty() && parsed.module_record.has_module_syntax
}

/// The faults of the module `path` alone: a syntax error, or imports that do not exist. A classic
/// script is treated as a module without imports.
pub fn faults(path: &str, modules: &BTreeMap<String, &str>) -> Vec<Unfit> {
    let source = modules[path];
    let unfit = |span: Span, reason| Unfit { module: path.to_owned(), range: bytes(span), reason };
    let allocator = Allocator::default();
    let ParserReturn { module_record: record, diagnostics, .. } =
        Parser::new(&allocator, source, SourceType::mjs()).parse();
    if let Some(problem) = diagnostics.first() {
        let as_script = Parser::new(&allocator, source, SourceType::cjs()).parse();
        if as_script.diagnostics.is_empty() {
            return Vec::new();
        }
        let at = problem.labels.first().map_or(0, |label| label.offset());
        return vec![unfit(Span::new(at, at), ModuleFault::Syntax(problem.message.to_string()))];
    }
    let requests = record.requested_modules.iter();
    let requests = requests.flat_map(|(name, found)| found.iter().map(move |one| (name, one.span)));
    let mut found = Vec::new();
    for (name, span) in requests {
        if let Some(host) = super::markup::other_host(name) {
            found.push(unfit(span, ModuleFault::Foreign(host.to_owned())));
            continue;
        }
        let wanted = resolve(path, name);
        let is_file = name.starts_with("./") || name.starts_with("../");
        if !is_file || !modules.contains_key(&wanted) {
            let wanted = if is_file { wanted } else { name.to_string() };
            found.push(unfit(span, ModuleFault::Missing(wanted)));
        }
    }
    found.sort_by_key(|unfit| unfit.range.start);
    found
}

struct JoinedScript<'a> {
    modules: &'a BTreeMap<String, &'a str>,
    script: String,
    /// The modules in the script: the number of each, and its exports.
    added: BTreeMap<String, (usize, BTreeSet<String>)>,
    /// Modules whose imports are being added, to detect cycles.
    open: BTreeSet<String>,
}

impl<'a> JoinedScript<'a> {
    /// Adds the module `path` after the modules that it imports.
    fn add(&mut self, path: &str) -> Result<(), Unfit> {
        if self.added.contains_key(path) {
            return Ok(());
        }
        let source = self.modules[path];
        let unfit =
            |span: Span, reason| Unfit { module: path.to_owned(), range: bytes(span), reason };
        let allocator = Allocator::default();
        let ParserReturn { program, module_record: record, diagnostics, .. } =
            Parser::new(&allocator, source, SourceType::mjs()).parse();
        if let Some(problem) = diagnostics.first() {
            let at = problem.labels.first().map_or(0, |label| label.offset());
            return Err(unfit(Span::new(at, at), ModuleFault::Syntax(problem.message.to_string())));
        }
        let other_forms = (record.indirect_export_entries.iter().map(|entry| entry.statement_span))
            .chain(record.star_export_entries.iter().map(|entry| entry.statement_span))
            .chain(record.dynamic_imports.iter().map(|import| import.span))
            .chain(record.import_metas.iter().copied());
        // An import for side effects only.
        let imports: BTreeSet<Span> =
            record.import_entries.iter().map(|entry| entry.statement_span).collect();
        let requests =
            record.requested_modules.values().flatten().map(|request| request.statement_span);
        let other_forms = other_forms.chain(requests.filter(|span| !imports.contains(span)));
        if let Some(span) = other_forms.min() {
            return Err(unfit(span, ModuleFault::Form));
        }
        // Add the imported modules first, and map each imported name to its name in the script.
        self.open.insert(path.to_owned());
        // Each range of the source that is replaced, with its replacement.
        let mut edits: BTreeMap<(usize, usize), String> = BTreeMap::new();
        let mut remove = |start: u32, end: u32| {
            edits.insert((start as usize, end as usize), String::new());
        };
        let mut names: BTreeMap<&str, String> = BTreeMap::new();
        for import in &record.import_entries {
            let request = &import.module_request;
            let ImportImportName::Name(name) = &import.import_name else {
                return Err(unfit(import.statement_span, ModuleFault::Form));
            };
            let wanted = resolve(path, &request.name);
            if !self.modules.contains_key(&wanted) {
                return Err(unfit(request.span, ModuleFault::Missing(wanted)));
            }
            if self.open.contains(&wanted) {
                return Err(unfit(request.span, ModuleFault::Circle));
            }
            self.add(&wanted)?;
            let (number, exports) = &self.added[&wanted];
            if !exports.contains(name.name.as_str()) {
                let (importer, name) = (path.to_owned(), name.name.to_string());
                let reason = ModuleFault::NotExported { importer, name };
                return Err(Unfit { module: wanted, range: 0..0, reason });
            }
            names.insert(import.local_name.name.as_str(), outside(*number, &name.name));
            remove(import.statement_span.start, import.statement_span.end);
        }
        // Remove the keyword `export` before declarations.
        let mut exports = BTreeSet::new();
        for export in &record.local_export_entries {
            let start = export.statement_span.start;
            let declares = source[start as usize..].strip_prefix("export").map(str::trim_start);
            let ExportExportName::Name(name) = &export.export_name else {
                return Err(unfit(export.statement_span, ModuleFault::Form));
            };
            if declares.is_none_or(|rest| rest.starts_with('{')) {
                return Err(unfit(export.statement_span, ModuleFault::Form));
            }
            exports.insert(name.name.to_string());
            remove(start, start + "export".len() as u32);
        }
        // Rename the top-level names, and copy the source with all replacements.
        self.open.remove(path);
        let number = self.added.len();
        for Use { span, name, is_shorthand } in top_level_names(&program) {
            let new = names.get(name).cloned().unwrap_or_else(|| outside(number, name));
            let new = if is_shorthand { format!("{name}:{new}") } else { new };
            edits.insert((span.start as usize, span.end as usize), new);
        }
        let mut at = 0;
        for ((start, end), new) in edits {
            self.script.push_str(&source[at..start]);
            self.script.push_str(&new);
            at = end;
        }
        self.script.push_str(&source[at..]);
        self.script.push('\n');
        self.added.insert(path.to_owned(), (number, exports));
        Ok(())
    }
}

/// A use of a top-level name in a module.
struct Use<'a> {
    span: Span,
    name: &'a str,
    /// Does it also name a property, as in `{ name }`?
    is_shorthand: bool,
}

/// Every use of a name of the module's top-level scope, except in the imports themselves.
fn top_level_names<'a>(program: &'a Program<'a>) -> Vec<Use<'a>> {
    let semantic = SemanticBuilder::new().with_build_nodes(true).build(program).semantic;
    let scoping = semantic.scoping();
    let is_top = |symbol| scoping.symbol_scope_id(symbol) == scoping.root_scope_id();
    let mut shorthands = BTreeSet::new();
    let mut found = Vec::new();
    for node in semantic.nodes() {
        let (span, name, symbol) = match node.kind() {
            AstKind::BindingIdentifier(id) => (id.span, id.name, id.symbol_id.get()),
            AstKind::IdentifierReference(id) => {
                let reference = id.reference_id.get().map(|id| scoping.get_reference(id));
                (id.span, id.name, reference.and_then(|reference| reference.symbol_id()))
            }
            other => {
                match other {
                    AstKind::ObjectProperty(property) if property.shorthand => {
                        shorthands.insert(property.span.start);
                    }
                    AstKind::BindingProperty(property) if property.shorthand => {
                        shorthands.insert(property.span.start);
                    }
                    AstKind::AssignmentTargetPropertyIdentifier(property) => {
                        shorthands.insert(property.span.start);
                    }
                    _ => {}
                }
                continue;
            }
        };
        let is_imported =
            matches!(semantic.nodes().parent_kind(node.id()), AstKind::ImportSpecifier(_));
        if symbol.is_some_and(is_top) && !is_imported {
            found.push(Use { span, name: name.as_str(), is_shorthand: false });
        }
    }
    for found in &mut found {
        found.is_shorthand = shorthands.contains(&found.span.start);
    }
    found
}

/// The name in the script of the top-level `name` of the module `number`.
fn outside(number: usize, name: &str) -> String {
    format!("__module{number}_{name}")
}

fn bytes(span: Span) -> Range<usize> {
    span.start as usize..span.end as usize
}

/// Resolves the relative import `request` of the module `path`.
fn resolve(path: &str, request: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in request.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// Minifies `script`, which has been parsed before: removes comments and white space, and shortens
/// names.
fn minify(script: &str) -> String {
    let allocator = Allocator::default();
    let mut program = Parser::new(&allocator, script, SourceType::cjs()).parse().program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions::smallest()),
        ..MinifierOptions::default()
    };
    let minified = Minifier::new(options).minify(&allocator, &mut program);
    let options = CodegenOptions {
        minify: true,
        // Licences stay with what they are about.
        comments: CommentOptions { legal: LegalComment::Inline, ..CommentOptions::disabled() },
        ..CodegenOptions::default()
    };
    Codegen::new().with_options(options).with_scoping(minified.scoping).build(&program).code
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{ModuleFault, bundle};

    fn bundled(modules: &[(&str, &str)]) -> Result<String, ModuleFault> {
        let files: BTreeMap<String, &str> =
            modules.iter().map(|(path, source)| ((*path).to_owned(), *source)).collect();
        bundle(modules[0].0, &files).map_err(|unfit| unfit.reason)
    }

    #[test]
    fn a_module_and_what_it_imports_become_one_script() {
        let script = bundled(&[
            (
                "a/page.js",
                "import { double as twice } from './number.js';\nalert(twice(globalThis.n));",
            ),
            (
                "a/number.js",
                "/** Twice. */ export function double(n) { return n * two; }\nconst two = 2;",
            ),
        ]);
        let script = script.expect("both are fit");
        assert!(
            !script.contains("import") && !script.contains("export") && !script.contains("Twice"),
            "{script}"
        );
        assert!(script.contains("alert(") && script.contains("globalThis.n"), "{script}");
    }

    #[test]
    fn names_of_different_modules_stay_apart() {
        let script = bundled(&[
            (
                "page.js",
                "import { a, of } from './other.js';\nconst b = 1, [x = b] = [];\nlet { c } = globalThis;\n\
                 ({ c } = { c: a });\nalert({ b, c, of }, of((b) => ({ b, a })), x);",
            ),
            (
                "other.js",
                "const b = [globalThis.x], c = [globalThis.y];\nexport const a = b.concat(c);\n\
                 export function of(read) { return { c, read, b: read(b) }; }",
            ),
        ]);
        let script = script.expect("both are fit");
        assert_eq!(
            script,
            "(()=>{\"use strict\";let e=[globalThis.x],t=[globalThis.y],n=e.concat(t);\
             function r(n){return{c:t,read:n,b:n(e)}}\
             let[i=1]=[],{c:a}=globalThis;({c:a}={c:n}),\
             alert({b:1,c:a,of:r},r(e=>({b:e,a:n})),i)})();"
        );
    }

    #[test]
    fn what_nobody_imports_is_left_out() {
        let script = bundled(&[
            ("page.js", "import { used } from './other.js';\nalert(used(), globalThis.page);"),
            (
                "other.js",
                "export const used = () => globalThis.here;\nexport const unused = () => globalThis.gone;",
            ),
        ]);
        let script = script.expect("both are fit");
        assert!(script.contains("here") && !script.contains("gone"), "{script}");
    }

    #[test]
    fn licences_stay() {
        let script = bundled(&[("page.js", "/*! MIT, by somebody */\n// note\nalert(1);")]);
        let script = script.expect("it is fit");
        assert!(script.contains("/*! MIT, by somebody */") && !script.contains("note"), "{script}");
    }

    #[test]
    fn a_module_is_told_from_a_script() {
        use super::is_module;
        assert!(is_module("import { a } from './a.js'; a();") && is_module("export const a = 1;"));
        assert!(!is_module("globalThis.menu = () => import('./a.js');") && !is_module("export {"));
        assert!(!is_module("const text = `\nimport nothing\n`;"));
    }

    #[test]
    fn a_module_is_checked_by_itself() {
        let of = |source| -> Vec<ModuleFault> {
            let modules = [("a/own.js".to_owned(), source), ("a/b.js".to_owned(), "")].into();
            super::faults("a/own.js", &modules).into_iter().map(|unfit| unfit.reason).collect()
        };
        assert!(of("import * as b from './b.js'; export default b;").is_empty());
        assert!(of("with (document) title = 1;").is_empty(), "a script that is no module");
        assert_eq!(
            of(
                "import './c.js'; import x from 'lodash'; export * from 'https://cdn.example/x.js';"
            ),
            [
                ModuleFault::Missing("a/c.js".to_owned()),
                ModuleFault::Missing("lodash".to_owned()),
                ModuleFault::Foreign("cdn.example".to_owned())
            ]
        );
        assert!(matches!(of("const = 1;")[..], [ModuleFault::Syntax(_)]));
    }

    #[test]
    fn what_a_bundle_does_not_take_is_refused() {
        let page = |source| {
            bundled(&[("page.js", source), ("other.js", "import './page.js';"), ("empty.js", "")])
        };
        for form in [
            "import * as all from './other.js';",
            "export { a } from './other.js';",
            "export default 1;",
            "import './other.js';",
            "await import('./other.js');",
            "const a = 1; export { a };",
            "console.log(import.meta.url);",
        ] {
            assert_eq!(page(form), Err(ModuleFault::Form), "{form}");
        }
        assert_eq!(
            page("import { a } from './none.js';"),
            Err(ModuleFault::Missing("none.js".to_owned()))
        );
        assert!(matches!(page("const = 1;"), Err(ModuleFault::Syntax(_))));
        let circle = [
            ("a.js", "import { b } from './b.js'; export const a = 1;"),
            ("b.js", "import { a } from './a.js'; export const b = 1;"),
        ];
        let lacks = page("import { a } from './empty.js';");
        let empty =
            ModuleFault::NotExported { importer: "page.js".to_owned(), name: "a".to_owned() };
        assert_eq!(lacks, Err(empty));
        assert_eq!(bundled(&circle), Err(ModuleFault::Circle));
    }
}
