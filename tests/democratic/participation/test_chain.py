"""One order carried to the end by actions alone."""

from datetime import date

import pytest

from courses import answered, decided, planned, promised, said, shown
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.actions import (
    AnswerDraft,
    declare_inadmissible,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
    withdraw_answer,
)
from democratic.participation.answers.models import Verdict
from democratic.participation.commitments.actions import (
    Vote,
    Work,
    give_evidence,
    make_commitment,
    move_commitment,
    plan_action,
    publish_decision,
)
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.ideas.actions import take_back_idea
from democratic.participation.obligations.actions import postpone
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.obligations.queries import dues_of, obligation_of
from democratic.participation.processes.actions import Promise, open_process
from democratic.participation.processes.rules import StageClosed
from democratic.participation.reports.answering import answering_of
from democratic.thread.actions import Words, withdraw_by_authority
from democratic.thread.models import Entry, Link, LinkKind, Record
from democratic.thread.rules import Viewer
from factories import clock_at


def signed_theme(territory, *, day=date(2026, 6, 10)):
    clock = clock_at(day)
    theme = open_theme(
        process=territory.process, words=Words(title="Rentrer le soir"), author=None, clock=clock
    )
    ideas = [territory.say(f"Phrase {n}").idea.record for n in range(3)]
    group_contributions(contributions=ideas, theme=theme, clock=clock)
    answer = draft_answer(
        process=territory.process,
        subject=theme.record,
        draft=AnswerDraft(Verdict.PART, "Oui le week-end, non en semaine.", territory.official),
        author=territory.agent.person,
        clock=clock,
    )
    return theme, ideas, sign_answer(answer=answer, signer=territory.official, clock=clock), clock


def test_an_order_goes_from_a_sentence_to_evidence_and_every_step_is_linked(territory):
    theme, ideas, answer, clock = signed_theme(territory, day=date(2026, 6, 13))
    decision = publish_decision(
        process=territory.process,
        words=Words(title="Une ligne de nuit à l’essai"),
        decided_on=date(2026, 7, 3),
        reference="2026-118",
        body="Assemblée départementale",
        answers=[answer.record],
        author=None,
        clock=clock,
        vote=Vote(31, 4, 6),
    )
    commitment = make_commitment(
        decision=decision,
        words=Words(title="Le bus de nuit N1"),
        work=Work(territory.service, date(2026, 8, 28), 14_600_000),
        author=None,
        clock=clock,
    )
    action = plan_action(
        commitment=commitment,
        words=Words(title="Recruter deux conducteurs"),
        work=Work(territory.service, date(2026, 8, 20)),
        author=None,
        clock=clock,
    )
    evidence = give_evidence(
        subject=commitment.record,
        words=Words(title="492 montées en six semaines"),
        author=None,
        clock=clock,
        url="https://exemple.fr/n1",
    )
    walked = [
        (LinkKind.GROUPED_IN, ideas[0], theme.record),
        (LinkKind.ANSWERED_BY, theme.record, answer.record),
        (LinkKind.DECIDED_BY, answer.record, decision.record),
        (LinkKind.KEPT_BY, decision.record, commitment.record),
        (LinkKind.DONE_BY, commitment.record, action.record),
        (LinkKind.PROVED_BY, commitment.record, evidence.record),
    ]
    for kind, source, target in walked:
        assert Link.objects.filter(kind=kind, source=source, target=target, ended_by=None).exists(), kind


def test_a_signed_answer_reaches_every_contribution_of_its_theme(territory):
    _theme, ideas, _answer, _clock = signed_theme(territory)
    assert {Record.objects.get(pk=i.pk).state for i in ideas} == {"part"}


def test_an_individual_answer_overrides_its_theme(territory):
    _theme, ideas, _answer, clock = signed_theme(territory)
    own = draft_answer(
        process=territory.process,
        subject=ideas[0],
        draft=AnswerDraft(Verdict.KEPT, "Oui, tout de suite.", territory.official),
        author=None,
        clock=clock,
    )
    sign_answer(answer=own, signer=territory.official, clock=clock)
    assert [Record.objects.get(pk=i.pk).state for i in ideas] == ["kept", "part", "part"]


def test_an_answer_without_a_reason_is_refused_and_names_the_field(territory):
    with pytest.raises(Refusal) as refusal:
        draft_answer(
            process=territory.process,
            subject=territory.say().idea.record,
            draft=AnswerDraft(Verdict.KEPT, "  ", territory.official),
            author=None,
            clock=territory.clock,
        )
    assert refusal.value.field == "reason"


def test_an_idea_after_the_stage_has_closed_is_refused_and_nothing_is_written(territory):
    before = Entry.objects.count()
    with pytest.raises(StageClosed):
        territory.say(clock=clock_at(date(2026, 12, 1)))
    assert Entry.objects.count() == before


def test_lateness_counts_from_the_first_promise_even_when_it_is_put_off(territory):
    owed = obligation_of(territory.process.record, Owed.ANSWER)
    postpone(
        obligation=owed,
        new_on=date(2026, 7, 1),
        reason="Paroles de rue arrivées tard.",
        function="Service jeunesse",
        clock=territory.clock,
    )
    due = dues_of([territory.process.pk], date(2026, 6, 20))[territory.process.pk, Owed.ANSWER]
    assert (due.first_due_on, due.due_on, due.days_late, len(due.postponements)) == (
        date(2026, 6, 12), date(2026, 7, 1), 8, 1,
    )  # fmt: skip


