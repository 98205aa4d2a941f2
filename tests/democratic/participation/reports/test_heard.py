"""« Ce qu’on a entendu »: every voice counted once, and what is left out counted apart."""

from datetime import date

import pytest

from courses import answered, grouped, said
from democratic.participation.answers.actions import declare_inadmissible
from democratic.participation.answers.models import Verdict
from democratic.participation.reports.heard import (
    cells_of,
    hardly_heard,
    heard_in,
    period_of,
    quotes_by_theme,
    voices_in,
)
from democratic.thread.actions import withdraw_own
from democratic.thread.models import Record, RecordFigures, Visibility


def voices(territory):
    return voices_in(cells_of(territory.process))


def test_every_public_voice_is_counted_once_by_origin_by_theme_and_by_place(territory):
    ideas = said(territory, 6)
    theme = grouped(territory, ideas[:4])
    heard = voices(territory)
    assert (heard.said, heard.attached, heard.unattached) == (6, 4, 2)
    assert heard.by_origin == {"chat": 2, "street": 2, "room": 1, "web": 1}
    assert heard.by_theme == {theme.pk: 4}
    assert heard.by_place == {"Vaubrun": 6}


def test_withdrawn_moderated_and_inadmissible_are_lines_of_their_own(territory):
    ideas = said(territory, 5)
    grouped(territory, ideas)
    withdraw_own(record=ideas[0], clock=territory.clock)
    Record.objects.filter(pk=ideas[1].pk).update(visibility=Visibility.HIDDEN)
    declare_inadmissible(contribution=ideas[2], reason="Autre sujet.", function="f", clock=territory.clock)
    heard = voices(territory)
    assert (heard.said, heard.attached) == (2, 2)
    assert (heard.withdrawn, heard.moderated, heard.inadmissible) == (1, 1, 1)


def test_answered_and_owed_add_up_to_what_was_said(territory):
    ideas = said(territory, 5)
    theme = grouped(territory, ideas[:3])
    answered(territory, theme.record)
    answered(territory, ideas[3], verdict=Verdict.UNKEPT)
    heard = voices(territory)
    assert (heard.answered, heard.owed) == (4, 1)
    assert dict(heard.by_theme_and_state[theme.pk]) == {"part": 3}


@pytest.mark.parametrize(("attached", "n", "share"), [(3, 3, 100), (2, 3, 66), (0, 3, 0)])
def test_coverage_is_rounded_down_so_that_a_hundred_means_all(territory, attached, n, share):
    ideas = said(territory, n)
    grouped(territory, ideas[:attached])
    assert voices(territory).share_attached == share


def test_an_empty_process_has_no_voice_and_no_share(territory):
    heard = heard_in(territory.process, territory.viewer())
    assert (heard.voices.said, heard.voices.share_attached, heard.leading, heard.since) == (0, 0, (), None)


def test_the_leading_theme_is_the_one_with_the_most_voices_and_both_on_a_tie(territory):
    ideas = said(territory, 5)
    first = grouped(territory, ideas[:2], title="A")
    second = grouped(territory, ideas[2:4], title="B")
    heard = heard_in(territory.process, territory.viewer())
    assert {theme.id for theme in heard.leading} == {first.pk, second.pk}
    assert sum(theme.share for theme in heard.themes) == pytest.approx(100)


def test_quotes_are_the_three_most_supported_and_the_first_said_on_a_tie(territory):
    ideas = said(territory, 5)
    theme = grouped(territory, ideas)
    for idea, supports in zip(ideas, (0, 7, 2, 7, 1), strict=True):
        RecordFigures.objects.update_or_create(
            record=idea, defaults={"kind": "idea", "supports": supports, "process_id": territory.process.pk}
        )
    quotes = quotes_by_theme(territory.process, territory.viewer())[theme.pk]
    assert [card.id for card in quotes] == [ideas[1].pk, ideas[3].pk, ideas[2].pk]


def test_the_period_runs_from_the_first_voice_to_the_last(territory):
    said(territory, 3)
    assert period_of(territory.process, territory.viewer()) == (date(2026, 2, 14), date(2026, 2, 16))


def test_hardly_heard_is_less_than_half_of_an_equal_share():
    counts = {"Vaubrun": 60, "Montsec": 20, "Lurey": 11, "Les Forges": 3, "": 40}
    assert hardly_heard(counts) == [("Les Forges", 3), ("Lurey", 11)]


def test_nobody_is_hardly_heard_when_nobody_spoke():
    assert hardly_heard({}) == []
    assert hardly_heard({"": 12}) == []


@pytest.mark.parametrize("n", [1, 3])
def test_it_is_counted_in_four_questions(territory, n, django_assert_num_queries):
    for at in range(n):
        grouped(territory, said(territory, 2), title=f"Sujet {at}")
    with django_assert_num_queries(4):
        heard_in(territory.process, territory.viewer())
