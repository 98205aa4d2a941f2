"""Ideas split by hand: each part in its author's words, answered by itself; the whole stays, and is one voice."""

import pytest

from courses import SIGNED, answered, grouped
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.actions import (
    AnswerDraft,
    declare_inadmissible,
    draft_answer,
    group_contributions,
    sign_answer,
)
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.actions import claim_idea, take_back_idea
from democratic.participation.ideas.hiding import settle_hidden
from democratic.participation.ideas.lineage import lineage_of
from democratic.participation.ideas.merging import merge_ideas
from democratic.participation.ideas.similar import similar_to
from democratic.participation.ideas.splitting import Part, split_idea, unsplit_idea
from democratic.participation.obligations.models import Obligation, Owed
from democratic.participation.processes.rules import StageAhead
from democratic.people.actions import open_account, welcome_guest
from democratic.people.queries import person_and_claimed
from democratic.stewardship.keys import withdraw_by_secret
from democratic.thread.actions import support, withdraw_by_authority
from democratic.thread.journal import drain
from democratic.thread.models import Entry, Link, Record, RecordFigures, Support
from factories import GROUPING, build_territory, clock_at

BUS = "Le dernier bus part à 18 h 50."
POOL = "La piscine ferme le samedi."
LAMP = "Devant le lycée il fait noir."
SAID = f"{BUS}\nEt puis : {POOL} {LAMP}"
WHY = "Trois sujets, trois réponses."
SERVICE = "Service jeunesse"


@pytest.fixture
def receipt(territory):
    return territory.say(SAID, byline="Lina, 17 ans", place="Vaubrun", origin="street")


@pytest.fixture
def whole(receipt):
    return receipt.idea.record


def split(whole, *texts, clock=GROUPING, reason=WHY):
    parts = [Part(f"Part {n}", text) for n, text in enumerate(texts or (BUS, POOL, LAMP), start=1)]
    return split_idea(record=whole, parts=parts, reason=reason, function=SERVICE, clock=clock)


def unsplit(whole, reason="Une seule chose."):
    unsplit_idea(idea=whole, reason=reason, function=SERVICE, clock=GROUPING)


def fresh(record):
    return Record.objects.get(pk=record.pk)


def state(record):
    return fresh(record).state


def test_a_split_is_one_public_fact_with_its_reason_and_everything_stays_readable(whole):
    parts = split(whole)
    told = Entry.objects.get(kind="idea_split")
    assert (told.record_id, told.data) == (whole.pk, {"parts": [part.code for part in parts]})
    assert [entry.data["whole"] for entry in Entry.objects.filter(kind="idea_part_opened")] == [
        whole.code
    ] * 3
    assert not Entry.objects.filter(kind="idea_submitted", record__in=parts).exists()
    lineage = lineage_of(fresh(whole))
    assert [tie.other for tie in lineage.parts] == parts
    assert {(tie.reason, tie.function) for tie in lineage.parts} == {(WHY, SERVICE)}
    assert lineage_of(parts[0]).whole.other == whole
    assert (state(whole), fresh(whole).visibility) == ("split", "public")


def test_a_part_is_the_authors_own_said_the_same_way_the_same_day(whole, territory):
    part = split(whole)[0]
    assert (part.title, part.text, part.byline) == ("Part 1", BUS, "Lina, 17 ans")
    same = ("author_id", "origin", "happened_at", "process_id", "audience_id", "authority_id", "kind")
    assert [getattr(part, name) for name in same] == [getattr(whole, name) for name in same]
    assert (part.state, part.theme_id, part.place) == ("received", None, "")
    assert not hasattr(part, "claim_secret")
    assert part.idea.process == territory.process


@pytest.mark.parametrize(
    "text",
    [
        "Le dernier bus part à 19 h 50.",
        "Le dernier bus part.",
        "e dernier bus part à 18 h 50",
        "dernier bu",
        "LE DERNIER BUS",
        f"{LAMP} {POOL}",
    ],
)
def test_a_part_that_is_not_word_for_word_is_refused_by_its_own_field(whole, text):
    with pytest.raises(Refusal, match="part 2") as refusal:
        split(whole, BUS, text)
    assert refusal.value.field == "text_2"
    assert state(whole) == "received"


def test_blanks_are_alike_and_parts_may_overlap(whole):
    parts = split(whole, "Le  dernier\u00a0bus part à\u202f18 h 50.\r\nEt puis :", f"Et puis :\n{POOL}")
    assert len(parts) == 2


