"""The pages of who takes the notes, and of who was there and wants a correction."""

import re

import pytest
from django.core import signing
from django.core.cache import caches

from democratic.participation.meetings.minutes.actions import ask_amendment, start_minutes
from democratic.participation.meetings.minutes.models import Amendment, Minutes, Recording
from democratic.participation.meetings.models import MeetingTeamMember, TeamRole
from democratic.web.guests import COOKIE
from told_meetings import BEGAN, NEXT_MORNING, came, days_after, propose, read_plain, told_meeting


def hidden(page, passage):
    """What the form of one passage sends beside its text."""
    form = re.search(rf'<form class="write-block" id="passage-{passage}".*?</form>', page, re.DOTALL)[0]
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form)
    chosen = re.findall(r'<select name="(\w+)".*?<option value="([^"]*)" selected', form, re.DOTALL)
    return dict(fields + chosen)


def test_from_a_held_meeting_to_proposed_minutes_by_forms_alone(writer, told, here, client):
    path = f"{here}/compte-rendu/ecrire"
    assert "Le brouillon part de la rencontre elle-même" in read_plain(writer.get(path))
    page = read_plain(writer.post(path, {"do": "start"}, follow=True))
    assert "Passage 6" in page
    sent = {**hidden(page, 1), "text": "Accueil par la maire.", "do": "save"}
    page = read_plain(writer.post(path, sent, follow=True))
    assert "Accueil par la maire." in page
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    writer.post(path, {"do": "catch_up", "seen": seen, "catch_up": "On prolonge."})
    done = writer.post(path, {"do": "tell"}, follow=True)
    assert "On prolonge." in read_plain(done)
    writer.post(path, {"do": "add", "after": "1", "text": "Trop cher.", "kind": "argument", "seat": "remote"})
    writer.post(path, {"do": "propose", "days": "3"})
    minutes = Minutes.objects.get()
    assert minutes.state == Minutes.State.PROPOSED
    caches["fragments"].clear()
    assert "Trop cher." in read_plain(client.get(f"{here}/compte-rendu"))


def test_who_comes_second_keeps_her_words_and_reads_the_other_ones(writer, draft, here):
    path = f"{here}/compte-rendu/ecrire"
    opened = hidden(read_plain(writer.get(path)), 1)
    writer.post(path, {**opened, "key": "a" * 32, "text": "Celui de Nathalie.", "do": "save"})
    refused = writer.post(path, {**opened, "key": "b" * 32, "text": "Celui de Karim.", "do": "save"})
    assert refused.status_code == 409
    page = read_plain(refused)
    assert "Celui de Karim." in page
    assert "Celui de Nathalie." in page
    assert "Quelqu’un vient d’écrire ce passage autrement." in page
    again = {**hidden(page, 1), "text": "Celui des deux.", "do": "save"}
    assert "Celui des deux." in read_plain(writer.post(path, again, follow=True))


def test_a_passage_removed_meanwhile_gives_its_words_back_as_a_new_one(writer, draft, here):
    path = f"{here}/compte-rendu/ecrire"
    opened = hidden(read_plain(writer.get(path)), 1)
    writer.post(path, {**opened, "key": "a" * 32, "do": "remove"})
    refused = writer.post(path, {**opened, "key": "b" * 32, "text": "Mes mots.", "do": "save"})
    assert refused.status_code == 409
    assert "Votre texte est gardé ici" in read_plain(refused)
    assert "Mes mots." in read_plain(refused)


def test_nothing_that_is_typed_is_an_error(writer, draft, here):
    path = f"{here}/compte-rendu/ecrire"
    for sent in (
        {}, {"do": "?"}, {"do": "save"}, {"do": "save", "block": "x"}, {"do": "up", "block": "\x00"},
        {"do": "add", "after": "²", "text": "a", "kind": "?"}, {"do": "propose", "days": "9" * 40},
        {"do": "approve"}, {"do": "remove", "block": "00000000-0000-0000-0000-000000000000"},
        {"do": "add", "text": "a", "kind": "said", "item": "00000000-0000-0000-0000-000000000000"},
    ):  # fmt: skip
        assert 400 <= writer.post(path, sent).status_code < 500, sent


@pytest.mark.parametrize(
    "page", ["compte-rendu/ecrire", "compte-rendu/corrections", "enregistrements", "transcription/deposer"]
)
def test_only_who_writes_enters(client, writer, browser, territory, told, here, page):
    assert client.get(f"{here}/{page}").status_code == 302
    assert writer.get(f"{here}/{page}").status_code == 200
    citizen = browser()
    citizen.force_login(territory.citizen)
    assert citizen.get(f"{here}/{page}").status_code == 404
    assert writer.get(f"/rencontres/ZZZ-ZZZ/{page}").status_code == 404
    MeetingTeamMember.objects.create(
        meeting=told.meeting, person=territory.citizen.person, role=TeamRole.WRITES
    )
    assert citizen.get(f"{here}/{page}").status_code == 200


def known_as(browser, person):
    """The browser with which a guest came to the meeting."""
    client = browser()
    client.cookies[COOKIE] = signing.dumps(str(person.pk), salt="democratic.guest")
    return client


