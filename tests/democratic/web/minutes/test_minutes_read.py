"""What everyone reads after a meeting: two minutes to catch up, the minutes, their versions."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import caches

from democratic.participation.meetings.floor.models import Side, SpeakingTurn
from democratic.participation.meetings.minutes.actions import (
    Said,
    add_block,
    answer_amendment,
    approve_minutes,
    ask_amendment,
    save_block,
    show_recording,
    start_minutes,
)
from democratic.participation.meetings.minutes.marks import mark_of
from democratic.participation.meetings.minutes.models import BlockKind, Minutes
from democratic.participation.obligations.models import Obligation, Owed
from told_meetings import (
    BEGAN,
    ENDED,
    NEXT_MORNING,
    days_after,
    propose,
    read_plain,
    told_meeting,
    voted,
)


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return read_plain(response)


def test_the_catch_up_says_the_essential_what_is_owed_by_whom_and_the_votes(
    client, territory, told, here, draft
):
    add_block(minutes=draft, after=0, said=Said("On prolonge la ligne 4.", BlockKind.DECISION))
    propose(draft)
    Obligation.objects.create(
        record=told.owed.record, owed=Owed.ANSWER, service=territory.service,
        first_due_on=date(2026, 3, 20), due_on=date(2026, 3, 20),
    )  # fmt: skip
    show_recording(
        meeting=told.meeting,
        url="https://videos.example.org/w/abc",
        label="La captation",
        starts_at=BEGAN - timedelta(minutes=5),
        clock=NEXT_MORNING,
    )
    caches["fragments"].clear()
    page = read(client, f"{here}/rattrapage")
    assert "Le dernier bus partira à 22 h." in page
    assert "On prolonge la ligne 4." in page
    assert "Qui paie la navette ?" in page
    assert "Service jeunesse, avant le 20 mars 2026" in page
    assert "Prolonger la ligne 0 ?" in page
    assert "19 personnes ont voté, vote consultatif" in page
    assert 'href="https://videos.example.org/w/abc?start=300"' in page
    assert "Se lit en 1 minute" in page
    assert "Proposé à relecture" in page
    assert "sondage" not in page


def test_a_vote_that_is_still_open_says_until_when(client, told, here, territory):
    voted(
        told.meeting, "Et le dimanche ?", told.items[1], is_final=False, later_until=ENDED + timedelta(days=2)
    )
    page = read(client, f"{here}/rattrapage")
    assert "On vote encore, jusqu’au dimanche 1er mars 2026 à 19 h 30." in page


def test_the_minutes_say_how_long_each_group_spoke_and_nobody_s_name(client, told, here, draft):
    propose(draft)
    for seat, side, seconds in (
        ("room", Side.PUBLIC, 240),
        ("remote", Side.PUBLIC, 45),
        ("room", Side.ELECTED, 600),
    ):
        SpeakingTurn.objects.create(
            meeting=told.meeting, seat=seat, side=side, name="Madame Untel", state=SpeakingTurn.State.SPOKEN,
            asked_at=BEGAN, started_at=BEGAN, ended_at=BEGAN + timedelta(seconds=seconds),
        )  # fmt: skip
    page = read(client, f"{here}/compte-rendu")
    told_times = re.findall(r"<span>([^<]+)</span><span>([^<]+)</span><svg", page)
    assert told_times[-3:] == [
        ("En salle", "4 min"), ("À distance", "45 s"), ("Les élues et les élus", "10 min"),
    ]  # fmt: skip
    assert "Madame Untel" not in page


def test_nobody_is_shown_the_detail_of_fewer_than_five_voices(client, told, here):
    voted(told.meeting, "À quatre ?", told.items[1], counted={"total": 4, "groups": [], "words": {}})
    assert "Moins de cinq : le détail n’est pas publié." in read(client, f"{here}/rattrapage")


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (NEXT_MORNING, "paraîtra ici le samedi 28 février 2026 à 19 h 30 au plus tard"),
        (days_after(1), "Il est en retard."),
    ],
)
def test_until_it_is_told_the_catch_up_says_for_when_it_is_promised(client, told, here, at, clock, said):
    at(clock)
    assert said in read(client, f"{here}/rattrapage")


def test_the_minutes_are_read_by_point_with_seats_and_what_is_asked_of_them(client, told, here, proposed):
    page = read(client, f"{here}/compte-rendu")
    assert re.search(
        r"<h2>Point 1</h2>.*dernier bus.*<h2>Point 2</h2>.*ligne 0.*Hors de l’ordre du jour", page, re.DOTALL
    )
    assert "par messagerie" in page
    assert f"{here}/compte-rendu/contester?passage=2" in page
    assert "Qui était là peut demander des corrections jusqu’au 3 mars 2026, 9 h." in page


def test_a_draft_is_shown_to_nobody(client, draft, here):
    page = read(client, f"{here}/compte-rendu")
    assert "n’est pas encore proposé" in page
    assert "22 h dès septembre" not in page


def test_answers_to_corrections_are_public_and_neither_who_asked_nor_what_is(client, told, here, proposed):
    amendment = ask_amendment(
        minutes=proposed, block_rank=2, person=told.there, text="Mot secret.", clock=NEXT_MORNING
    )
    answer_amendment(amendment=amendment, is_taken=False, reason="La captation dit 22 h.", clock=NEXT_MORNING)
    page = read(client, f"{here}/compte-rendu")
    assert "La captation dit 22 h." in page
    assert "1 correction demandée, 1 non retenue" in page
    assert "Mot secret" not in page


def test_versions_say_line_by_line_what_changed_for_eyes_and_ears(client, told, here, proposed):
    amendment = ask_amendment(
        minutes=proposed, block_rank=1, person=told.there, text="Non.", clock=NEXT_MORNING
    )
    answer_amendment(amendment=amendment, is_taken=True, reason="Exact.", clock=NEXT_MORNING)
    second = Minutes.objects.get(version=2)
    block = second.blocks.get(rank=1)
    save_block(minutes=second, block=block.pk, said=Said("À 23 h, en vérité."), seen=mark_of(block))
    propose(second)
    page = read(client, f"{here}/compte-rendu/versions")
    assert re.search(r"<ins>.*Ajouté : .*À 23 h, en vérité\.</ins>", page)
    assert re.search(r"<del>.*Retiré : .*Point 1, de 18 h 00", page)
    assert "1 ligne ajoutée, 1 ligne retirée" in page
    assert "lignes inchangées" in page


def test_the_synthesis_counts_arguments_and_questions_where_they_came_from(client, told, here, draft):
    for seat, text in (("room", "Trop cher."), ("room", "Trop tard."), ("", "Sans place.")):
        add_block(minutes=draft, after=0, said=Said(text, BlockKind.ARGUMENT, seat=seat))
    add_block(minutes=draft, after=0, said=Said("Par le chat.", BlockKind.ARGUMENT, about=told.owed.pk))
    propose(draft)
    page = read(client, f"{here}/compte-rendu")
    rows = dict(re.findall(r'<th scope="row">([^<]+)</th><td>(\d+)</td><td>\d+</td>', page))
    assert rows == {"En salle": "2", "À distance": "0", "Par messagerie": "1", "Place non notée": "1"}
    assert "4 arguments notés au compte rendu, 3 questions posées" in page


def test_an_approved_account_is_on_the_page_of_the_meeting(client, told, here, proposed, at):
    approve_minutes(minutes=proposed, clock=days_after(3))
    at(days_after(4))
    page = read(client, here)
    assert "Le dernier bus partira à 22 h." in page
    assert f'href="{here}/rattrapage"' in page
    assert f'href="{here}/compte-rendu"' in page
    assert "Approuvé le 3 mars 2026" in read(client, f"{here}/compte-rendu")


@pytest.mark.parametrize(
    ("page", "queries"), [("rattrapage", 11), ("compte-rendu", 11), ("compte-rendu/versions", 5)]
)
@pytest.mark.parametrize("each", [1, 3])
def test_pages_ask_a_fixed_number_of_questions(
    client, territory, at, page, queries, each, django_assert_num_queries
):
    told = told_meeting(territory, each=each)
    propose(start_minutes(meeting=told.meeting, clock=NEXT_MORNING))
    path = f"/rencontres/{told.meeting.record.code}/{page}"
    client.get(path)  # what is kept for all pages is kept
    caches["fragments"].clear()
    with django_assert_num_queries(queries):
        client.get(path)


@pytest.mark.parametrize("page", ["rattrapage", "compte-rendu", "compte-rendu/versions", "transcription"])
def test_what_is_not_there_is_not_told_apart_from_what_is_hidden(client, territory, at, page):
    read(client, f"/rencontres/ZZZ-ZZZ/{page}", 404)
