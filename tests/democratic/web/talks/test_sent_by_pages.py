"""A photo and a voice sent by a page, a frame or a kiosk: a form without script, refused in words, nothing lost."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from conversations import plain
from democratic.kernel.models import StoredFile
from democratic.messaging.models import IncomingMessage
from democratic.participation.conversations.models import FlowFile, FlowRun
from democratic.participation.ideas.models import Idea
from hostile_files import SVG
from pictures import document, photo_with_place
from sending_files import SPEECH, VOICE, begins
from sounds import ogg_opus
from spoken_flows import AGE, EVENING, IDEA
from talking import pair

pytestmark = pytest.mark.django_db
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _in_the_listening_stage(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)


@pytest.fixture(params=(("r", "widget"), ("cadre", "widget"), ("borne", "kiosk")), ids=lambda way: way[0])
def way(request, territory, client):
    root, kind = request.param
    begins(territory, kind, address="0" * 32)
    FlowRun.objects.all().delete()
    if kind == "kiosk":
        pair(client, territory.clock)
    return f"/{root}/LYC-BRO"


def answer(client, url, **said):
    return client.post(url, {"key": uuid4().hex, **said}, **HERE)


def at_the_photo(client, way, age="age:18_25"):
    url = answer(client, way, choice="evening:car").url
    answer(client, url, choice=age)
    answer(client, url, text="Un bus après minuit")
    return url


def file(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content, "image/jpeg")


def test_a_photo_and_a_voice_are_sent_by_a_form_and_wait_for_an_agent(client, way):
    url = at_the_photo(client, way)
    page = client.get(url).content.decode()
    assert 'enctype="multipart/form-data"' in page
    assert 'accept="image/jpeg,image/png,image/webp"' in page
    assert ('capture="environment"' in page) == way.startswith("/borne")
    assert "En un mot, qu’y voit-on" in page
    assert answer(client, url, file=file(photo_with_place()), text="L’abribus").status_code == 302
    assert 'accept="audio/*"' in client.get(url).content.decode()
    assert answer(client, url, file=file(SPEECH, "voix.ogg")).status_code == 302
    photo, voice = FlowFile.objects.select_related("file").order_by("pk")
    assert (photo.state, photo.words, photo.ref) == ("kept", "L’abribus", "")
    assert (voice.state, voice.file.content_type) == ("kept", "audio/ogg")
    assert "Merci pour votre message vocal" in plain(client.get(url))
    assert FlowRun.objects.get().step == ("" if way.startswith("/borne") else "news")


def test_the_same_form_sent_twice_is_one_file(client, way):
    url = at_the_photo(client, way)
    for _each in range(2):
        answer(client, url, file=file(photo_with_place()), key="k1")
    assert FlowFile.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff" + bytes(11 * MEGABYTE), "dépasse 10 Mo"),
        (SVG, "exportez-le en PNG"),
        (document(), "et non un document"),
        (b"", "vide"),
    ],
)
def test_what_can_t_be_taken_is_said_the_question_stays_and_so_do_words_and_answers(
    client, way, content, words
):
    url = at_the_photo(client, way)
    before = IncomingMessage.objects.count()
    refused = answer(client, url, file=file(content), text="L’abribus, de nuit")
    assert refused.status_code == 400
    assert words in plain(refused)
    assert 'value="L’abribus, de nuit"' in refused.content.decode()
    assert 'role="alert"' in refused.content.decode()
    assert (IncomingMessage.objects.count(), FlowRun.objects.get().step) == (before, "pic")
    assert Idea.objects.count() == 1
    assert not FlowFile.objects.exists()


def test_a_voice_too_heavy_says_the_limit_and_that_words_do(client, way):
    url = at_the_photo(client, way)
    answer(client, url, choice="pic:none")
    refused = answer(client, url, file=file(b"OggS" + bytes(11 * MEGABYTE)))
    assert "dépasse 10 Mo : renvoyez-en un plus court, ou écrivez-le." in plain(refused)
    answer(client, url, text="Un abri à la gare")
    assert Idea.objects.count() == 2


def test_a_voice_longer_than_its_step_allows_is_refused_where_she_stands(client, territory, monkeypatch):
    steps = [EVENING, AGE, IDEA, {**VOICE, "most_minutes": 1}]
    begins(territory, "widget", steps=steps, address="0" * 32)
    url = at_the_photo(client, "/r/LYC-BRO")
    assert "Une minute au plus. 10 Mo au plus." in plain(client.get(url))
    refused = answer(client, url, file=file(ogg_opus(70), "voix.ogg"))
    assert "dure plus d’une minute : renvoyez-en un plus court" in plain(refused)
    assert answer(client, url, file=file(ogg_opus(59), "voix.ogg")).status_code == 302
    assert FlowFile.objects.get().file.seconds == 59


def test_nothing_sent_is_said_and_one_tap_goes_on_without(client, way):
    url = at_the_photo(client, way)
    assert "Choisissez une photo" in plain(answer(client, url, file=b""))
    assert re.search(r'name="choice" value="pic:none" formnovalidate', client.get(url).content.decode())
    answer(client, url, choice="pic:none")
    answer(client, url, choice="said:none")
    assert FlowRun.objects.get().step == ("" if way.startswith("/borne") else "news")


@pytest.mark.parametrize("age", ["age:under_15", "age:unsaid"])
def test_a_child_is_asked_for_none_and_one_sent_all_the_same_is_not_even_read(client, way, age):
    url = answer(client, way, choice="evening:car").url
    for step in ("before", "after"):
        answer(client, url, file=file(photo_with_place()), text=step)
        assert not StoredFile.objects.exists()
        answer(client, url, choice=age)
    assert not StoredFile.objects.exists()
    assert not FlowFile.objects.exists()
