"""Figures as anyone reads them: their page, their files, the one that other sites show, and what they count."""

import json
import re
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches

from courses import grouped, said, whole_course
from democratic.kernel.clock import FixedClock, local_day
from democratic.participation.reports.figures import in_time, said_in
from democratic.thread.models import Kind, Origin, Record, Visibility
from democratic.thread.rules import Viewer
from democratic.web.charts import drawing
from democratic.web.figures import views
from factories import build_territory

OF = "/concertations/bouger/figures"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    caches["fragments"].clear()
    moment = datetime(2026, 9, 10, 10, tzinfo=UTC)
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(moment))


@pytest.fixture
def engine(monkeypatch):
    """The program, stood for: what it is given is kept."""
    given = []

    def run(specs, png=""):
        given.append(specs)
        return {
            "svg": dict.fromkeys(specs, '<svg width="640" viewBox="0 0 1 1"><g/></svg>'),
            "png": "iVBORw0=",
        }

    monkeypatch.setattr(drawing, "run", run)
    return given


def heard(territory, counts=(("street", 9), ("web", 6), ("sms", 2))):
    for origin, n in counts:
        for at in range(n):
            territory.say(
                f"Un bus le soir ({origin}, {at})", origin=Origin(origin),
                happened_at=datetime(2026, 2, 14 + at % 3, 16, tzinfo=UTC),
            )  # fmt: skip


def file_of(client, page, form):
    html = client.get(page).content.decode()
    return re.search(rf'"([^"]*/{re.escape(form)})"', html)[1]


def test_a_small_origin_stands_with_another_and_the_sum_is_the_total(territory, client):
    heard(territory)
    page = client.get("/chiffres").content.decode().replace("\u00a0", " ")
    assert "9 voix sur 17 ont été dites dans la rue" in page
    assert "Origine non détaillée" in page
    assert "Par SMS" not in re.sub(r"<thead>.*?</thead>", "", page)
    assert "n = 17 voix de participants volontaires, non représentatif" in page
    assert "sondage" not in page.lower()


def test_figures_count_what_a_plain_reading_counts(territory):
    heard(territory, (("street", 9), ("web", 6), ("room", 8)))
    voices = in_time(said_in(Viewer(territory.authority)))
    ideas = Record.objects.filter(kind=Kind.IDEA, visibility=Visibility.PUBLIC)
    assert voices.by_origin == dict(Counter(ideas.values_list("origin", flat=True)).most_common())
    assert voices.total == ideas.count() == 23
    assert sum(voices.by_span.values()) == 23


def test_a_day_is_the_authority_s_own(territory):
    for at in range(5):
        territory.say(
            f"Tard ({at})", origin=Origin.WEB, happened_at=datetime(2026, 2, 15, 23, 30, tzinfo=UTC)
        )
    voices = in_time(said_in(Viewer(territory.authority), territory.process.pk))
    assert local_day(datetime(2026, 2, 15, 23, 30, tzinfo=UTC), "Europe/Paris") == date(2026, 2, 16)
    assert voices.spans == (date(2026, 2, 16),)  # a Monday in Paris, a Sunday in Greenwich


@pytest.mark.parametrize("key", ["sujets", "origines", "semaines", "reponses", "engagements", "parcours"])
def test_each_figure_of_a_process_has_its_page_its_table_and_its_files(territory, client, engine, key):
    whole_course(territory)
    heard(territory)
    page = client.get(f"{OF}/{key}")
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count("<h1") == 1
    for words in ("Voir le tableau", "Comment c’est calculé", "&lt;iframe src="):
        assert words in html
    for form in ("donnees.csv", "figure.svg", "figure.png"):
        assert client.get(file_of(client, f"{OF}/{key}", form)).status_code in {200, 503}


def test_a_drawing_is_for_ever_at_its_address_and_another_s_leads_to_today_s(territory, client, engine):
    heard(territory)
    path = file_of(client, "/chiffres", "large.svg")
    answer = client.get(path)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    heard(territory, (("web", 5),))
    moved = client.get(path)
    assert moved.status_code == 302
    assert moved.headers["Cache-Control"] == "no-cache"
    assert client.get(moved.headers["Location"]).status_code == 200
    assert moved.headers["Location"] != path


@pytest.mark.parametrize(
    "path",
    ["/chiffres/rien", f"{OF}/rien", "/chiffres/origines/abc/rien.svg", "/concertations/rien/figures/sujets"],
)
def test_what_there_is_not_is_not_found(territory, client, path):
    heard(territory)
    assert client.get(path).status_code == 404


