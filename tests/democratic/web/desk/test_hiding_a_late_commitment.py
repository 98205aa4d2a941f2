"""An administrator tries every way to hide a late engagement: refused, or a public line says what she did.

docs/security/hiding.md is the table of these ways. Each attempt is undone before the next.
"""

import re
from datetime import date

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import get_resolver

from courses import promised
from democratic.communities.actions import hand_over_service
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.commitments.actions import move_action, move_commitment
from democratic.participation.commitments.models import ActionState, CommitmentState
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Obligation, Owed, Postponement
from democratic.stewardship.actions import StillOwing
from democratic.stewardship.erasure import erase_account
from democratic.thread.actions import give_role, withdraw_by_authority
from democratic.thread.models import Audience, Entry, Record, Role
from factories import clock_at, staff_account
from updating import owe

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
LATE = clock_at(date(2026, 9, 10))  # thirteen days after the day first promised
DAYS = "13 jours de retard"
# What a desk page might be made to write, had a form forgotten to choose its fields.
HOSTILE = {
    "audience": "", "audience_id": "", "visibility": "hidden", "state": "kept", "first_due_on": "2030-01-01",
    "due_on": "2030-01-01", "met_on": "2026-08-01", "ended_on": "2026-08-01", "slug": "ailleurs", "process": "",
    "record": "", "theme": "", "kind": "idea", "code": "AAA-AAA", "authority": "", "happened_at": "2030-01-01",
    "is_public": "", "DELETE": "on", "_method": "DELETE", "acte": "supprimer",
}  # fmt: skip
# What any form of the desk asks, filled in as well as can be.
FILLED = {
    "reason": "On préfère ne plus le voir.", "note": "On préfère ne plus le voir.", "text": "Rien.",
    "title": "Rien à voir", "new_on": "2030-01-01", "to": "doing", "name": "Rien", "function": "Rien",
    "day": "1", "url": "https://exemple.fr/", "parts": "a",
}  # fmt: skip


@pytest.fixture
def late(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", LATE)
    owe(territory)
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    territory.administrator = Client()
    territory.administrator.force_login(account)
    territory.account = account
    assert is_shown_late(territory)
    return territory


def page_of(late):
    """As anyone reads it."""
    return Client().get(f"/engagements/{late.commitment.record.code}")


def is_shown_late(late):
    page, listed = page_of(late), Client().get("/engagements?etat=late")
    return (
        page.status_code == 200
        and DAYS in page.content.decode()
        and late.commitment.record.code in listed.content.decode()
    )


def public_lines(late):
    """What the journal says of it, each with who and why when it is an act."""
    return list(
        Entry.objects.filter(record=late.commitment.record).order_by("pk").values_list("kind", flat=True)
    )


def routes():
    found = get_resolver("democratic.web.desk.urls").url_patterns
    return {pattern.name: str(pattern.pattern) for pattern in found}


def address_of(pattern, late):
    """With the engagement's own code wherever a Record is named, its process's slug, its service."""
    held = {
        "code": late.commitment.record.code, "slug": "bouger", "service": str(late.service.pk),
        "official": str(late.official.pk), "owed": "commitment", "step": "answer",
    }  # fmt: skip
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: held.get(found[1], str(late.mandate.pk)), pattern)


@pytest.mark.parametrize("typed", [HOSTILE, HOSTILE | FILLED, HOSTILE | FILLED | {"to": "kept"}])
def test_no_page_of_the_desk_takes_it_out_of_sight_whatever_is_sent_there(late, typed):
    before = Obligation.objects.get(record=late.commitment.record)
    looked_at = routes()
    assert len(looked_at) > 50
    for name, pattern in looked_at.items():
        with transaction.atomic():
            known = len(public_lines(late))
            late.administrator.post(address_of(pattern, late), typed, **HERE)
            page = page_of(late)
            assert page.status_code == 200, name
            record = Record.objects.get(pk=late.commitment.record.pk)
            assert (record.visibility, record.audience.is_public, record.process_id) == (
                "public", True, late.process.pk,
            ), name  # fmt: skip
            now = Obligation.objects.get(pk=before.pk)
            assert (now.first_due_on, now.service_id) == (before.first_due_on, before.service_id), name
            if not is_shown_late(late):
                assert len(public_lines(late)) > known, f"{name} hid it without a line"
                assert "On préfère ne plus le voir." in page.content.decode(), name
            transaction.set_rollback(True)