def test_a_title_of_hers_may_be_copied_and_not_one_that_was_made_of_her_first_words(territory):
    named = territory.say(POOL, title="La piscine et le bus").idea.record
    assert len(split(named, "le bus", POOL)) == 2
    long = " ".join(f"mot{n}" for n in range(40))
    made = territory.say(long).idea.record
    assert made.title.endswith("…")
    with pytest.raises(Refusal, match="part 1"):
        split(made, made.title, "mot1")


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([Part("Bus", BUS)], "text_1"),
        ([Part("Bus", BUS)] * 9, "text_1"),
        ([Part("Bus", BUS), Part(" ", POOL)], "title_2"),
        ([Part("Bus", BUS), Part("Piscine", "\u200b ")], "text_2"),
        ([Part("Bus", BUS), Part("Encore", f" {BUS}")], "text_2"),
    ],
)
def test_two_to_eight_different_parts_each_with_a_title_and_words(whole, parts, field):
    with pytest.raises(Refusal) as refusal:
        split_idea(record=whole, parts=parts, reason=WHY, function=SERVICE, clock=GROUPING)
    assert refusal.value.field == field


def test_only_what_can_be_split_is(territory, whole):
    with pytest.raises(Refusal, match="motif"):
        split(whole, reason=" ")
    with pytest.raises(StageAhead):
        split(whole, clock=territory.clock)
    part = split(whole)[0]
    with pytest.raises(Conflict, match="déjà scindée"):
        split(whole)
    with pytest.raises(Conflict, match="déjà une part"):
        split(part, "dernier bus", "18 h 50")
    answered_one = territory.say(SAID).idea.record
    answered(territory, answered_one)
    with pytest.raises(Conflict, match="propre réponse"):
        split(answered_one)
    outside = territory.say(SAID).idea.record
    declare_inadmissible(contribution=outside, reason="Non.", function=SERVICE, clock=GROUPING)
    with pytest.raises(Conflict, match="hors du champ"):
        split(outside)
    gone = territory.say(SAID).idea.record
    take_back_idea(record=gone, clock=GROUPING)
    with pytest.raises(Conflict, match="publiée"):
        split(gone)
    hidden = territory.say(SAID).idea.record
    Record.objects.filter(pk=hidden.pk).update(visibility="hidden")
    with pytest.raises(Conflict, match="publiée"):
        split(hidden)
    retired = territory.say(SAID).idea.record
    withdraw_by_authority(record=retired, reason="Erreur.", function=SERVICE, clock=GROUPING)
    with pytest.raises(Conflict, match="retiré"):
        split(retired)
    theme = grouped(territory, [])
    with pytest.raises(Conflict, match="parole publiée"):
        split(theme.record)


def test_what_is_merged_either_way_is_not_split(territory, whole):
    other = territory.say(SAID).idea.record
    merge_ideas(into=other, merged=[whole], reason=WHY, function=SERVICE, clock=GROUPING)
    with pytest.raises(Conflict, match=other.code):
        split(whole)
    with pytest.raises(Conflict, match="fusionnées"):
        split(other)


def test_the_whole_is_neither_grouped_nor_judged_nor_merged_nor_answered_any_more(territory, whole):
    draft = draft_answer(
        process=territory.process,
        subject=whole,
        draft=AnswerDraft(Verdict.KEPT, "Oui.", territory.official),
        author=None,
        clock=GROUPING,
    )
    split(whole)
    theme, other = grouped(territory, []), territory.say("Autre chose.").idea.record
    with pytest.raises(Conflict, match="scindée"):
        group_contributions(contributions=[whole], theme=theme, clock=GROUPING)
    with pytest.raises(Conflict, match="scindée"):
        declare_inadmissible(contribution=whole, reason="Non.", function=SERVICE, clock=GROUPING)
    with pytest.raises(Conflict, match="scindée"):
        answered(territory, fresh(whole))
    with pytest.raises(Conflict, match="scindée"):
        sign_answer(answer=draft, signer=territory.official, clock=clock_at(SIGNED))
    for into, merged in ((other, whole), (whole, other)):
        with pytest.raises(Conflict, match="scindée"):
            merge_ideas(into=into, merged=[merged], reason=WHY, function=SERVICE, clock=GROUPING)
    assert whole.code not in [each.code for each in similar_to(territory.process, SAID)]


def test_an_answer_of_its_theme_is_owed_again_to_each_part(territory, whole):
    theme = grouped(territory, [whole])
    answered(territory, theme.record)
    assert state(whole) == "part"
    owed = Obligation.objects.get(record=territory.process.record, owed=Owed.ANSWER)
    assert owed.met_on is not None
    parts = split(fresh(whole))
    owed.refresh_from_db()
    assert owed.met_on is None
    assert fresh(whole).theme_id is None
    assert {state(part) for part in parts} == {"received"}
    group_contributions(contributions=[parts[0]], theme=theme, clock=GROUPING)
    answered(territory, parts[1], verdict=Verdict.KEPT)
    answered(territory, parts[2], verdict=Verdict.UNKEPT)
    owed.refresh_from_db()
    assert [state(part) for part in parts] == ["part", "kept", "unkept"]
    assert owed.met_on is not None