def test_a_commitment_moves_only_along_its_table(territory):
    _theme, _ideas, answer, clock = signed_theme(territory, day=date(2026, 6, 13))
    decision = publish_decision(
        process=territory.process, words=Words(title="D"), decided_on=date(2026, 7, 3), reference="1",
        body="A", answers=[answer.record], author=None, clock=clock,
    )  # fmt: skip
    commitment = make_commitment(
        decision=decision, words=Words(title="C"), work=Work(territory.service, date(2026, 8, 28)),
        author=None, clock=clock,
    )  # fmt: skip
    with pytest.raises(Conflict):
        move_commitment(commitment=commitment, to=CommitmentState.PART, note="n", function="f", clock=clock)


def test_an_authority_withdraws_in_public_and_only_once(territory):
    withdraw_by_authority(
        record=territory.mandate.record, reason="Erreur.", function="Présidence", clock=territory.clock
    )
    with pytest.raises(Conflict):
        withdraw_by_authority(
            record=territory.mandate.record, reason="Encore.", function="Présidence", clock=territory.clock
        )


def test_an_answer_taken_back_is_owed_again_for_the_day_first_promised(territory):
    theme, ideas, answer, clock = signed_theme(territory)
    own = answered(territory, ideas[0], verdict=Verdict.KEPT)
    whole = obligation_of(territory.process.record, Owed.ANSWER)
    assert whole.met_on
    withdraw_answer(answer=answer, reason="Chiffres faux.", function="Présidence", clock=clock)
    states = [Record.objects.get(pk=idea.pk).state for idea in ideas]
    assert states == ["kept", "received", "received"]
    whole.refresh_from_db()
    assert (whole.met_on, whole.due_on) == (None, whole.first_due_on)
    answering = answering_of(territory.process, Viewer(territory.authority), date(2027, 1, 1))
    assert (len(answering.given), len(answering.owed), answering.voices.owed) == (0, 1, 2)
    assert answering.owed[0].days_late > 0
    withdraw_answer(answer=own, reason="Erreur.", function="Présidence", clock=clock)
    assert Record.objects.get(pk=ideas[0].pk).state == "received"
    late = said(territory, 1, text="Et le dimanche ?")
    group_contributions(contributions=late, theme=theme, clock=clock)
    assert Record.objects.get(pk=late[0].pk).state == "received"


@pytest.mark.parametrize("leaves", ["taken back", "out of the field"])
def test_the_last_who_waited_may_leave_otherwise_than_by_an_answer(territory, leaves):
    _theme, _ideas, _answer, clock = signed_theme(territory)
    last = said(territory, 1, text="Et le dimanche ?")[0]
    whole = obligation_of(territory.process.record, Owed.ANSWER)
    Obligation.objects.filter(pk=whole.pk).update(met_on=None)
    if leaves == "taken back":
        take_back_idea(record=last, clock=clock)
    else:
        declare_inadmissible(contribution=last, reason="C’est l’État.", function="Service", clock=clock)
    whole.refresh_from_db()
    assert whole.met_on


def test_under_a_withdrawal_nothing_more_is_promised_moved_put_off_or_shown(territory):
    clock = territory.clock
    decision = decided(territory, answered(territory, said(territory, 1)[0]))
    commitment = promised(territory, decision)
    for record in (territory.mandate.record, decision.record, commitment.record):
        withdraw_by_authority(record=record, reason="Marché annulé.", function="Service", clock=clock)
    due = obligation_of(commitment.record, Owed.COMMITMENT)
    before = Entry.objects.count()
    for act in (
        lambda: move_commitment(
            commitment=commitment, to=CommitmentState.KEPT, note="Fait.", function="Service", clock=clock
        ),
        lambda: postpone(
            obligation=due, new_on=date(2028, 1, 1), reason="Tard.", function="Service", clock=clock
        ),
        lambda: planned(territory, commitment),
        lambda: promised(territory, decision),
        lambda: shown(commitment.record),
        lambda: open_process(
            mandate=territory.mandate, words=Words(title="Encore"), promise=Promise("Quoi ?", "Tout.", ""),
            first_day=date(2026, 9, 1), clock=clock,
        ),
    ):  # fmt: skip
        with pytest.raises(Conflict):
            act()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (AnswerDraft(Verdict.UNKEPT, "\u200e\u202e", None), "reason"),
        (AnswerDraft(Verdict.UNKEPT, "\u200b", None), "reason"),
        (AnswerDraft(Verdict.PASSED, "À la Région.", None, passed_to="\u2060"), "passed_to"),
    ],
)
def test_a_reason_that_nobody_can_see_is_no_reason(draft, field):
    with pytest.raises(Refusal) as refusal:
        draft.refuse_unless_complete()
    assert refusal.value.field == field


@pytest.mark.parametrize(("day", "is_promised"), [(2, False), (3, True)])
def test_nothing_new_is_promised_for_a_day_gone_by(territory, day, is_promised):
    decision = decided(territory, answered(territory, said(territory, 1)[0]))
    kept = promised(territory, decision)
    work = Work(territory.service, date(2026, 7, day))  # the decision is of the third
    more = {"words": Words(title="Vite"), "work": work, "author": None, "clock": clock_at(date(2026, 7, 3))}
    for act in (
        lambda: make_commitment(decision=decision, **more),
        lambda: plan_action(commitment=kept, **more),
    ):
        if is_promised:
            assert act().record.code
        else:
            with pytest.raises(Refusal) as refusal:
                act()
            assert refusal.value.field == "due_on"
    assert Obligation.objects.filter(due_on=work.due_on).count() == (2 if is_promised else 0)
