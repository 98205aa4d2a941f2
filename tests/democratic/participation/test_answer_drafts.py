"""Drafts written by several hands: nobody erases another's text unknowingly, and two people see each answer."""

import pytest

from courses import SIGNED, grouped, said
from democratic.kernel.refusals import Conflict, NotAllowed
from democratic.notices.effects import tell_of_answer
from democratic.notices.preview import preview_of
from democratic.participation.answers.actions import (
    AnswerDraft,
    DraftMoved,
    approve_draft,
    draft_answer,
    edit_draft,
    sign_answer,
    words_of,
)
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.answers.states import NEXT, AnswerState
from democratic.participation.processes.actions import ask_approval
from democratic.people.actions import leave_address
from democratic.people.models import ContactAddress
from factories import GROUPING, build_territory, clock_at, staff_account
from many_hands import at_once

ANSWERING = clock_at(SIGNED)


@pytest.fixture
def other():
    return staff_account("karim@val-orbe.example", "Karim", password=None).person


def written(territory, text):
    return AnswerDraft(Verdict.PART, text, territory.official, title="Rentrer le soir")


def begun(territory, subject, text="Un premier jet."):
    return draft_answer(
        process=territory.process, subject=subject, draft=written(territory, text),
        author=territory.agent.person, clock=GROUPING,
    )  # fmt: skip


@pytest.fixture
def answer(territory):
    return begun(territory, grouped(territory, said(territory)).record)


def edit(territory, answer, text, by, seen):
    return edit_draft(answer=answer, draft=written(territory, text), author=by, seen=seen, clock=GROUPING)


def test_saving_over_a_newer_version_is_refused_with_both_texts_and_nothing_is_lost(territory, answer, other):
    edit(territory, answer, "Le texte de Karim.", other, seen=1)
    with pytest.raises(DraftMoved) as moved:
        edit(territory, answer, "Le texte de Nathalie.", territory.agent.person, seen=1)
    assert (moved.value.saved.version, moved.value.saved.record.text) == (2, "Le texte de Karim.")
    edit(territory, answer, "Les deux ensemble.", territory.agent.person, seen=2)
    texts = list(answer.record.wordings.order_by("version").values_list("text", flat=True))
    assert texts == ["Un premier jet.", "Le texte de Karim.", "Les deux ensemble."]
    assert [hand.person for hand in answer.hands.order_by("version")] == [
        territory.agent.person, other, territory.agent.person,
    ]  # fmt: skip


def test_two_agents_who_begin_at_once_write_one_draft_and_the_second_is_told(live_territory):
    subject = said(live_territory)[0]
    outcomes = at_once(*[lambda n=n: begun(live_territory, subject, f"Jet {n}") for n in range(4)])
    assert sum(isinstance(each, DraftMoved) for each in outcomes) == 3
    assert Answer.objects.count() == 1


def test_two_agents_who_save_at_once_never_both_win(live_territory):
    answer = begun(live_territory, said(live_territory)[0])
    agent = live_territory.agent.person
    outcomes = at_once(*[lambda n=n: edit(live_territory, answer, f"Jet {n}", agent, 1) for n in range(4)])
    assert sum(isinstance(each, DraftMoved) for each in outcomes) == 3
    assert Answer.objects.get().version == 2


def test_where_two_people_are_asked_for_an_answer_is_not_signed_before(territory, answer, other):
    ask_approval(process=territory.process, asks=True)
    with pytest.raises(Conflict):
        sign_answer(answer=answer, signer=territory.official, clock=ANSWERING)
    approve_draft(answer=answer, approver=other, seen=1, clock=GROUPING)
    signed = sign_answer(answer=answer, signer=territory.official, clock=ANSWERING)
    assert signed.signed_at == ANSWERING.moment
    assert signed.approved_by == other


def test_who_wrote_one_of_its_versions_cannot_approve_it(territory, answer, other):
    edit(territory, answer, "Mieux.", other, seen=1)
    for writer in (territory.agent.person, other):
        with pytest.raises(NotAllowed):
            approve_draft(answer=answer, approver=writer, seen=2, clock=GROUPING)


def test_a_word_written_after_the_approval_asks_it_again(territory, answer, other):
    ask_approval(process=territory.process, asks=True)
    approve_draft(answer=answer, approver=other, seen=1, clock=GROUPING)
    answer.record.refresh_from_db()
    assert answer.record.state == AnswerState.APPROVED
    edit(territory, answer, "Autre chose.", territory.agent.person, seen=1)
    with pytest.raises(Conflict):
        sign_answer(answer=answer, signer=territory.official, clock=ANSWERING)
    answer.record.refresh_from_db()
    assert answer.record.state == AnswerState.DRAFT


def test_what_changed_since_it_was_read_is_not_approved(territory, answer, other):
    edit(territory, answer, "Autre chose.", territory.agent.person, seen=1)
    with pytest.raises(Conflict):
        approve_draft(answer=answer, approver=other, seen=1, clock=GROUPING)


def test_the_table_of_states_knows_each_state_and_leads_back_from_none_that_is_public():
    assert set(NEXT) == set(AnswerState)
    assert all(AnswerState.DRAFT not in NEXT[state] for state in (AnswerState.SIGNED, AnswerState.REPLACED))


def test_the_sentence_shown_before_the_signature_is_the_one_that_is_sent(territory, answer):
    answer = Answer.objects.select_related("record__wording", "subject__wording", "signer").get(pk=answer.pk)
    shown = preview_of(answer, "fr").text
    signed = sign_answer(answer=answer, signer=territory.official, clock=ANSWERING)
    told = tell_of_answer(
        signed, words_of(signed, signed.signed_name, signed.signed_function), signed.verdict
    )
    assert told.write("fr") == shown
    assert territory.official.name in shown.body


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_counts_who_receives_it_and_by_which_way(territory, count, django_assert_num_queries):
    ideas = said(territory, count + 1)
    theme = grouped(territory, ideas)
    address = leave_address(
        person=ideas[0].author, email="lina@example.org", purpose="notices", wording="Oui.", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    ContactAddress.objects.filter(pk=address.pk).update(confirmed_at=territory.clock.now())
    answer = begun(territory, theme.record)
    answer = Answer.objects.select_related(
        "record__wording", "subject__wording", "subject__authority", "signer"
    ).get(pk=answer.pk)
    with django_assert_num_queries(10):
        preview = preview_of(answer, "fr")
    assert (preview.by_mail, preview.at_its_number, preview.words, preview.apart) == (1, count, count + 1, 0)


def test_a_contribution_answered_apart_is_counted_apart(territory, answer):
    theme = answer.subject
    own = begun(territory, theme.grouped.first(), "Pour elle seule.")
    sign_answer(answer=own, signer=territory.official, clock=ANSWERING)
    preview = preview_of(Answer.objects.get(pk=answer.pk), "fr")
    assert (preview.words, preview.apart) == (2, 1)


def test_another_town_has_drafts_of_its_own(territory, answer):
    neighbour = build_territory(slug="voisin", host="voisin.example")
    assert not Answer.objects.filter(process=neighbour.process).exists()
