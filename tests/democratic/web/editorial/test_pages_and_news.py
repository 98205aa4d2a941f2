"""An agent writes, sees, publishes; a visitor reads; nothing written is lost, and nothing owed is hidden."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from democratic.communities.editorial.actions import draft_publication, publish
from democratic.communities.editorial.models import Publication
from democratic.kernel.clock import FixedClock
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Withdrawal
from pictures import picture

HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
DESK = "/bureau/publications"
CANARY = '<script>alert("canari")</script> <img src=x onerror=alert(1)> [lien](javascript:alert(1)) ![i](http://x.example/i.png)'
WRITTEN = {
    "kind": "page",
    "title": "Nos locaux",
    "slug": "nos-locaux",
    "text": "# Venir\n\nOuverts **à tous**.",
}


@pytest.fixture
def agent(territory):
    client = Client()
    client.force_login(territory.agent)
    return client


def send(client, path, body, status=302):
    answer = client.post(path, body, **HERE)
    assert answer.status_code == status, answer.content.decode()[-3000:]
    return answer


def published(territory, kind=Kind.PAGE, slug="nos-locaux", title="Nos locaux", text="Ouverts.", **more):
    made = draft_publication(
        authority=territory.authority, kind=kind, words=Words(title=title, text=text),
        slug=slug if kind == Kind.PAGE else "", function="Service", clock=territory.clock,
    )  # fmt: skip
    return publish(publication=made, clock=territory.clock, **more)


def text(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def test_a_page_is_written_seen_published_and_read(agent, client):
    where = send(agent, f"{DESK}/nouvelle", WRITTEN)["Location"]
    assert client.get("/pages/nos-locaux").status_code == 404
    seen = text(agent, where)
    assert ("brouillon" in seen, "<h2>Venir</h2>" in seen) == (True, True)
    send(agent, f"{where}/publier", {"day": "", "time": ""})
    page = text(client, "/pages/nos-locaux")
    assert "<h2>Venir</h2>" in page
    assert "<strong>à tous</strong>" in page
    assert page.count("<h1") == 1


def test_hostile_markdown_runs_nowhere(territory, agent, client):
    published(territory, text=CANARY, title="<b>canari</b>")
    where = f"{DESK}/{Publication.objects.get().record.code}"
    for page in (text(client, "/pages/nos-locaux"), text(agent, where), text(agent, f"{where}/versions/1")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page
        assert "<b>canari</b>" not in page
        assert "canari" in page


def test_a_preview_writes_nothing(agent):
    page = send(agent, f"{DESK}/nouvelle", WRITTEN | {"preview": "1"}, 200).content.decode()
    assert "<h2>Venir</h2>" in page
    assert "Ouverts **à tous**." in page  # what was typed is still in the form
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    "slug", ["engagements", "participer", "bureau", "concertations", "fil", "actualites"]
)
def test_an_address_of_the_product_is_not_a_page_s(agent, slug):
    page = send(agent, f"{DESK}/nouvelle", WRITTEN | {"slug": slug}, 400).content.decode()
    assert "déjà l’adresse d’une page de la plateforme" in page
    assert "Ouverts **à tous**." in page
    assert not Publication.objects.exists()


def test_two_agents_on_the_same_page_lose_nothing(territory, agent):
    page = published(territory)
    where = f"{DESK}/{page.record.code}/modifier"
    body = {"title": "Nos locaux", "slug": "nos-locaux", "seen": "1"}
    send(agent, where, body | {"text": "Le texte d’Ada."})
    met = send(agent, where, body | {"text": "Le texte de Max."}, 409).content.decode()
    assert met.count("Le texte d’Ada.") >= 2  # whole, and in what differs
    assert "Le texte de Max." in met
    assert 'name="seen" value="2"' in met
    send(agent, where, body | {"text": "Les deux.", "seen": "2"})
    assert str(Publication.objects.get().record.wording.text) == "Les deux."


def test_an_earlier_text_comes_back_as_a_new_version(territory, agent):
    page = published(territory)
    where = f"{DESK}/{page.record.code}"
    send(
        agent,
        f"{where}/modifier",
        {"title": "Nos locaux", "slug": "nos-locaux", "seen": "1", "text": "Fermés."},
    )
    seen = text(agent, f"{where}/versions/2")
    assert ("Ôté" in seen, "Ajouté" in seen, "Fermés." in seen) == (True, True, True)
    send(agent, f"{where}/versions/1", {})
    record = Publication.objects.get().record
    assert (record.wording.version, str(record.wording.text)) == (3, "Ouverts.")


def test_an_old_address_is_answered_by_the_new_one_for_good(territory, agent, client):
    page = published(territory)
    where = f"{DESK}/{page.record.code}/modifier"
    send(agent, where, {"title": "Nos locaux", "slug": "venir", "seen": "1", "text": "Ouverts."})
    answer = client.get("/pages/nos-locaux")
    assert (answer.status_code, answer["Location"]) == (301, "/pages/venir")
    assert client.get("/en/pages/nos-locaux")["Location"] == "/en/pages/venir"
    by_code = client.get(f"/pages/{page.record.code}")
    assert (by_code.status_code, by_code["Location"]) == (301, "/pages/venir")


@pytest.mark.parametrize("count", [1, 3])
def test_news_are_listed_under_a_fixed_number_of_questions(
    territory, client, count, django_assert_max_num_queries
):
    for n in range(count):
        published(territory, Kind.NEWS, title=f"Actualité {n}")
    client.get("/")
    with django_assert_max_num_queries(6):
        page = text(client, "/actualites")
    assert page.count("<h3>") == count


def test_news_have_feeds_and_what_is_for_later_is_in_none(territory, client, monkeypatch):
    piece = published(territory, Kind.NEWS, title="La ligne de nuit")
    at = territory.clock.moment + timedelta(hours=2)
    published(territory, Kind.NEWS, title="Pour plus tard", appears_at=at)
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    told = json.loads(client.get("/actualites.json").content)
    assert [each["title"] for each in told["items"]] == ["La ligne de nuit"]
    assert b"La ligne de nuit" in client.get("/actualites.atom").content
    assert client.get(f"/actualites/{piece.record.code}").status_code == 200
    later = Publication.objects.get(record__wording__title="Pour plus tard").record.code
    assert client.get(f"/actualites/{later}").status_code == 404
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", FixedClock(at))
    assert client.get(f"/actualites/{later}").status_code == 200


def test_an_empty_list_says_who_acts_next(client, territory):
    assert "Elle publie la première depuis son bureau." in text(client, "/actualites")


def test_a_file_is_shown_with_its_description(territory, agent, client):
    page = published(territory)
    where = f"{DESK}/{page.record.code}/fichier"
    bare = SimpleUploadedFile("a.png", picture())
    send(agent, where, {"file": bare, "file_alt": ""}, 400)
    send(agent, where, {"file": SimpleUploadedFile("a.png", picture()), "file_alt": "L’entrée du bâtiment"})
    assert 'alt="L’entrée du bâtiment"' in text(client, "/pages/nos-locaux")


def test_who_adds_a_document_is_told_what_a_screen_reader_will_not_find_there(territory, agent):
    where = f"{DESK}/{published(territory).record.code}"
    scan = SimpleUploadedFile("plan.pdf", picture(kind="PDF"))
    send(agent, f"{where}/fichier", {"file": scan, "file_alt": "Le plan"})
    assert "c’est une image, sans texte à lire" in text(agent, where)


def test_the_beginning_of_a_text_is_its_first_paragraph_and_not_its_heading(territory, client):
    published(territory, kind=Kind.NEWS, text="## Venir\n\nOuverts **à tous**.\n\nLe mardi.")
    row = text(client, "/actualites")
    assert "Ouverts à tous." in row
    assert "Venir" not in row


def test_a_page_is_withdrawn_in_public_and_stays_under_that_line(territory, agent, client):
    page = published(territory)
    send(agent, f"/bureau/retirer/{page.record.code}", {"reason": "Elle est périmée."})
    assert Withdrawal.objects.count() == 1
    shown = text(client, "/pages/nos-locaux")
    assert ("Elle est périmée." in shown, "Ouverts." in shown) == (True, True)


def test_sent_twice_it_is_written_once(agent):
    body = WRITTEN | {"key": "a" * 32}
    first = send(agent, f"{DESK}/nouvelle", body)
    assert send(agent, f"{DESK}/nouvelle", body)["Location"] == first["Location"]
    assert Publication.objects.count() == 1
