"""From a draft to an announcement, at the desk: each page, each act, and nobody else's hand."""

import pytest

from democratic.participation.meetings.agenda.models import AgendaItem
from democratic.participation.meetings.models import Briefing, Meeting, MeetingTeamMember
from meeting_people import announced, drafted, open_to, registered

DATED = {"day": "2026-03-19", "starts": "18:00", "ends": "20:00"}
FIRST = {
    "title": "Quel bus ?",
    "text": "",
    "place": "Vaubrun",
    "access": "",
    "seats": ["room", "remote"],
    **DATED,
}


@pytest.fixture(autouse=True)
def _signed_in(client, territory, at):
    client.force_login(territory.agent)


def path_of(meeting, page=""):
    return f"/bureau/rencontres/{meeting.record.code}{page}"


def test_prepared_in_a_process_or_alone_then_announced(territory, read, send):
    send("/bureau/concertations/bouger/rencontres/nouvelle", **FIRST)
    send("/bureau/rencontres/nouvelle", process="", body="", **FIRST)
    in_process, alone = Meeting.objects.order_by("pk")
    assert (in_process.process, alone.process) == (territory.process, None)
    page = read(path_of(alone))
    assert "Annoncer la rencontre" in page
    assert "Brouillon" in read("/bureau/rencontres")
    send(path_of(alone, "/annoncer"))
    alone.refresh_from_db()
    assert alone.join_code in read(path_of(alone))
    assert "Annoncée" in read("/bureau/rencontres")


def test_its_agenda_its_briefing_its_team_and_its_means_are_written_there(territory, read, send):
    meeting = drafted(territory)
    for title in ("Dire", "Décider"):
        send(path_of(meeting, "/ordre-du-jour"), title=title, minutes="20")
    second = AgendaItem.objects.get(title="Décider")
    send(path_of(meeting, f"/ordre-du-jour/{second.pk}/monter"))
    send(path_of(meeting, f"/ordre-du-jour/{second.pk}"), title="Décider ensemble", minutes="30")
    send(path_of(meeting, "/cinq-minutes"), stakes="Le bus.", said="", to_decide="", who_decides="")
    send(
        path_of(meeting, "/equipe"), person=str(territory.elected.person.pk), role="answers", function="élue"
    )
    send(
        path_of(meeting, "/moyens"), video="jitsi", video_url="https://visio.example.org/x", form="cyberdebate",
        floor_rule="seats", takes_registrations="on", room_capacity="40", later_hours="48", questions_on="2026-03-10",
    )  # fmt: skip
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert (meeting.video, meeting.room_capacity, meeting.later_hours, meeting.form) == (
        "jitsi",
        40,
        48,
        "cyberdebate",
    )
    assert Briefing.objects.get(meeting=meeting).stakes == "Le bus."
    page = read(path_of(meeting))
    assert page.index("Décider ensemble") < page.index("Dire")
    assert "visio.example.org" in page
    member = MeetingTeamMember.objects.get()
    send(path_of(meeting, f"/equipe/{member.pk}/quitter"))
    send(path_of(meeting, f"/ordre-du-jour/{second.pk}/retirer"))
    assert not MeetingTeamMember.objects.exists()
    assert AgendaItem.objects.get().rank == 1
    assert read(path_of(meeting, "/moyens")).count("visio.example.org") == 1


def test_put_off_changed_and_called_off_with_a_public_reason(territory, read, send):
    meeting = announced(territory)
    send(path_of(meeting, "/reporter"), 400, **DATED, reason="")
    send(path_of(meeting, "/reporter"), day="2026-03-26", starts="19:00", ends="21:00", reason="Neige.")
    moved = {**FIRST, "day": "2026-03-26", "starts": "19:00", "ends": "21:00"}
    send(path_of(meeting, "/modifier"), 400, **moved, reason="")
    send(path_of(meeting, "/modifier"), **moved, reason="Une salle plus grande.")
    send(path_of(meeting, "/annuler"), reason="Grève.")
    page = read(path_of(meeting))
    for reason in ("Neige.", "Une salle plus grande.", "Grève."):
        assert reason in page
    assert "Annuler la rencontre" not in page


def test_who_welcomes_reads_names_and_needs_page_by_page(territory, read):
    meeting = open_to(territory)
    registered(territory, meeting, name="Inès", needs="Un fauteuil")
    page = read(path_of(meeting, "/inscriptions"))
    assert "Inès" in page
    assert "Un fauteuil" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(territory, client, count, django_assert_num_queries):
    for _each in range(count):
        announced(territory)
    client.get("/bureau/rencontres")
    with django_assert_num_queries(QUERIES):
        client.get("/bureau/rencontres")


QUERIES = 6


@pytest.mark.parametrize("who", ["elected", "citizen"])
def test_nobody_else_prepares_a_meeting(territory, client, read, who):
    meeting = drafted(territory)
    client.force_login(getattr(territory, who))
    for page in ("", "/modifier", "/moyens", "/inscriptions", "/equipe", "/cinq-minutes", "/ordre-du-jour"):
        read(path_of(meeting, page), 403)
    read("/bureau/rencontres", 403)
