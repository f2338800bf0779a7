//! The **domain** of policies as a whole, read from its files and assembled.
//!
//! Not in here: reading single files (`tables`, `toml`), and assembling (`assemble`).

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::{Config, Withheld};
use crate::diagnostic::Diagnostics;
use crate::form;
use crate::source::Sources;

use super::assemble::{Assembly, Nodes, report_repeated_figures, report_totals};
use super::columns::SiteTables;
use super::{
    Budget, DeclaredFields, Department, IndicatorYear, PlanNode, Policy, PublishedAddress,
    Redirect, Topic, field, tables,
};

/// The whole domain of policies.
#[derive(Clone, Debug, Default)]
pub struct Domain {
    /// The fields that the site declares.
    pub fields: DeclaredFields,
    /// Departments, in the order of their table.
    pub departments: Vec<Department>,
    /// Topics, in the order of their table.
    pub topics: Vec<Topic>,
    /// Nodes of the city's plan, in the order of their table.
    pub nodes: Vec<PlanNode>,
    /// Policies: newest year first, then in the order of the departments.
    pub policies: Vec<Policy>,
    /// Indicators of measures, in the order of their tables.
    pub indicators: Vec<IndicatorYear>,
    /// Indicators of nodes of the plan, in the order of their tables.
    pub plan_indicators: Vec<IndicatorYear>,
    /// Budgets, in the order of their tables.
    pub budgets: Vec<Budget>,
    /// Groups of synonyms.
    pub synonyms: Vec<Vec<String>>,
    /// Paths of renamed and removed pages.
    pub redirects: Vec<Redirect>,
    /// The addresses that were published, by the registry.
    pub addresses: Vec<PublishedAddress>,
    /// Policies, measures and results that are withheld.
    pub withheld: Vec<Withheld>,
    /// Paths of the workbooks that forms read.
    pub form_files: BTreeSet<Arc<str>>,
}

/// Reads the whole domain. Problems are added to `diagnostics`. What has an error is left out of
/// the result, so that later checks see sound data only.
pub fn read(sources: &Sources, config: &Config, diagnostics: &mut Diagnostics) -> Domain {
    let forms = form::read(sources, diagnostics);
    tables::check_units_of_forms(&forms.money_units, &config.budget_unit.own, diagnostics);
    let fields = field::read(sources, diagnostics);
    let site = &SiteTables::of(&fields);
    // The figures are read in parallel with the measures; their problems are reported after those
    // of the measures.
    let mut of_figures = Diagnostics::new();
    let departments = tables::departments(sources, site, diagnostics);
    let topics = tables::topics(sources, site, diagnostics);
    let plan = tables::plan(sources, site, &config.plan_levels, diagnostics);
    let nodes = &Nodes::of(&plan, sources, diagnostics);
    let (written, (mut indicators, plan_indicators, mut budgets)) = rayon::join(
        || {
            let mut written = tables::policies_in_toml(sources, &fields, diagnostics);
            written.extend(tables::policies(sources, site, diagnostics));
            written.extend(tables::measures(sources, site, &forms.measures, diagnostics));
            written
        },
        || {
            let indicators = tables::indicators(
                sources,
                site,
                &config.indicator_kinds,
                &forms.indicators,
                &mut of_figures,
            );
            let plan_indicators = tables::plan_indicators(
                sources,
                site,
                (nodes, &config.indicator_kinds),
                &forms.plan_indicators,
                &mut of_figures,
            );
            let unit = &config.budget_unit.own;
            let budgets = tables::budgets(sources, site, &forms.budgets, unit, &mut of_figures);
            (indicators, plan_indicators, budgets)
        },
    );

    let mut assembly = Assembly::new(
        sources,
        config,
        &fields,
        (&departments, &topics, nodes),
        &forms.files,
        diagnostics,
    );
    assembly.join(written);
    let (policies, measures, withheld) = assembly.finish();

    diagnostics.append(of_figures);
    indicators.retain(|row| measures.resolve(&row.owner, diagnostics));
    budgets.retain(|row| measures.resolve(&row.measure, diagnostics));
    report_repeated_figures((&indicators, &plan_indicators), &budgets, diagnostics);
    report_totals(&budgets, diagnostics);

    let redirects = tables::redirects(sources, site, diagnostics);
    let addresses = tables::addresses(sources, site, diagnostics);
    Domain {
        fields,
        departments,
        topics,
        nodes: plan,
        policies,
        indicators,
        plan_indicators,
        budgets,
        synonyms: tables::synonyms(sources, diagnostics),
        redirects,
        addresses,
        withheld,
        form_files: forms.files,
    }
}