def test_a_guest_who_was_there_asks_for_a_correction_and_reads_its_answer(
    browser, writer, told, proposed, here
):
    guest, path = known_as(browser, told.there), f"{here}/compte-rendu/contester"
    assert "Demander cette correction" in read_plain(guest.get(f"{path}?passage=2"))
    done = guest.post(path, {"block": "2", "text": "J’ai dit 23 h."}, follow=True)
    assert "Vos demandes" in read_plain(done)
    amendment = Amendment.objects.get()
    asked = read_plain(writer.get(f"{here}/compte-rendu/corrections"))
    assert "J’ai dit 23 h." in asked
    writer.post(
        f"{here}/compte-rendu/corrections",
        {"amendment": amendment.pk, "do": "take", "reason": "Exact : 23 h."},
    )
    assert "Exact : 23 h." in read_plain(guest.get(path))
    assert Minutes.objects.filter(version=2, state=Minutes.State.DRAFT).exists()


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_someone_who_was_not_there_is_told_so_and_nothing_is_kept(
    client, territory, told, proposed, here, is_signed_in
):
    if is_signed_in:
        client.force_login(territory.citizen)
    path = f"{here}/compte-rendu/contester"
    assert "Seules les personnes qui ont pris part" in read_plain(client.get(path))
    refused = client.post(path, {"block": "", "text": "Non."})
    assert refused.status_code == 403
    assert COOKIE not in refused.cookies
    assert not Amendment.objects.exists()


def test_a_recording_gets_its_chapters_from_the_real_times_of_the_agenda(writer, told, here):
    path = f"{here}/enregistrements"
    sent = {"do": "add", "url": "https://videos.example.org/w/abc", "label": "La captation"}
    page = read_plain(writer.post(path, {**sent, "starts_at": "2026-02-27T17:55:00"}, follow=True))
    assert "5:00 Point 1\n15:00 Point 2" in page
    recording = Recording.objects.get()
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    change = {"do": "chapters", "recording": recording.pk, "seen": seen, "chapters": "0:00 Accueil\n5:00 Bus"}
    writer.post(path, change)
    recording.refresh_from_db()
    assert [each["title"] for each in recording.chapters] == ["Accueil", "Bus"]
    assert writer.post(path, change).status_code == 409
    for url in ("http://videos.example.org/x", "javascript:alert(1)", "https://a:b@videos.example.org/x"):
        assert writer.post(path, {"do": "add", "url": url}).status_code == 400
    assert writer.post(path, {"do": "withdraw", "recording": recording.pk, "reason": ""}).status_code == 400
    writer.post(path, {"do": "withdraw", "recording": recording.pk, "reason": "Une personne le demande."})
    assert not Recording.objects.exists()


@pytest.mark.parametrize("each", [1, 3])
def test_the_writing_page_asks_a_fixed_number_of_questions(
    territory, writer, at, each, django_assert_max_num_queries
):
    told = told_meeting(territory, each=each)
    start_minutes(meeting=told.meeting, clock=NEXT_MORNING)
    path = f"/rencontres/{told.meeting.record.code}/compte-rendu/ecrire"
    writer.get(path)
    with django_assert_max_num_queries(24):
        writer.get(path)


@pytest.mark.parametrize("each", [1, 3])
def test_the_page_of_corrections_asks_a_fixed_number_of_questions(
    territory, writer, told, proposed, here, each, django_assert_max_num_queries
):
    for n in range(each):
        ask_amendment(
            minutes=proposed, block_rank=1, person=came(told.meeting), text=f"N° {n}", clock=NEXT_MORNING
        )
    writer.get(f"{here}/compte-rendu/corrections")
    with django_assert_max_num_queries(16):
        writer.get(f"{here}/compte-rendu/corrections")


def test_the_desk_says_what_a_meeting_asks_for_next(writer, told, here, at):
    def todo():
        caches["fragments"].clear()
        return read_plain(writer.get("/bureau"))

    assert "Dire l’essentiel : Bouger le soir" in todo()
    assert "avant le 28 février à 19 h 30" in todo()
    minutes = start_minutes(meeting=told.meeting, clock=NEXT_MORNING)
    proposed = propose(minutes)
    assert (
        "Bouger le soir" not in todo().split("Ce qui est dû")[0] or "Proposer le compte rendu" not in todo()
    )
    amendment = ask_amendment(
        minutes=proposed, block_rank=1, person=told.there, text="Non.", clock=NEXT_MORNING
    )
    assert "Répondre aux corrections demandées : Bouger le soir" in todo()
    writer.post(
        f"{here}/compte-rendu/corrections",
        {"amendment": amendment.pk, "do": "refuse", "reason": "La captation dit 22 h."},
    )
    at(days_after(4))
    assert "Approuver le compte rendu : Bouger le soir" in todo()
    writer.post(f"{here}/compte-rendu/ecrire", {"do": "approve"})
    assert "Approuver le compte rendu" not in todo()
    assert days_after(4).now() > BEGAN
