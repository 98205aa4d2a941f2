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


def test_a_small_origin_is_counted_as_the_others_and_the_method_says_why(territory, client):
    heard(territory)
    page = client.get("/chiffres").content.decode().replace("\u00a0", " ")
    assert "9 voix sur 17 ont été dites dans la rue" in page
    assert "Par SMS" in page
    assert "n = 17 voix de participants volontaires, non représentatif" in page
    assert "les cacher ne protégerait personne" in page
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
    assert [row["n"] for row in spec["data"]["values"]] == [9, 6, 2]
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


def test_when_nobody_spoke_there_is_nothing_to_draw_and_the_page_says_why(territory, client):
    page = client.get("/chiffres").content.decode()
    assert "Personne n’a encore parlé" in page
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
    assert (
        "Personne n’a encore parlé" in client.get("/chiffres", HTTP_HOST="montsec.example").content.decode()
    )
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


class TestFil:
    """The voices that meet: the picture of the fil, as a figure."""

    def test_the_page_of_the_fil_leads_to_its_figure_in_one_line(self, territory, client, engine):
        theme = whole_course(territory, voices=4).theme.record
        html = client.get(f"/fil/{theme.code}").content.decode()
        assert html.count('class="figure-links') == 1
        for form in ("donnees.csv", "figure.svg", "figure.png"):
            moved = client.get(f"/fil/{theme.code}/figure/derniere/{form}")
            assert moved.status_code == 302
            assert client.get(moved.headers["Location"]).status_code == 200
        assert f'href="/fil/{theme.code}/figure#integrer"' in html

    def test_one_voice_of_the_theme_leads_to_the_same_figure(self, territory, client):
        course = whole_course(territory, voices=4)
        for path in (
            f"/fil/{course.ideas[0].code}",
            f"/fil/{course.theme.record.code}/retour",
            f"/fil/{course.evidence[0].record.code}/retour",
        ):
            assert f'href="/fil/{course.theme.record.code}/figure"' in client.get(path).content.decode(), path

    def test_it_counts_what_a_plain_reading_counts(self, territory, client):
        theme = whole_course(territory, voices=9).theme.record
        rows = self.rows(client, theme.code)
        origins = Counter(Record.objects.filter(theme=theme).values_list("origin", flat=True))
        assert sorted(n for _name, n in rows) == sorted(origins.values())
        html = client.get(f"/fil/{theme.code}/figure").content.decode().replace("\u00a0", " ")
        assert "9 voix se rejoignent sous « Rentrer le soir »" in html
        assert "n = 9 voix de participants volontaires, 4 origines" in html

    def test_a_process_has_its_own(self, territory, client):
        heard(territory)
        assert sorted(n for _name, n in self.rows(client, territory.process.record.code)) == [2, 6, 9]

    def test_its_drawing_carries_its_colours_and_starts_no_program(self, territory, client, monkeypatch):
        theme = whole_course(territory, voices=4).theme.record
        monkeypatch.setattr(drawing, "run", None)
        seen = set()
        for form in (
            "large.svg",
            "etroit.svg",
            "large-nuit.svg",
            "etroit-nuit.svg",
            "papier.svg",
            "figure.svg",
        ):
            path = client.get(f"/fil/{theme.code}/figure/derniere/{form}").headers["Location"]
            svg = client.get(path).content.decode()
            assert "<title>" in svg
            assert "<desc>" in svg
            assert "class=" not in svg
            seen.add(svg)
        assert len(seen) == 6

    def test_where_no_voices_meet_there_is_no_figure(self, territory, client):
        course = whole_course(territory, voices=4)
        alone = grouped(territory, [], title="Rien encore").record
        for code in (course.ideas[0].code, course.evidence[0].record.code, alone.code, "AAA-AAA", "rien"):
            assert client.get(f"/fil/{code}/figure").status_code == 404, code
            assert client.get(f"/fil/{code}/figure/integrer").status_code == 404, code

    def test_it_may_be_framed_and_its_page_may_not(self, territory, client):
        code = whole_course(territory, voices=4).theme.record.code
        assert "X-Frame-Options" not in client.get(f"/fil/{code}/figure/integrer").headers
        assert client.get(f"/fil/{code}/figure").headers["X-Frame-Options"] == "DENY"

    def test_another_authority_has_none_of_it(self, territory, client):
        code = whole_course(territory, voices=4).theme.record.code
        build_territory(slug="montsec", host="montsec.example")
        assert client.get(f"/fil/{code}/figure", HTTP_HOST="montsec.example").status_code == 404

    @pytest.mark.parametrize("n", [1, 3])
    def test_it_asks_a_fixed_number_of_questions(self, territory, client, n, django_assert_max_num_queries):
        code = whole_course(territory, voices=4 * n).theme.record.code
        client.get("/participer")
        with django_assert_max_num_queries(6):
            assert client.get(f"/fil/{code}/figure").status_code == 200

    @staticmethod
    def rows(client, code):
        path = client.get(f"/fil/{code}/figure/derniere/donnees.csv").headers["Location"]
        said = client.get(path).content.decode("utf-8-sig").splitlines()[1:]
        return [(name, int(n)) for name, n in (line.rsplit(",", 1) for line in said)]


def test_promises_are_told_with_what_is_late_in_the_title(territory, client):
    whole_course(territory, voices=4, commitments=3)
    html = client.get(f"{OF}/engagements").content.decode().replace("\u00a0", " ")
    assert "0 engagement tenu sur 3 publiés, 3 sont en retard" in html or "sur 3 publiés" in html
    assert client.get(file_of(client, f"{OF}/engagements", "figure.svg")).status_code == 200


def test_no_file_of_ours_tells_an_age(territory, client, engine):
    whole_course(territory, voices=6)
    for key in ("sujets", "origines", "semaines", "reponses", "engagements", "parcours"):
        csv = client.get(file_of(client, f"{OF}/{key}", "donnees.csv")).content.decode()
        assert not re.search(r"\b\d\d-\d\d ans|15 ans|65 ans", csv), key