@pytest.mark.parametrize("kind", ["commitment", "decision", "mandate"])
def test_a_retrait_leaves_a_permanent_line_with_its_reason_and_its_author(late, kind):
    code = {
        "commitment": late.commitment.record.code,
        "decision": late.decision.record.code,
        "mandate": late.mandate.record.code,
    }[kind]
    empty = late.administrator.post(f"/bureau/retirer/{code}", {"reason": " \u200b "}, **HERE)
    assert empty.status_code == 400
    assert is_shown_late(late)
    done = late.administrator.post(f"/bureau/retirer/{code}", {"reason": "On préfère."}, **HERE)
    assert done.status_code == 302
    if kind != "commitment":  # what it follows from is withdrawn: it stays late
        assert is_shown_late(late)
        return
    html = page_of(late).content.decode()
    assert "On préfère." in html
    assert "Le bus de nuit N1" in html
    assert late.commitment.record.code in Client().get("/engagements?etat=withdrawn").content.decode()
    assert public_lines(late)[-1] == "authority_withdrew"


def test_a_retrait_is_made_once_and_covers_no_other(late):
    said = {"record": late.commitment.record, "function": "Le Département", "clock": LATE}
    withdraw_by_authority(reason="Le premier motif.", **said)
    with pytest.raises(Conflict):
        withdraw_by_authority(reason="Un meilleur motif.", **said)
    assert "Le premier motif." in page_of(late).content.decode()


def test_a_process_is_not_withdrawn_and_its_address_does_not_change(late):
    code = late.process.record.code
    assert late.administrator.post(f"/bureau/retirer/{code}", {"reason": "r"}, **HERE).status_code == 404
    late.administrator.post("/bureau/concertations/bouger", {"slug": "ailleurs"}, **HERE)
    late.process.refresh_from_db()
    assert late.process.slug == "bouger"
    assert is_shown_late(late)


def test_it_is_merged_into_nothing_and_is_no_contribution_to_put_out_of_the_field(late):
    other = promised(late, late.decision, title="Autre")
    typed = {"pick": [late.commitment.record.code, other.record.code], "into": other.record.code}
    late.administrator.post("/bureau/concertations/bouger/fusionner", typed | {"reason": "r"}, **HERE)
    code = late.commitment.record.code
    for act in ("hors-champ", "scinder", "detacher", "defusionner"):
        late.administrator.post(f"/bureau/paroles/{code}/{act}", {"reason": "r", "act": "r"}, **HERE)
    assert is_shown_late(late)
    assert "idea_merged" not in public_lines(late)


@pytest.mark.parametrize("path", ["idees/{code}/retirer", "commentaires/{code}/retirer"])
def test_who_published_it_does_not_take_it_back_as_her_own_words(late, path):
    Record.objects.filter(pk=late.commitment.record.pk).update(author=late.account.person)
    address = "/" + path.format(code=late.commitment.record.code)
    assert late.administrator.post(address, **HERE).status_code == 404
    assert is_shown_late(late)


def test_who_published_it_erases_her_account_and_not_what_the_authority_promised(late):
    Record.objects.filter(pk=late.commitment.record.pk).update(author=late.account.person)
    other = staff_account("autre@val-orbe.example", "Karim")
    give_role(person=other.person, role=Role.ADMINISTRATOR, authority=late.authority, clock=late.clock)
    erase_account(account=late.account, with_words=True, clock=LATE)
    assert is_shown_late(late)
    assert "Le bus de nuit N1" in page_of(late).content.decode()


def test_handing_the_service_over_or_leaving_hides_nothing(late):
    with pytest.raises(StillOwing):
        erase_account(account=late.agent, with_words=True, clock=LATE)
    hand_over_service(service=late.service, titular=late.account.person, deputy=None, clock=LATE)
    assert is_shown_late(late)
    with pytest.raises(ProtectedError):
        late.service.delete()


