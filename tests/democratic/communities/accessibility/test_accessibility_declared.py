"""What is declared follows from an audit by people; it is never changed, and lasts three years."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction

from democratic.communities.accessibility.models import AccessibilityDeclaration, Conformity
from democratic.communities.accessibility.queries import declarations_of, is_due_again, valid_until
from democratic.communities.declaring import Declared, declare_accessibility, state_of
from democratic.communities.models import Controller
from democratic.kernel.refusals import Refusal
from democratic.thread.models import Entry
from factories import clock_at

AUDIT = {
    "rate": 62,
    "audited_on": date(2026, 2, 1),
    "audited_by": "Cabinet Clair",
    "gaps": "Des PDF sans titres.",
}
CONTACT = {"contact_email": "acces@val-orbe.example"}


def declared(territory, state=Conformity.PARTIAL, clock=None, **more):
    said = Declared(state=state, **(CONTACT | more))
    return declare_accessibility(authority=territory.authority, declared=said, clock=clock or territory.clock)


@pytest.mark.parametrize(
    ("rate", "state"),
    [(None, "none"), (0, "none"), (49, "none"), (50, "partial"), (99, "partial"), (100, "total")],
)
def test_a_state_follows_from_a_rate(rate, state):
    assert state_of(rate) == state


def test_declared_it_stands_at_the_foot_and_in_the_journal(territory):
    made = declared(territory, **AUDIT)
    assert (made.version, made.declared_on, made.state) == (1, date(2026, 3, 1), "partial")
    assert Controller.objects.get().conformity == Conformity.PARTIAL
    assert Entry.objects.get(kind="accessibility_declared").data == {
        "version": 1, "state": "partial", "rate": 62,
    }  # fmt: skip


def test_without_an_audit_it_is_declared_as_non_compliant(territory):
    assert declared(territory, Conformity.NONE).rate is None
    assert Controller.objects.get().conformity == Conformity.NONE


@pytest.mark.parametrize(
    ("state", "more", "field"),
    [
        (Conformity.TOTAL, {}, "audited_by"),
        (Conformity.TOTAL, {"rate": 100, "audited_on": date(2026, 2, 1)}, "audited_by"),
        (Conformity.TOTAL, {"rate": 100, "audited_by": "Cabinet Clair"}, "audited_by"),
        (Conformity.TOTAL, AUDIT | {"rate": 100}, "gaps"),
        (Conformity.TOTAL, AUDIT, "state"),
        (Conformity.PARTIAL, {}, "audited_by"),
        (Conformity.PARTIAL, AUDIT | {"rate": 49}, "state"),
        (Conformity.PARTIAL, AUDIT | {"gaps": ""}, "gaps"),
        (Conformity.NONE, AUDIT, "state"),
        (Conformity.PARTIAL, AUDIT | {"audited_on": date(2026, 3, 2)}, "audited_on"),
        (Conformity.PARTIAL, AUDIT | {"contact_email": ""}, "contact_email"),
        (Conformity.PARTIAL, AUDIT | {"plan_url": "javascript:alert(1)"}, "plan_url"),
    ],
)
def test_what_no_audit_found_is_refused_at_its_field(territory, state, more, field):
    with pytest.raises(Refusal) as refusal:
        declared(territory, state, **more)
    assert refusal.value.field == field
    assert not AccessibilityDeclaration.objects.exists()


def test_a_total_conformity_is_declared_once_people_found_it(territory):
    assert declared(territory, Conformity.TOTAL, **(AUDIT | {"rate": 100, "gaps": ""})).state == "total"


def test_the_database_wants_the_auditor_too(territory):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessibilityDeclaration.objects.create(
            authority=territory.authority, version=1, declared_on=date(2026, 3, 1), state="total", rate=100,
            audited_on=date(2026, 2, 1),
        )  # fmt: skip


def test_a_new_one_takes_its_place_and_the_former_stays_as_it_was(territory):
    declared(territory, **AUDIT)
    declared(territory, **(AUDIT | {"rate": 80}))
    assert [(each.version, each.rate) for each in declarations_of(territory.authority)] == [(2, 80), (1, 62)]
    row = AccessibilityDeclaration.objects.filter(version=1)
    for change in (row.delete, lambda: row.update(rate=90)):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            change()


def test_it_is_valid_for_three_years(territory):
    assert is_due_again([], date(2026, 3, 1))
    made = [declared(territory, **AUDIT)]
    assert valid_until(made[0]) == date(2029, 3, 1)
    assert [is_due_again(made, day) for day in (date(2029, 3, 1), date(2029, 3, 2))] == [False, True]


def test_what_was_made_on_a_leap_day_ends_on_the_28th(territory):
    made = declared(territory, clock=clock_at(date(2028, 2, 29)), **AUDIT)
    assert valid_until(made) == date(2031, 2, 28)
