"""Two agents at the same moment, each on a connection of its own: one act holds, the other is refused in words."""

import pytest

from courses import SIGNED
from democratic.kernel.refusals import Refusal
from democratic.participation.answers.actions import AnswerDraft, draft_answer, sign_answer
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.merging import merge_ideas
from democratic.participation.ideas.splitting import Part, split_idea
from democratic.thread.models import Entry, Record
from factories import GROUPING, clock_at
from many_hands import at_once

BUS, POOL = "Le bus part tôt.", "La piscine ferme."


@pytest.fixture
def whole(live_territory):
    return live_territory.say(f"{BUS} {POOL}").idea.record


def split(whole):
    parts = [Part("Bus", BUS), Part("Piscine", POOL)]
    return split_idea(record=whole, parts=parts, reason="Deux.", function="Service", clock=GROUPING)


def facts():
    return [
        Entry.objects.filter(kind=kind).count() for kind in ("idea_split", "idea_merged", "idea_part_opened")
    ]


def test_two_who_split_the_same_split_it_once(whole):
    outcomes = at_once(*[lambda: split(whole)] * 4)
    assert sum(isinstance(outcome, list) for outcome in outcomes) == 1
    assert [str(each.message) for each in outcomes if isinstance(each, Refusal)] == [
        "Cette parole est déjà scindée."
    ] * 3
    assert facts() == [1, 0, 2]
    assert Record.objects.filter(kind="idea").count() == 3


@pytest.mark.parametrize("turn", range(4))
def test_one_who_splits_and_one_who_merges_do_not_both_win(live_territory, whole, turn):
    other = live_territory.say(BUS).idea.record
    into, merged = (other, whole) if turn % 2 else (whole, other)

    def merge():
        return merge_ideas(into=into, merged=[merged], reason="Pareil.", function="Service", clock=GROUPING)

    outcomes = at_once(lambda: split(whole), merge)
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert facts() in ([1, 0, 2], [0, 1, 0])


def test_one_who_splits_and_one_who_signs_do_not_both_win(live_territory, whole):
    draft = draft_answer(
        process=live_territory.process,
        subject=whole,
        draft=AnswerDraft(Verdict.KEPT, "Oui.", live_territory.official),
        author=None,
        clock=GROUPING,
    )

    def sign():
        return sign_answer(answer=draft, signer=live_territory.official, clock=clock_at(SIGNED))

    outcomes = at_once(lambda: split(whole), sign)
    assert sum(isinstance(outcome, Refusal) for outcome in outcomes) == 1
    assert Record.objects.get(pk=whole.pk).state in ("split", "kept")
