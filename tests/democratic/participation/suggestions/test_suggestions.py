"""Themes proposed automatically: from the words alone, with their reason, and applied by nobody but an agent."""

import pytest

from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.answers.models import Theme
from democratic.participation.suggestions.actions import (
    accept_suggestion,
    ask_suggestions,
    dismiss_suggestion,
)
from democratic.participation.suggestions.looking import look, readable
from democratic.participation.suggestions.models import SuggestionRun, ThemeSuggestion
from democratic.participation.suggestions.queries import last_run, proposed_in, voices_of
from democratic.thread.models import Entry, Record
from factories import GROUPING

BUS = [
    "Le dernier bus du soir part trop tôt.",
    "Un bus plus tard le soir, s’il vous plaît.",
    "Le bus du soir est bondé.",
]
POOL = [
    "La piscine ferme le samedi.",
    "Ouvrir la piscine le samedi matin.",
    "La piscine du samedi est trop chère.",
]
BOARD = "/bureau/concertations/bouger/sujets/proposes"
HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def said(territory):
    texts = [*BUS, *POOL, "Planter des arbres devant la mairie.", "Le pont est étroit."]
    return [territory.say(text).idea.record for text in texts]


def looked(territory):
    ask_suggestions(process=territory.process, clock=GROUPING)
    look(GROUPING)
    return [each.suggestion for each in proposed_in(territory.process, offset=0, limit=20)[0]]


def accept(territory, suggestion, kept, title="Le bus du soir", theme=None):
    return accept_suggestion(
        suggestion=suggestion, kept=[record.code for record in kept], theme=theme, title=title,
        author=territory.agent.person, clock=GROUPING,
    )  # fmt: skip


def of(suggestion):
    return {card.id for card in voices_of(suggestion)}


def test_contributions_that_share_words_are_proposed_together_with_these_words(territory, said):
    suggestions = looked(territory)
    assert {frozenset(of(each)) for each in suggestions} == {
        frozenset(record.pk for record in said[:3]), frozenset(record.pk for record in said[3:6]),
    }  # fmt: skip
    words = {word for each in suggestions for word in each.words}
    assert {"bus", "soir", "piscine", "samedi"} <= words


def test_coverage_says_how_many_contributions_are_in_one(territory, said):
    looked(territory)
    run = last_run(territory.process)
    assert (run.covered, run.voices) == (6, 8)


def test_nothing_is_applied_by_itself(territory, said):
    before = Entry.objects.count()
    looked(territory)
    assert not Theme.objects.exists()
    assert not Record.objects.filter(theme__isnull=False).exists()
    assert Entry.objects.count() == before


def test_an_agent_keeps_those_that_she_leaves_ticked(territory, said):
    (bus,) = [each for each in looked(territory) if "bus" in each.words]
    assert accept(territory, bus, said[:2]) == 2
    theme = Theme.objects.get()
    assert set(theme.record.grouped.all()) == set(said[:2])
    with pytest.raises(Conflict):
        accept(territory, bus, said[2:3])


def test_a_suggestion_joins_a_theme_that_is_open(territory, said):
    bus, pool = sorted(looked(territory), key=lambda each: "piscine" in each.words)
    accept(territory, bus, said[:3])
    accept(territory, pool, said[3:6], theme=Theme.objects.get())
    assert Theme.objects.get().record.grouped.count() == 6


def test_only_its_own_contributions_can_be_kept(territory, said):
    (bus,) = [each for each in looked(territory) if "bus" in each.words]
    with pytest.raises(Refusal):
        accept(territory, bus, said[6:])


def test_a_suggestion_that_is_dismissed_moves_nothing_and_is_decided(territory, said):
    first, second = looked(territory)
    dismiss_suggestion(suggestion=first)
    assert [each.suggestion for each in proposed_in(territory.process, offset=0, limit=9)[0]] == [second]
    assert not Theme.objects.exists()


def test_a_new_look_replaces_the_one_before_and_two_asked_at_once_are_one(territory, said):
    looked(territory)
    for _tap in range(2):
        ask_suggestions(process=territory.process, clock=GROUPING)
    assert SuggestionRun.objects.filter(done_at=None).count() == 1
    look(GROUPING)
    assert SuggestionRun.objects.count() == 1
    assert ThemeSuggestion.objects.count() == 2


def test_a_stem_is_shown_as_people_wrote_it():
    assert readable("mobilit", ["La mobilité du soir", "Mobilité !", "mobilités"]) == "mobilité"
    assert readable("xyz", ["rien"]) == "xyz"


@pytest.fixture
def desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", GROUPING)
    client.force_login(territory.agent)
    return client


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_the_pages_say_that_it_is_automatic_and_how_much_it_covers(territory, said, desk):
    assert "Aucune recherche encore" in text(desk.get(BOARD))
    desk.post(BOARD, headers=HERE)
    assert "En arrière-plan" in text(desk.get(BOARD))
    look(GROUPING)
    page = text(desk.get(BOARD))
    assert "Proposé automatiquement" in page
    assert "Ces propositions couvrent 75 % des 8 paroles sans sujet." in page
    suggestion = ThemeSuggestion.objects.order_by("rank").first()
    page = text(desk.get(f"{BOARD}/{suggestion.pk}"))
    assert page.count("checked") == 3
    kept = [card.code for card in voices_of(suggestion)][:2]
    desk.post(f"{BOARD}/{suggestion.pk}", {"code": kept, "title": "Le soir"}, headers=HERE)
    assert Theme.objects.get().record.grouped.count() == 2
    other = ThemeSuggestion.objects.get(state="proposed")
    desk.post(f"{BOARD}/{other.pk}", {"ecarter": "1"}, headers=HERE)
    assert text(desk.get(BOARD)).count("Rien à proposer") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(territory, desk, count, django_assert_num_queries):
    run = SuggestionRun.objects.create(
        process=territory.process, asked_at=GROUPING.moment, done_at=GROUPING.moment, voices=9, covered=9
    )
    for rank in range(count):
        suggestion = ThemeSuggestion.objects.create(run=run, rank=rank, words=["bus"])
        suggestion.voices.create(record=territory.say(f"Un bus ({rank}).").idea.record, rank=0)
    desk.get(BOARD)
    with django_assert_num_queries(8):
        assert text(desk.get(BOARD)).count(">bus</a>") == count
