"""From a method to the public: nine screens at most, nothing lost on the way, and a link to have it read."""

import re
from datetime import timedelta

import pytest
from django.core import signing

from democratic.kernel.clock import FixedClock
from democratic.participation.processes.actions import renew_preview
from democratic.participation.processes.models import Preparation, Process
from democratic.rehearsal.shelf import Shelf, Told
from democratic.thread.models import Record, Visibility
from democratic.web.processes.previews import _SALT, LIFE, preview_token, process_of_preview
from factories import build_territory

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
DRAFT = "/bureau/concertations/le-marche"


@pytest.fixture
def at_the_desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    client.force_login(territory.agent)
    return client


def send(client, path, **fields):
    page = client.get(path)
    assert page.status_code == 200, (path, page.status_code)
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    return client.post(path, {"key": key, **fields}, **HERE)


def begin(client, territory, **more):
    """The first form, from the link that the method's page gives."""
    code = territory.mandate.record.code
    method = client.get(f"/bureau/methodes/project_concertation?commande={code}")
    link = re.search(r'href="([^"]+\?methode=project_concertation)"', method.content.decode())[1]
    fields = {"title": "Le marché", "text": "Où le mettre ?", "in_clear": "Un marché se prépare."}
    return send(client, link, **fields, first_day="2026-03-01", **more)


def test_an_order_begins_from_a_method(client, territory, at_the_desk):
    method = client.get("/bureau/methodes/express_consultation").content.decode()
    link = re.search(r'href="([^"]+nouvelle\?methode=express_consultation)"', method)[1]
    initial = client.get(link).context["form"].initial
    assert initial["level"] == "consult"
    assert initial["not_decidable"].startswith("Les options proposées sont toutes réalisables")
    assert initial["answer_due_on"] == territory.clock.now().date() + timedelta(days=30)
    assert client.get("/bureau/commandes/nouvelle?methode=../etc").status_code == 404


PRIVACY = {
    "legal_basis": "public_task",
    "kept_months": "12",
    "assessment": "not_needed",
    "assessment_reason": "Rien de sensible.",
    "processors": "aucun",
}


def prepared(client, territory):
    """Through every part, each leading to the next; the last one leads to the check."""
    path = begin(client, territory).url
    assert path.endswith("/preparer/promesse")
    asks = {"asks": "Votre avis.", "use_of_input": "Chaque avis est lu.", "not_negotiable": ""}
    path = send(client, path, **asks).url
    assert path.endswith("/preparer/dates")
    fields = re.findall(
        r'name="(\w+_(?:opens|closes)_on)" value="([\d-]+)"', client.get(path).content.decode()
    )
    path = send(client, path, **dict(fields)).url
    assert path.endswith("/preparer/travail")
    path = send(client, path, expected="200").url
    assert path.endswith("/preparer/vie-privee")
    return send(client, path, **PRIVACY).url


def record_of(slug="le-marche"):
    return Process.objects.select_related("record").get(slug=slug).record


def test_a_process_is_prepared_and_published_in_nine_screens(territory, at_the_desk):
    client = at_the_desk
    assert client.get("/bureau/methodes").status_code == 200
    assert prepared(client, territory) == f"{DRAFT}/verifier"
    assert "Rien n’empêche de publier" in client.get(f"{DRAFT}/verifier").content.decode()
    assert client.get("/concertations/le-marche").status_code == 404
    done = client.post(f"{DRAFT}/publier", **HERE)
    assert done.url == DRAFT
    assert record_of().visibility == Visibility.PUBLIC
    page = client.get("/concertations/le-marche").content.decode()
    assert "Un marché se prépare." in page
    # methods, method, question, promise, dates, work, privacy, check, published
    assert client.get(DRAFT).status_code == 200


def test_what_blocks_is_listed_with_the_way_to_mend_it_and_nothing_is_published(territory, at_the_desk):
    begin(at_the_desk, territory)
    page = at_the_desk.get(f"{DRAFT}/verifier").content.decode()
    assert "2 choses à faire avant de publier" in page
    assert f'href="{DRAFT}/preparer/travail"' in page
    refused = at_the_desk.post(f"{DRAFT}/publier", follow=True, **HERE)
    assert "Il reste à faire avant de publier" in refused.content.decode()
    assert record_of().visibility == Visibility.DRAFT


