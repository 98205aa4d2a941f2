from datetime import date, timedelta

import pytest

from conversations import plain
from democratic.kernel.clock import FixedClock
from democratic.kernel.pages import bump
from democratic.participation.answers.actions import group_contributions, open_theme
from democratic.thread.actions import Words
from democratic.thread.models import Audience, ImportedTally, Origin, Record
from factories import GROUPING, NOW

LIST = "/concertations/bouger/idees"


def say(territory, count, **more):
    return [
        territory.say(f"Idée {n}", clock=FixedClock(NOW - timedelta(hours=n)), **more).idea.record
        for n in range(count)
    ]


def become(record, state):
    Record.objects.filter(pk=record.pk).update(state=state)


def test_a_row_says_where_how_when_by_how_many_and_what_became_of_it(territory, read):
    record = territory.say("Un bus de nuit", origin=Origin.STREET, place="Vaubrun").idea.record
    ImportedTally.objects.create(record=record, name="votes", source="participation.example", count=57)
    become(record, "part")
    words = read(LIST)
    assert "1 idée, 1 réponse" in words
    assert "Un bus de nuit Vaubrun · dite dans la rue le 1er mars · 57 votes importés, sans votants" in words
    assert "0 voix" in words
    assert "Retenue en partie" in words


def test_what_is_owed_is_said_with_its_date_and_who_answers(territory, read, on):
    say(territory, 2)
    assert (
        "Les 2 réponses qui manquent sont promises avant le 12 juin 2026, par Odile Vasseur-Thiry."
        in read(LIST)
    )
    on(date(2026, 6, 27))
    words = read(LIST)
    assert "2 réponses manquent. Elles étaient promises pour le 12 juin 2026 : 15 jours de retard." in words
    assert words.count("15 jours de retard") == 3


def test_what_is_outside_is_a_line_apart(territory, read):
    become(say(territory, 1)[0], "inadmissible")
    words = read(LIST)
    assert "1 idée est hors du champ, avec sa raison." in words
    assert "1 idée, 0 réponse" in words


def test_boxes_filter_and_each_filter_can_be_taken_off(territory, client):
    say(territory, 2, place="Vaubrun")
    territory.say("Ailleurs", origin=Origin.STREET, place="Montsec")
    response = client.get(LIST, {"lieu": "Vaubrun", "origine": "web"})
    words, html = plain(response), response.content.decode()
    assert "1 à 2 sur 2" in words
    assert "3 idées" in words
    assert "Ailleurs" not in words
    assert f'href="{LIST}?origine=web"' in html
    assert 'name="lieu" value="Vaubrun" checked' in html
    assert 'name="lieu" value="Montsec">' in html


def test_a_theme_is_a_filter_by_its_code(territory, read):
    records = say(territory, 2)
    theme = open_theme(process=territory.process, words=Words(title="Le soir"), author=None, clock=GROUPING)
    group_contributions(contributions=records[:1], theme=theme, clock=GROUPING)
    assert "Pas encore rapprochée 1" in read(LIST)
    assert "1 à 1 sur 1" in read(f"{LIST}?sujet={theme.record.code}")
    assert "1 à 1 sur 1" in read(f"{LIST}?sujet=aucun")


def test_words_are_searched_in_the_list(territory, read):
    say(territory, 2)
    territory.say("Des vélos partout")
    assert "1 à 1 sur 1" in read(f"{LIST}?q=vélo")
    assert "« vélo »" in read(f"{LIST}?q=vélo")


def test_pages_of_fifteen_follow_each_other_and_lead_back(territory, client):
    say(territory, 17)
    first = client.get(LIST, {"tri": "recentes"})
    assert "1 à 15 sur 17" in plain(first)
    following = link(first, "next")
    second = client.get(following)
    assert "16 à 17 sur 17" in plain(second)
    assert "Idée 16" in plain(second)
    assert link(second, "prev") == f"{LIST}?tri=recentes"


def link(response, rel):
    html = response.content.decode().split(f'rel="{rel}"')[1]
    return html.split('href="')[1].split('"')[0].replace("&amp;", "&")


@pytest.mark.parametrize(
    ("sort", "line"),
    [
        ("voix", "Les plus soutenues d’abord."),
        ("recentes", "Les dernières dites d’abord."),
        ("hasard", "Tirées au sort pour la journée du 1er mars 2026"),
        ("nimporte", "Les plus soutenues d’abord."),
    ],
)
def test_every_order_is_named_and_explained(territory, read, sort, line):
    say(territory, 1)
    assert line in read(f"{LIST}?tri={sort}")


def test_an_empty_list_says_who_acts_next(territory, read, on):
    assert "La parole est ouverte. La première peut être la vôtre." in read(LIST)
    on(date(2026, 9, 1))
    assert "Les dates de chaque étape sont sur la page de la concertation." in read(LIST)


def test_filters_that_meet_nothing_can_be_taken_off_at_once(territory, read):
    say(territory, 1)
    words = read(f"{LIST}?lieu=Nulle+part")
    assert "Aucune idée ne correspond" in words
    assert "Voir toutes les idées" in words


def test_the_button_to_speak_is_there_while_one_may(territory, client, on):
    assert b"/concertations/bouger/dire" in client.get(LIST).content
    on(date(2026, 9, 1))
    assert b"/concertations/bouger/dire" not in client.get(LIST).content


def test_a_list_that_was_stored_shows_nothing_that_was_hidden_since(territory, read):
    record = territory.say("À cacher").idea.record
    assert "À cacher" in read(LIST)
    Record.objects.filter(pk=record.pk).update(visibility="hidden")
    bump([territory.process.pk])
    assert "À cacher" not in read(LIST)


def test_a_process_that_one_may_not_see_is_not_there(territory, client):
    closed = Audience.objects.create(authority=territory.authority)
    Record.objects.filter(pk=territory.process.pk).update(audience=closed)
    assert client.get(LIST).status_code == 404
    assert client.get("/concertations/jamais/idees").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "apres=x",
        "apres=15.1.zz&tri=hasard",
        "avant=1.0.00000000000000000000000000000000",
        "apres=9999999.0.00000000000000000000000000000000",
        "tri=recentes&apres=1.9999999999999999.00000000000000000000000000000000",
        "q=%00",
        "q=%ff%fe",
        "etat=%00&lieu=%E2%80%AE",
        "sujet=%27%3B--",
        "origine=" + "x" * 3000,
        "&".join(f"lieu={n}" for n in range(300)),
        "q=" + "%22%27%5C" * 50,
    ],
)
def test_a_broken_address_still_opens_the_list(territory, client, query):
    say(territory, 1)
    assert client.get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_that_just_changed_costs_four_queries_and_seven_signed_in(
    territory, browser, count, django_assert_num_queries
):
    say(territory, count, place="Vaubrun")
    anonymous, signed_in = browser(), browser(territory.citizen)
    with django_assert_num_queries(4):
        anonymous.get(LIST)
    with django_assert_num_queries(2):
        anonymous.get(LIST)
    bump([territory.process.pk])
    with django_assert_num_queries(7):
        signed_in.get(LIST)


def test_the_english_list_is_in_english_but_for_what_people_said(territory, client):
    territory.say("Un bus de nuit")
    html = client.get(f"/en{LIST}").content.decode()
    assert '<html lang="en"' in html
    assert "/en/idees/" in html