def test_ending_the_office_of_who_answers_hides_nothing(late):
    late.administrator.post(f"/bureau/elus/{late.official.pk}/terminer", **HERE)
    assert is_shown_late(late)


def test_a_date_is_not_put_off_without_a_reason_nor_backwards(late):
    obligation = Obligation.objects.get(record=late.commitment.record)
    for new_on, reason in (
        (date(2027, 1, 1), " \u200b "),
        (date(2026, 8, 27), "Motif."),
        (date(2026, 8, 28), "M."),
    ):
        with pytest.raises(Refusal):
            postpone(obligation=obligation, new_on=new_on, reason=reason, function="f", clock=LATE)
    assert not Postponement.objects.exists()


def test_put_off_with_a_reason_it_is_still_late_from_the_first_day_promised(late):
    path = f"/bureau/echeances/{late.commitment.record.code}/commitment"
    typed = {"new_on": "2030-01-01", "reason": "Un recours."}
    assert late.administrator.post(path, typed, **HERE).status_code == 302
    assert is_shown_late(late)
    html = page_of(late).content.decode()
    assert "28 août 2026" in html
    assert "Un recours." in html


@pytest.mark.parametrize(
    "ways",
    [
        [CommitmentState.UNKEPT, CommitmentState.DOING],
        [CommitmentState.DOING, CommitmentState.PART, CommitmentState.DOING],
        [CommitmentState.KEPT, CommitmentState.UNKEPT, CommitmentState.DOING],
        [CommitmentState.KEPT, CommitmentState.PART, CommitmentState.DOING],
    ],
)
def test_said_kept_or_not_and_then_taken_back_it_is_late_again_from_the_first_day(late, ways):
    for to in ways:
        move_commitment(commitment=late.commitment, to=to, note="On y revient.", function="f", clock=LATE)
    assert is_shown_late(late)
    moves = Entry.objects.filter(record=late.commitment.record, kind="commitment_moved").count()
    assert moves == len(ways)


def test_an_action_given_up_and_taken_up_again_is_late_again(late):
    for to in (ActionState.ABANDONED, ActionState.DOING):
        move_action(action=late.action, to=to, note="On y revient.", function="f", clock=LATE)
    owed = Obligation.objects.get(record=late.action.record, owed=Owed.ACTION)
    assert (owed.met_on, owed.ended_on) == (None, None)
    assert "21 jours de retard" in Client().get(f"/actions/{late.action.record.code}").content.decode()


def test_said_kept_without_evidence_its_days_late_stay_written_and_the_hole_is_said(late):
    move_commitment(
        commitment=late.commitment, to=CommitmentState.KEPT, note="C’est bon.", function="f", clock=LATE
    )
    html = page_of(late).content.decode()
    assert DAYS in html
    assert "aucune preuve n’est publiée" in html


def test_said_not_kept_after_it_was_said_kept_it_is_not_shown_as_done(late):
    for to in (CommitmentState.KEPT, CommitmentState.UNKEPT):
        move_commitment(commitment=late.commitment, to=to, note="n", function="f", clock=LATE)
    owed = Obligation.objects.get(record=late.commitment.record)
    assert (owed.met_on, owed.ended_on) == (None, date(2026, 9, 10))
    assert "Fait le" not in page_of(late).content.decode()


def test_no_program_of_ours_moves_a_record_to_a_closed_audience(late):
    closed = Audience.objects.create(authority=late.authority, name="Entre nous")
    for name, pattern in routes().items():
        typed = HOSTILE | FILLED | {"audience": str(closed.pk), "audience_id": str(closed.pk)}
        with transaction.atomic():
            late.administrator.post(address_of(pattern, late), typed, **HERE)
            assert not closed.records.exists(), name
            transaction.set_rollback(True)


def test_the_database_deletes_neither_it_nor_what_it_owes(late):
    with pytest.raises(ProtectedError):
        late.commitment.record.delete()
    with pytest.raises(ProtectedError):
        late.commitment.delete()
