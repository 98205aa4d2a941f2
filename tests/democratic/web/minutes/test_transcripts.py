"""What was said word by word: given as a file, read, searched in French, and given back."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile

from civics.captions.webvtt import MOST_BYTES, read_captions
from democratic.participation.meetings.minutes.actions import give_transcript, show_recording
from democratic.participation.meetings.minutes.differences import Change, Line, differences
from democratic.participation.meetings.minutes.models import CaptionLine
from democratic.participation.meetings.minutes.moments import url_at
from told_meetings import BEGAN, NEXT_MORNING, read_plain

FILE = """WEBVTT

00:00:01.000 --> 00:00:04.000
Bonjour à toutes et à tous.

00:12:30.000 --> 00:12:34.000
Les <b>vélos</b> sont prolongés jusqu’à la gare.

pas d’heure

01:00:00.000 --> 01:00:02.000
Merci &lt;script&gt;alert(1)&lt;/script&gt;
"""


@pytest.fixture
def given(told):
    give_transcript(meeting=told.meeting, captions=read_captions(FILE), starts_at=BEGAN, clock=NEXT_MORNING)
    show_recording(
        meeting=told.meeting,
        url="https://video.example.org/captation.mp4",
        label="",
        starts_at=BEGAN - timedelta(minutes=2),
        clock=NEXT_MORNING,
    )
    caches["fragments"].clear()


def lines(page):
    return re.findall(r'<li id="l(\d+)">', page)


def test_a_file_is_given_once_and_its_bad_lines_are_named(writer, told, here):
    def give(raw):
        file = SimpleUploadedFile("seance.vtt", raw)
        sent = {"file": file, "starts_at": "2026-02-27T18:00:00"}
        return writer.post(f"{here}/transcription/deposer", sent, follow=True)

    page = read_plain(give(FILE.encode()))
    assert "3 lignes sont ajoutées." in page
    assert "Ligne 9 : pas d’heure." in page
    assert "rien n’est ajouté" in read_plain(give(FILE.encode()))
    assert CaptionLine.objects.order_by("at")[0].at == BEGAN + timedelta(seconds=1)
    assert "Aucune ligne n’a pu être lue." in read_plain(give(b"GIF89a\x00\x01"))
    assert "dépasse 6 Mo" in read_plain(give(b"x" * (MOST_BYTES + 1)))


def test_each_line_opens_its_moment_of_the_recording(client, given, here):
    page = read_plain(client.get(f"{here}/transcription"))
    assert lines(page) == ["1", "2", "3"]
    assert 'href="https://video.example.org/captation.mp4#t=870"' in page  # 12 min 30, and two minutes before
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_words_are_found_in_french_and_lead_to_what_was_said_around(client, given, here):
    page = read_plain(client.get(f"{here}/transcription?q=prolonger vélo"))
    assert lines(page) == ["2"]
    assert "<mark>vélos</mark>" in page
    assert "<mark>prolongés</mark>" in page
    assert f'href="{here}/transcription#l2"' in page
    assert "Aucune ligne ne dit cela." in read_plain(client.get(f"{here}/transcription?q=tramway"))


def test_the_file_is_given_back_from_the_beginning_of_the_recording(client, given, told, here):
    response = client.get(f"{here}/transcription/sous-titres.vtt")
    assert response["Content-Type"].startswith("text/vtt")
    cues = read_captions(response.content.decode()).cues
    assert [cue.starts for cue in cues] == [121_000, 870_000, 3_720_000]
    assert cues[2].text == "Merci <script>alert(1)</script>"


def test_without_a_line_there_is_no_file(client, told, here):
    assert client.get(f"{here}/transcription/sous-titres.vtt").status_code == 404
    assert "Rien n’est encore transcrit." in read_plain(client.get(f"{here}/transcription"))


@pytest.mark.parametrize("query", ["", "?q=ligne"])
@pytest.mark.parametrize("count", [1, 300])
def test_the_page_asks_a_fixed_number_of_questions(
    client, told, here, query, count, django_assert_max_num_queries
):
    CaptionLine.objects.bulk_create(
        CaptionLine(meeting=told.meeting, at=BEGAN + timedelta(seconds=n), text=f"Une ligne {n}")
        for n in range(count)
    )
    client.get(f"{here}/transcription{query}")
    caches["fragments"].clear()
    with django_assert_max_num_queries(9):
        page = read_plain(client.get(f"{here}/transcription{query}"))
    assert len(lines(page)) == min(count, 150)


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://www.youtube.com/watch?v=a&t=3", "https://www.youtube.com/watch?v=a&t=90"),
        ("https://peertube.example.org/w/abc", "https://peertube.example.org/w/abc?start=90"),
        ("https://example.org/a.mp4?x=1#t=2", "https://example.org/a.mp4?x=1#t=90"),
    ],
)
def test_an_address_opens_at_its_second(url, opened):
    assert url_at(url, 90) == opened


def test_lines_that_stayed_are_told_around_each_change_alone():
    before = ["a", "b", "c", "d", "e", "f"]
    assert differences(before, ["a", "b", "c", "d", "e", "F"]) == [
        Line(Change.SAME, "a"),
        Line(Change.SAME, "", 3),
        Line(Change.SAME, "e"),
        Line(Change.REMOVED, "f"),
        Line(Change.ADDED, "F"),
    ]