def test_the_hours_of_work_are_shown_for_the_service(territory, at_the_desk):
    prepared(at_the_desk, territory)
    page = at_the_desk.get(f"{DRAFT}/verifier").content.decode()
    assert "Service jeunesse" in page
    assert "<td>17\u00a0h</td>" in page.replace(" h</td>", "\u00a0h</td>")


def test_a_published_process_is_prepared_no_more(territory, at_the_desk):
    for page in ("verifier", "preparer/dates"):
        assert at_the_desk.get(f"/bureau/concertations/bouger/{page}").url == "/bureau/concertations/bouger"


def test_a_double_tap_makes_one_draft(territory, at_the_desk):
    code = territory.mandate.record.code
    path = f"/bureau/commandes/{code}/concertation?methode=project_concertation"
    key = re.search(r'name="key" value="([^"]+)"', at_the_desk.get(path).content.decode())[1]
    fields = {"key": key, "title": "Le marché", "text": "Où ?", "first_day": "2026-03-01"}
    first, second = (at_the_desk.post(path, fields, **HERE) for _tap in range(2))
    assert first.url == second.url
    assert Process.objects.filter(slug__startswith="le-marche").count() == 1


def test_a_form_with_a_mistake_keeps_what_was_typed(territory, at_the_desk):
    begin(at_the_desk, territory)
    path = f"{DRAFT}/preparer/vie-privee"
    page = send(at_the_desk, path, **{**PRIVACY, "assessment_reason": "", "processors": "L’hébergeur"})
    assert page.status_code == 400
    assert "L’hébergeur" in page.content.decode()
    assert "en cas de contrôle" in page.content.decode()


def test_dates_in_the_wrong_order_are_refused_beside_the_day_at_fault(territory, at_the_desk):
    begin(at_the_desk, territory)
    path = f"{DRAFT}/preparer/dates"
    shown = at_the_desk.get(path).content.decode()
    fields = dict(re.findall(r'name="(\w+_(?:opens|closes)_on)" value="([\d-]+)"', shown))
    page = send(at_the_desk, path, **{**fields, "analysis_opens_on": "2026-01-01"})
    assert page.status_code == 400
    assert "avant celle qui la précède" in page.content.decode()


def test_it_is_scheduled_in_local_time_and_given_up(territory, at_the_desk):
    prepared(at_the_desk, territory)
    assert send(at_the_desk, f"{DRAFT}/programmer", on="2026-03-09", hour="10:00").status_code == 302
    kept = Preparation.objects.get(process__slug="le-marche")
    assert kept.publishes_at.isoformat() == "2026-03-09T09:00:00+00:00"
    assert "Sera publiée le lundi 9 mars 2026 à 10" in at_the_desk.get(f"{DRAFT}/verifier").content.decode()
    at_the_desk.post(f"{DRAFT}/ne-pas-programmer", **HERE)
    kept.refresh_from_db()
    assert kept.publishes_at is None


def test_an_hour_that_the_clock_skips_is_refused(territory, at_the_desk):
    prepared(at_the_desk, territory)
    page = send(at_the_desk, f"{DRAFT}/programmer", on="2026-03-29", hour="02:30")
    assert page.status_code == 400
    assert "on avance les montres" in page.content.decode()


def test_a_copy_begins_from_the_same_words(territory, at_the_desk):
    path = "/bureau/concertations/bouger/dupliquer"
    made = send(at_the_desk, path, mandate=territory.mandate.record.code, first_day="2027-01-11")
    assert made.url == "/bureau/concertations/bouger-2/verifier"
    assert record_of("bouger-2").title == "Bouger à 15-25 ans"


def test_a_draft_is_thrown_away(territory, at_the_desk):
    begin(at_the_desk, territory)
    at_the_desk.post(f"{DRAFT}/jeter", **HERE)
    assert not Process.objects.filter(slug="le-marche").exists()


def test_a_published_process_is_never_thrown_away(territory, at_the_desk):
    at_the_desk.post("/bureau/concertations/bouger/jeter", **HERE)
    assert Record.objects.filter(pk=territory.process.pk, visibility=Visibility.PUBLIC).exists()