def test_a_picture_of_ours_has_no_specification(territory, client, engine):
    whole_course(territory)
    html = client.get(f"{OF}/parcours").content.decode()
    digest = re.search(r"parcours/([0-9a-f]{20})/figure.svg", html)[1]
    assert client.get(f"{OF}/parcours/{digest}/figure.json").status_code == 404
    alone = client.get(f"{OF}/parcours/{digest}/figure.svg").content.decode()
    assert "class=" not in alone
    assert "<title" in alone


def test_the_specification_is_the_figure_s_own(territory, client):
    heard(territory)
    spec = json.loads(client.get(file_of(client, "/chiffres", "figure.json")).content)
    assert [row["n"] for row in spec["data"]["values"]] == [9, 8]
    assert "vega-lite" in spec["$schema"]


def test_a_fault_shows_a_sentence_and_the_table_stays(territory, client, monkeypatch):
    def fall(_specs, png=""):
        raise drawing.CannotDraw

    monkeypatch.setattr(drawing, "run", fall)
    heard(territory)
    answer = client.get(file_of(client, "/chiffres", "large.svg"))
    assert answer.status_code == 503
    assert "ne peut pas être dessinée" in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(file_of(client, "/chiffres", "figure.png")).status_code == 503
    assert "<table>" in client.get("/chiffres").content.decode()


def test_only_the_figure_made_for_it_may_be_framed(territory, client):
    heard(territory)
    embedded = client.get("/chiffres/origines/integrer")
    html = embedded.content.decode()
    assert "frame-ancestors *" in embedded.headers["Content-Security-Policy"]
    assert "script-src" not in embedded.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in embedded.headers
    assert not embedded.cookies
    assert "<script" not in html
    assert "<form" not in html
    for path in ("/chiffres", "/chiffres/origines", f"{OF}/origines", "/"):
        page = client.get(path)
        assert page.headers["X-Frame-Options"] == "DENY", path
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]


def test_a_table_runs_nothing_in_a_spreadsheet(territory, client):
    grouped(territory, said(territory, 5), title="=HYPERLINK(1)")
    rows = client.get(file_of(client, f"{OF}/sujets", "donnees.csv")).content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("'=HYPERLINK(1)")


def test_hostile_words_stay_words_in_the_page_and_the_embed(territory, client, engine):
    grouped(territory, said(territory, 5), title="</svg><script>alert(1)</script>")
    for path in (f"{OF}/sujets", f"{OF}/sujets/integrer", "/concertations/bouger/entendu"):
        assert "<script>alert" not in client.get(path).content.decode()
    svg = client.get(file_of(client, f"{OF}/sujets", "figure.svg")).content.decode()
    assert "<script" not in svg


def test_too_few_voices_draw_nothing_and_say_why(territory, client):
    heard(territory, (("web", 3),))
    page = client.get("/chiffres").content.decode()
    assert "trop peu de voix" in page
    assert client.get("/chiffres/origines").status_code == 404


def test_pictures_are_limited_and_those_that_are_kept_are_not(territory, client, engine, monkeypatch):
    heard(territory)
    monkeypatch.setattr(views, "PICTURES", views.Limit("pictures-of-network", 1, 600))
    first, other = (
        file_of(client, "/chiffres/origines", "figure.png"),
        file_of(client, "/chiffres/semaines", "figure.png"),
    )
    assert [client.get(path).status_code for path in (first, first, other)] == [200, 200, 429]


def test_another_authority_counts_none_of_it(territory, client):
    heard(territory)
    build_territory(slug="montsec", host="montsec.example")
    assert "trop peu de voix" in client.get("/chiffres", HTTP_HOST="montsec.example").content.decode()
    assert client.get(f"{OF}/origines", HTTP_HOST="montsec.example").status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_of_figures_asks_a_fixed_number_of_questions(
    territory, client, n, django_assert_max_num_queries
):
    whole_course(territory, voices=5 * n, commitments=n)
    client.get("/participer")
    with django_assert_max_num_queries(8):
        assert client.get("/chiffres").status_code == 200


def test_in_english_every_word_is_english(territory, client):
    heard(territory)
    page = client.get("/en/chiffres").content.decode().replace("\u00a0", " ")
    assert "9 of 17 voices" in page
    assert "View the table" in page or "table" in page
