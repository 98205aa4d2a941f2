"""From the board to a split and back: the words beside eight fields, what was typed kept, what everyone then reads."""

import pytest

from courses import answered
from democratic.participation.answers.models import Verdict
from democratic.participation.ideas.splitting import Part, split_idea, unsplit_idea
from democratic.thread.models import Entry, Record
from factories import GROUPING, build_territory

BOARD = "/bureau/concertations/bouger/sujets"
HERE = {"sec-fetch-site": "same-origin"}
QUERIES = 14  # of a page that no store keeps yet
BUS, POOL = "Le dernier bus part à 18 h 50.", "La piscine ferme le samedi."
SENT = {
    "title_1": "Le <b>bus</b>", "text_1": BUS,
    "title_2": "La piscine", "text_2": POOL,
    "reason": "Deux <i>sujets</i>.",
}  # fmt: skip


@pytest.fixture
def desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", GROUPING)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def whole(territory):
    return territory.say(f"{BUS}\n\nEt puis : {POOL}").idea.record


def form_of(record):
    return f"/bureau/paroles/{record.code}/scinder"


def split(whole):
    parts = [Part("Le bus", BUS), Part("La piscine", POOL)]
    return split_idea(record=whole, parts=parts, reason="Deux sujets.", function="Service", clock=GROUPING)


def read(client, path):
    return client.get(path).content.decode()