def test_supports_stay_on_the_whole_and_each_part_starts_with_none(whole):
    support(record=whole, person=welcome_guest())
    drain(clock=clock_at(GROUPING.moment.date(), 11))
    parts = split(whole)
    support(record=parts[0], person=welcome_guest())
    drain(clock=clock_at(GROUPING.moment.date(), 12))
    told = RecordFigures.objects.in_bulk([whole.pk, *(part.pk for part in parts)])
    assert [told[each.pk].supports for each in (whole, *parts)] == [1, 1, 0, 0]
    assert Support.objects.filter(record=whole).count() == 1


def test_joined_back_the_whole_stands_again_and_its_parts_say_so(territory, whole):
    parts = split(whole)
    theme = grouped(territory, parts[:1])
    unsplit(whole)
    told = Entry.objects.get(kind="idea_rejoined")
    assert told.data == {"parts": [part.code for part in parts]}
    assert state(whole) == "received"
    assert {state(part) for part in parts} == {"rejoined"}
    assert fresh(parts[0]).theme_id is None
    assert lineage_of(fresh(whole)).parts == ()
    assert lineage_of(fresh(parts[0])).whole.reason == "Une seule chose."
    with pytest.raises(Conflict, match="réunie"):
        group_contributions(contributions=parts[:1], theme=theme, clock=GROUPING)
    with pytest.raises(Conflict, match="réunie"):
        split(parts[0], "dernier bus", "18 h 50")
    with pytest.raises(Conflict, match="pas scindée"):
        unsplit(whole)
    assert len(split(fresh(whole), BUS, POOL)) == 2
    assert len(lineage_of(fresh(whole)).parts) == 2


def test_what_was_answered_or_merged_is_not_joined_back(territory, whole):
    parts = split(whole)
    with pytest.raises(Refusal, match="motif"):
        unsplit(whole, " ")
    other = territory.say("Le bus.").idea.record
    merge_ideas(into=other, merged=[parts[1]], reason=WHY, function=SERVICE, clock=GROUPING)
    with pytest.raises(Conflict, match="fusionnée"):
        unsplit(whole)
    answered(territory, parts[0])
    with pytest.raises(Conflict, match="reçu une réponse"):
        unsplit(whole)


def test_who_claims_the_whole_has_its_parts_and_one_key_takes_all_back(receipt, whole):
    parts = split(whole)
    account = open_account(email="lina@example.org", name="Lina", password=None)
    claim_idea(secret=receipt.claim_secret, person=account.person, clock=GROUPING)
    assert parts[0].author_id in person_and_claimed(account.person)


def test_a_key_takes_the_whole_back_with_its_parts_joined_back_or_not(receipt, whole):
    first = split(whole)
    unsplit(whole)
    second = split(fresh(whole), BUS, POOL)
    withdraw_by_secret(secret=receipt.claim_secret, clock=GROUPING)
    assert {fresh(each).visibility for each in (whole, *first, *second)} == {"withdrawn"}


def test_a_part_taken_back_or_hidden_leaves_the_rest(territory, whole):
    bus, pool, lamp = split(whole)
    take_back_idea(record=bus, clock=GROUPING)
    Record.objects.filter(pk=pool.pk).update(visibility="hidden")
    settle_hidden(record=pool, clock=GROUPING)
    assert fresh(whole).visibility == fresh(lamp).visibility == "public"
    assert [tie.other for tie in lineage_of(fresh(whole)).parts] == [lamp]


def test_what_is_hidden_hides_its_parts_and_frees_what_was_merged_into_it(territory, whole):
    target, merged = whole, territory.say("Le bus.").idea.record
    merge_ideas(into=target, merged=[merged], reason=WHY, function=SERVICE, clock=GROUPING)
    answered(territory, target)
    Record.objects.filter(pk=target.pk).update(visibility="hidden")
    settle_hidden(record=fresh(target), clock=GROUPING)
    assert state(merged) == "received"
    assert not Link.objects.filter(kind="merged_into", ended_by=None).exists()
    other = territory.say(SAID).idea.record
    parts = split(other)
    Record.objects.filter(pk=other.pk).update(visibility="hidden")
    settle_hidden(record=fresh(other), clock=GROUPING)
    assert {fresh(part).visibility for part in parts} == {"hidden"}


def test_another_process_is_untouched(territory, whole):
    elsewhere = build_territory(slug="montsec", host="montsec.example").say(SAID).idea.record
    split(whole)
    assert state(elsewhere) == "received"
