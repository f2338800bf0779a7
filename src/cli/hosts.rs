//! `host`: prints how a web server or a service is set up for the site.
//!
//! Not in here: the recipes (`catalog`).

use crate::catalog;
use crate::config::{self, BuildOptions};
use crate::diagnostic::Diagnostics;
use crate::message;
use crate::report::{self, ReportFormat};
use crate::source::{self, Limits};
use crate::text::Language;

use super::arguments::HostArguments;
use super::commands::{failure, refuse, show};
use super::{CommandOutcome, print, style};

/// Prints the recipe for a host.
pub(super) fn host(arguments: &HostArguments, language: Language) -> CommandOutcome {
    let style = style(ReportFormat::Human, language);
    let mut diagnostics = Diagnostics::new();
    let sources = source::read(&arguments.root, Limits::default(), &mut diagnostics);
    // Only the address of the site is needed, whatever else is wrong.
    let mut diagnostics = Diagnostics::new();
    let config = config::load(&sources, &BuildOptions::default(), &mut diagnostics);
    let Some(config) = config.filter(|_| !diagnostics.has_errors()) else {
        let outcome = failure(&sources);
        show(&report::render(diagnostics, &sources, style), style.format);
        return outcome;
    };
    match catalog::recipe(arguments.host, &config.base_url) {
        Some(recipe) => {
            print(recipe.as_bytes());
            CommandOutcome::Fine
        }
        None => {
            let name = arguments.host.name();
            refuse(
                language,
                &message!(
                    ja: "{name}では、サーバーの設定は変更できません",
                    en: "nothing can be set up on {name}",
                ),
                Some(&message!(
                    ja: "「site.toml」の「[host]」に記入すると、上限を超えたときにお知らせします",
                    en: "name it in `[host]` of `site.toml`: then a build says where the site is more than it takes",
                )),
            )
        }
    }
}