def test_an_agent_copies_its_parts_and_everyone_reads_both_ways(whole, desk):
    assert form_of(whole) in read(desk, BOARD)
    page = read(desk, form_of(whole))
    assert BUS.replace(" h ", "\u00a0h\u00a0") in page or BUS in page
    assert page.count('name="text_') == 8
    assert desk.post(form_of(whole), SENT | {"key": "k"}, headers=HERE).url == f"/idees/{whole.code}"
    bus, pool = Record.objects.filter(kind="idea").exclude(pk=whole.pk).order_by("pk")
    shown = read(desk, f"/idees/{whole.code}")
    assert "Scindée en 2 parts le 3 avril 2026" in shown
    assert "&lt;b&gt;bus&lt;/b&gt;" in shown
    assert "&lt;i&gt;sujets&lt;/i&gt;" in shown
    assert f"/idees/{bus.code}" in shown
    assert "Une réponse est due à chacune de ses parts" in shown
    part = read(desk, f"/idees/{pool.code}")
    assert "Titre donné par le service : La piscine" in part
    assert f'<a href="/idees/{whole.code}">' in part
    board = read(desk, BOARD)
    assert bus.code in board
    assert whole.code not in board
    assert whole.code in read(desk, f"{BOARD}?sujet=scindees")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text_2": "La piscine est fermée."}, "text_2"),
        ({"title_4": "Seul un titre"}, "text_4"),
        ({"text_5": "Et puis"}, "title_5"),
        ({"reason": " "}, "reason"),
        ({"text_2": ""}, "text_2"),
        ({"title_1": "x" * 201}, "title_1"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_nothing_typed_is_lost(whole, desk, sent, field):
    typed = SENT | {"title_8": "Autre", "text_8": "Et puis"} | sent
    answer = desk.post(form_of(whole), typed | {"key": "k"}, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code in (400, 422)
    assert f'id="id_{field}_error"' in page
    assert f'href="#id_{field}"' in page
    for name in ("title_8", "text_8", "text_1"):
        assert typed[name] in page
    assert not Entry.objects.filter(kind="idea_split").exists()


def test_a_double_tap_splits_once(whole, desk):
    first, second = (desk.post(form_of(whole), SENT | {"key": "same"}, headers=HERE) for _ in range(2))
    assert first.url == second.url
    assert Entry.objects.filter(kind="idea_split").count() == 1
    assert Record.objects.filter(kind="idea").count() == 3
    again = desk.post(form_of(whole), SENT | {"key": "other"}, headers=HERE)
    assert "déjà scindée" in again.content.decode()


def test_it_is_joined_back_with_a_reason(whole, desk):
    part = split(whole)[0]
    path = f"/bureau/paroles/{whole.code}/reunir"
    assert path in read(desk, f"{BOARD}?sujet=scindees")
    assert desk.post(path, {"reason": "", "key": "a"}, headers=HERE).status_code == 400
    assert (
        desk.post(path, {"reason": "Une chose.", "key": "b"}, headers=HERE).url == f"{BOARD}?sujet=scindees"
    )
    assert "Réunie le 3 avril 2026" in read(desk, f"/idees/{part.code}")
    assert "Scindée en" not in read(desk, f"/idees/{whole.code}")
    assert whole.code in read(desk, BOARD)
    assert part.code not in read(desk, BOARD)


def test_the_fil_of_the_whole_tells_its_parts_and_their_answers_and_theirs_tell_it(territory, whole, desk):
    bus, pool = split(whole)
    answered(territory, bus, verdict=Verdict.KEPT)
    fil = read(desk, f"/fil/{whole.code}")
    assert "Scindée en 2 parts" in fil
    assert f"/fil/{bus.code}" in fil
    assert f"/fil/{pool.code}" in fil
    assert "trop peu de voyageurs" in fil
    assert f"/idees/{whole.code}" in read(desk, f"/fil/{bus.code}/retour")
    page = read(desk, f"/idees/{whole.code}")
    assert "Retenue" in page


def test_the_history_says_each_act_in_words(whole, desk):
    parts = split(whole)
    history = read(desk, f"/fil/{whole.code}")
    assert f"Scindée en {parts[0].code}, {parts[1].code}" in history
    assert f"Part de {whole.code}, sous un titre donné par le service" in read(desk, f"/fil/{parts[0].code}")
    journal = read(desk, "/journal")
    assert "idea_split" not in journal


def test_the_list_shows_the_whole_once_under_its_own_line(whole, desk):
    split(whole)
    page = read(desk, "/concertations/bouger/idees")
    assert "2 idées, 0 réponse" in page
    assert "1 idée est scindée : ce sont ses parts qui sont comptées." in page


def test_every_page_that_lists_them_knows_their_states(whole, desk):
    first = split(whole)
    for path in (
        "/recherche?q=piscine",
        "/concertations/bouger/idees",
        "/carte",
        "/",
        f"/idees/{first[0].code}",
    ):
        assert desk.get(path).status_code == 200, path
    unsplit_idea(idea=whole, reason="Une chose.", function="Service", clock=GROUPING)
    again = split(Record.objects.get(pk=whole.pk))
    assert first[0].code != again[0].code
    found = read(desk, "/recherche?q=piscine&etat=rejoined")
    assert "Réunie à l’originale" in found
    listed = read(desk, "/concertations/bouger/idees")
    assert "2 idées, 0 réponse" in listed


@pytest.mark.parametrize("count", [2, 8])
def test_the_page_asks_as_much_for_two_parts_as_for_eight(territory, desk, django_assert_num_queries, count):
    words = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit"]
    whole = territory.say(" ".join(words)).idea.record
    parts = [Part(word, word) for word in words[:count]]
    split_idea(record=whole, parts=parts, reason="Oui.", function="Service", clock=GROUPING)
    desk.logout()
    with django_assert_num_queries(QUERIES):
        page = read(desk, f"/idees/{whole.code}")
    assert all(f"· {word}" in page for word in words[:count])


def test_another_authoritys_words_are_not_split_here(desk):
    elsewhere = build_territory(slug="montsec", host="montsec.example").say(BUS).idea.record
    assert desk.get(form_of(elsewhere)).status_code == 404
    assert desk.post(form_of(elsewhere), SENT | {"key": "k"}, headers=HERE).status_code == 404
    assert desk.post(f"/bureau/paroles/{elsewhere.code}/reunir", SENT, headers=HERE).status_code == 404
