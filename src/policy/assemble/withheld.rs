//! What is **withheld** of policies, measures and results: recorded with the address and the owner
//! of each, for lists, marks and the pages that stay when something has expired.

use crate::calendar::FiscalYear;
use crate::config::{PublicPeriod, PublicState, Withheld, WithheldKind};
use crate::diagnostic::Place;
use crate::policy::written::{WrittenMeasure, WrittenPolicy};

use super::{Assembly, PolicyKey};

impl Assembly<'_> {
    /// The state of what is public in `period`, which is written at `place`. A period that ends
    /// before it begins is reported.
    pub(super) fn state(&mut self, period: PublicPeriod, place: &Place) -> PublicState {
        period.check(place, self.diagnostics);
        self.selection.state_of(period)
    }

    pub(super) fn withhold_policy(
        &mut self,
        key: PolicyKey,
        piece: &WrittenPolicy,
        state: PublicState,
    ) {
        let department = &self.departments[key.1];
        self.withhold(Withheld {
            kind: WithheldKind::Policy,
            address: format!("policies/{}-{}", piece.fiscal_year, department.id),
            title: department.name.clone(),
            department: Some(department.id.clone()),
            fiscal_year: Some(piece.fiscal_year),
            state,
            own: true,
            place: piece.place.clone(),
        });
    }

    /// Records a measure of a policy of the department with the index `of`. Its state is its `own`
    /// or that of the policy, whichever outweighs the other.
    pub(super) fn withhold_measure(
        &mut self,
        measure: &WrittenMeasure,
        (own, of_policy): (PublicState, PublicState),
        of: usize,
        fiscal_year: FiscalYear,
    ) {
        self.withhold_of(
            WithheldKind::Measure,
            measure,
            (own.max(of_policy), own >= of_policy),
            of,
            fiscal_year,
        );
    }

    /// Records the result of `measure` if it is withheld by itself.
    pub(super) fn withhold_result(
        &mut self,
        measure: &WrittenMeasure,
        of: usize,
        fiscal_year: FiscalYear,
    ) {
        let Some(result) = &measure.result else { return };
        let state = self.state(result.period, &result.place);
        if state != PublicState::Public {
            self.withhold_of(WithheldKind::Result, measure, (state, true), of, fiscal_year);
        }
    }

    fn withhold_of(
        &mut self,
        kind: WithheldKind,
        measure: &WrittenMeasure,
        (state, own): (PublicState, bool),
        of: usize,
        fiscal_year: FiscalYear,
    ) {
        let Some(id) = &measure.id else { return };
        let place = match (kind, &measure.result) {
            (WithheldKind::Result, Some(result)) => &result.place,
            _ => &measure.place,
        };
        self.withhold(Withheld {
            kind,
            address: format!("measures/{}", id.value),
            title: measure.title.clone(),
            department: Some(self.departments[of].id.clone()),
            fiscal_year: Some(fiscal_year),
            state,
            own,
            place: place.clone(),
        });
    }

    fn withhold(&mut self, withheld: Withheld) {
        let shown = self.selection.shows(withheld.state);
        withheld.tell(shown, self.diagnostics);
        self.withheld.push(withheld);
    }
}
