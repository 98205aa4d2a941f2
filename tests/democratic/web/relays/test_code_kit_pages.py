"""The kit of a code at the desk: one page, its pieces, its archive, and the code that is retired."""

import io
import re
import zipfile

import pytest
from django.test import Client

from conversations import plain
from democratic.messaging.models import ChannelUse
from democratic.participation.conversations.editing import draft_flow, give_code, shut_flow
from democratic.participation.conversations.models import FlowCode
from democratic.participation.processes.models import Process
from democratic.web.relays.pieces import PIECES
from democratic.web.relays.words import ALOUD
from spoken_flows import flow as written_flow

HERE = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def page_of(agent, flow):
    base = f"/bureau/concertations/bouger/conversations/{flow.pk}"

    def get(path="/codes/LYC-BRO", status=200):
        response = agent.get(base + path)
        assert response.status_code == status, (path, response.status_code)
        return response

    get.base = base
    return get


def values(page):
    """What each field that one copies holds, by its id."""
    found = re.findall(r'<textarea[^>]* id="([^"]+)"[^>]*>([^<]*)</textarea>', page.content.decode())
    return {key: text.replace("&#x27;", "'").replace("&quot;", '"') for key, text in found}


def archive(response):
    content = b"".join(response.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        return content, {name: opened.read(name) for name in opened.namelist()}


def test_one_page_holds_sheets_pictures_with_their_words_and_texts(page_of):
    page = page_of()
    said = plain(page)
    for name in ("Affiche A4", "Affiche A3", "Cartes à donner", "Autocollants", "Story", "À lire au micro"):
        assert name in said
    told = values(page)
    assert "127.0.0.1:8000/r/LYC-BRO" in told["t-sms"]
    assert set(told) == {
        "alt-publication", "alt-story", "alt-apercu",
        "s-e-mail", "t-sms", "t-messagerie", "t-e-mail", "t-publication", "t-bulletin", "t-annonce",
    }  # fmt: skip
    assert "Pour sortir le soir" in told["alt-story"]


@pytest.mark.parametrize("piece", PIECES, ids=[piece.key for piece in PIECES])
def test_each_piece_is_given_and_known_again(page_of, agent, piece):
    given = page_of(f"/codes/LYC-BRO/{piece.key}.{piece.form}")
    assert given.headers["Content-Type"] == {"pdf": "application/pdf", "png": "image/png"}[piece.form]
    assert f"{piece.key}-LYC-BRO.{piece.form}" in given.headers["Content-Disposition"]
    again = agent.get(
        f"{page_of.base}/codes/LYC-BRO/{piece.key}.{piece.form}",
        headers={"if-none-match": given.headers["ETag"]},
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["affiche-a4.png", "story.pdf", "affiche-a4.svg", "inconnue.mini.png"])
def test_a_piece_that_is_none_is_not_found(page_of, path):
    page_of(f"/codes/LYC-BRO/{path}", status=404)


def test_the_whole_kit_is_one_archive_to_the_byte_the_same(page_of):
    content, files = archive(page_of("/codes/LYC-BRO/kit.zip"))
    again, _files = archive(page_of("/codes/LYC-BRO/kit.zip"))
    assert content == again
    assert list(files) == [
        *(f"LYC-BRO/{piece.key}-LYC-BRO.{piece.form}" for piece in PIECES), "LYC-BRO/textes-LYC-BRO.txt",
    ]  # fmt: skip
    texts = files["LYC-BRO/textes-LYC-BRO.txt"].decode("utf-8-sig")
    assert "À lire au micro" in texts
    assert "Pour sortir le soir" in texts


def test_all_codes_in_use_make_one_archive_and_a_retired_one_is_not_in_it(page_of, flow, agent):
    for code in ("MED-VAU", "CCI-NORD"):
        give_code(flow=flow, code=code, where="place", label=f"Lieu {code}")
    agent.post(f"{page_of.base}/codes/CCI-NORD/retirer")
    _content, files = archive(page_of("/kits.zip"))
    assert {name.partition("/")[0] for name in files} == {"LYC-BRO", "MED-VAU"}


def test_a_retired_code_opens_nothing_and_says_so(page_of, agent, client):
    assert client.get("/r/LYC-BRO").status_code == 200
    told = plain(agent.post(f"{page_of.base}/codes/LYC-BRO/retirer", follow=True))
    assert "Code retiré" in told
    assert client.get("/r/LYC-BRO").status_code == 410
    assert client.get("/r/LYC-BRO/apercu.png").status_code == 404
    assert "Ce code n’est plus utilisé" in plain(page_of(status=410))
    page_of("/codes/LYC-BRO/kit.zip", status=404)
    page_of("/codes/LYC-BRO/affiche-a4.pdf", status=404)
    page_of("/kits.zip", status=404)
    first = FlowCode.objects.get().retired_at
    agent.post(f"{page_of.base}/codes/LYC-BRO/retirer")
    assert FlowCode.objects.get().retired_at == first


def test_a_draft_announces_nothing(agent, territory, page_of):
    draft = draft_flow(
        process=territory.process, name="Brouillon", content=written_flow().model_dump(mode="json")
    )
    give_code(flow=draft, code="BRO-UIL", where="place", label="Ailleurs")
    base = f"/bureau/concertations/bouger/conversations/{draft.pk}"
    page = agent.get(f"{base}/codes/BRO-UIL")
    assert "Rien à annoncer pour l’instant" in plain(page)
    assert "/relais/" not in page.content.decode()
    for path in ("codes/BRO-UIL/affiche-a4.pdf", "codes/BRO-UIL/kit.zip", "kits.zip"):
        assert agent.get(f"{base}/{path}").status_code == 404


def test_a_flow_that_is_shut_announces_nothing_more(page_of, flow):
    shut_flow(flow=flow)
    assert "Rien à annoncer pour l’instant" in plain(page_of())
    page_of("/codes/LYC-BRO/story.png", status=404)


def test_while_its_pages_are_closed_a_flow_announces_nothing(page_of, territory):
    ChannelUse.objects.filter(authority=territory.authority).update(is_open=False)
    assert "Rien à annoncer pour l’instant" in plain(page_of())
    page_of("/kits.zip", status=404)


def test_a_code_of_another_flow_is_not_found_here(page_of, territory):
    other = draft_flow(
        process=territory.process, name="Autre", content=written_flow().model_dump(mode="json")
    )
    give_code(flow=other, code="AUT-RE", where="place", label="Ailleurs")
    page_of("/codes/AUT-RE", status=404)


def test_a_stranger_and_a_citizen_get_no_kit_at_the_desk(page_of, client, territory):
    for path in ("/codes/LYC-BRO", "/codes/LYC-BRO/kit.zip", "/kits.zip"):
        assert client.get(page_of.base + path).status_code == 302
    assert Client(headers=HERE).post(f"{page_of.base}/codes/LYC-BRO/retirer").status_code == 302
    assert FlowCode.objects.get().retired_at is None


@pytest.mark.parametrize(("uses_tu", "said"), [(True, "Réponds"), (False, "Répondez")])
def test_texts_say_tu_where_the_process_does(page_of, territory, uses_tu, said):
    Process.objects.filter(pk=territory.process.pk).update(uses_tu=uses_tu)
    told = values(page_of())
    assert said in told["t-sms"]
    assert said in told["t-messagerie"]
    assert "Prenez vos téléphones" in told["t-annonce"], "to many at once, always vous"


def test_the_figures_lead_to_each_kit_and_to_all(page_of):
    page = page_of("/chiffres").content.decode()
    assert f'href="{page_of.base}/codes/LYC-BRO"' in page
    assert f'href="{page_of.base}/kits.zip"' in page


@pytest.mark.parametrize("others", [0, 2])
def test_the_page_asks_the_same_questions_whatever_the_codes(
    page_of, flow, others, django_assert_num_queries
):
    for n in range(others):
        give_code(flow=flow, code=f"LIEU-{n}A", where="place", label=f"Lieu {n}")
    page_of()
    with django_assert_num_queries(16):
        page_of()


def test_the_announcement_takes_half_a_minute_however_long_the_question(page_of, flow):
    revision = flow.revisions.get()
    revision.content["steps"][0]["text"] = {"fr": "Que faire " + "de plus " * 60 + "?", "en": "What?"}
    revision.save()
    page = page_of()
    spoken = int(re.search(r"mots, (\d+) secondes", plain(page))[1])
    assert spoken <= ALOUD
    told = values(page)
    assert "un seul SMS" in plain(page)
    assert len(told["t-sms"]) <= 160
    assert told["t-sms"].endswith("/r/LYC-BRO")


def test_what_the_page_shows_of_its_pieces_is_light_enough_for_a_phone(page_of):
    page = page_of().content.decode()
    looks = re.findall(r'<img src="[^"]*/codes/LYC-BRO(/[^"]+\.mini\.png)"', page)
    assert len(looks) == len(PIECES)
    assert sum(len(page_of(f"/codes/LYC-BRO{look}").content) for look in looks) < 110_000