class TestPreview:
    @pytest.fixture
    def token(self, territory, at_the_desk):
        begin(at_the_desk, territory)
        process = Process.objects.get(slug="le-marche")
        return preview_token(process, process.preparation.preview_key)

    def read(self, client, token):
        client.logout()
        return client.get(f"/apercu/{token}")

    def test_anyone_with_the_link_reads_the_page_as_it_will_be(self, client, token):
        page = self.read(client, token)
        assert page.status_code == 200
        assert "Où le mettre" in page.content.decode()
        assert "Aperçu d’un brouillon" in page.content.decode()
        assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert page.headers["Cache-Control"] == "no-store"
        assert client.get("/concertations/le-marche").status_code == 404

    def test_a_link_that_was_replaced_opens_nothing(self, client, token):
        renew_preview(process=Process.objects.get(slug="le-marche"))
        assert self.read(client, token).status_code == 410

    def test_a_link_dies_after_seven_days(self, client, token, monkeypatch):
        value = signing.loads(token, salt=_SALT)
        old = timedelta(days=LIFE, seconds=5).total_seconds()
        monkeypatch.setattr("django.core.signing.time.time", lambda: 2_000_000_000 - old)
        past = signing.dumps(value, salt=_SALT)
        monkeypatch.setattr("django.core.signing.time.time", lambda: 2_000_000_000)
        assert self.read(client, past).status_code == 410

    def test_a_published_process_has_no_preview(self, client, territory, token):
        Record.objects.filter(pk=record_of().pk).update(visibility=Visibility.PUBLIC)
        assert self.read(client, token).status_code == 410

    @pytest.mark.parametrize("said", [["0", "k"], 3, [], "x"])
    def test_a_link_that_is_signed_and_says_nothing_opens_nothing(self, client, token, said):
        assert self.read(client, signing.dumps(said, salt=_SALT)).status_code == 410

    @pytest.mark.parametrize("forged", ["x", "WyJhIl0:1:2"])
    def test_a_forged_link_opens_nothing(self, client, token, forged):
        assert self.read(client, forged).status_code == 410

    def test_a_link_opens_nothing_at_another_authority(self, territory, token):
        assert process_of_preview(territory.authority, token)
        neighbour = build_territory(slug="voisin", host="voisin.example").authority
        assert process_of_preview(neighbour, token) is None


def test_the_moment_shown_is_that_of_the_clock(territory, at_the_desk, monkeypatch):
    """The check looks at the day it is: on the last day of the listening, its shortness is told."""
    prepared(at_the_desk, territory)
    later = FixedClock(territory.clock.moment + timedelta(days=55))
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", later)
    assert "L’écoute est courte" in at_the_desk.get(f"{DRAFT}/verifier").content.decode()


class TestRehearsal:
    PATH = "/bureau/concertations/bouger/essai"

    @pytest.fixture
    def shelf(self, territory, at_the_desk, settings, tmp_path):
        settings.VAR = tmp_path
        return Shelf.of(territory.process.pk)

    def test_it_is_asked_for_once_and_its_page_says_how_far_it_is(self, at_the_desk, shelf):
        assert "Aucun essai encore" in at_the_desk.get(self.PATH).content.decode()
        at_the_desk.post(self.PATH, **HERE)
        assert shelf.state()["state"] == "asked"
        assert "Il commence dans quelques secondes" in at_the_desk.get(self.PATH).content.decode()
        again = at_the_desk.post(self.PATH, follow=True, **HERE)
        assert "Un essai est déjà en route" in again.content.decode()

    def test_its_scenes_are_listed_with_what_is_late_and_its_pages_are_shown(self, at_the_desk, shelf):
        told = Told("bilan", "Le jour du bilan", "2026-06-01", {"web": 3}, 0, 1, 2, 1, 12, ("page",))
        shelf.keep([told], {("bilan", "page"): "<p>la page</p>"})
        shelf.tell("done")
        page = at_the_desk.get(self.PATH).content.decode()
        assert "12 jours de retard" in page.replace("\u00a0", " ")
        assert f'href="{self.PATH}/bilan/page"' in page
        kept = at_the_desk.get(f"{self.PATH}/bilan/page")
        assert kept.content.decode() == "<p>la page</p>"
        assert kept.headers["Cache-Control"] == "no-store"

    def test_one_that_stopped_says_so_and_may_be_played_again(self, at_the_desk, shelf):
        shelf.tell("failed", why="")
        assert "L’essai s’est arrêté avant la fin" in at_the_desk.get(self.PATH).content.decode()
        at_the_desk.post(self.PATH, **HERE)
        assert shelf.state()["state"] == "asked"
