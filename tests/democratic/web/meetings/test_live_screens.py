"""The four screens as plain pages: who sees which, what each act does, and what a second facilitator reads."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from democratic.kernel.clock import FixedClock
from democratic.participation.meetings.agenda.actions import add_item
from democratic.participation.meetings.arrivals.joining import seal_of
from democratic.participation.meetings.arrivals.models import Attendance
from democratic.participation.meetings.floor.actions import call_next
from democratic.participation.meetings.floor.actions.calling import Seen
from democratic.participation.meetings.floor.models import SpeakingTurn
from democratic.participation.meetings.live.models import LiveEvent, Topic
from democratic.participation.meetings.live.telling import tell, touched_parts
from democratic.participation.meetings.models import TeamRole
from democratic.thread.models import Entry
from democratic.web.meetings.direct.my_turn import turn_of
from democratic.web.meetings.in_each_language import draw_in_each_language
from in_a_meeting import after, announced, asked, came, fresh, in_team, live

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _it_is_that_day(territory, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)


@pytest.fixture
def client():
    """Forms of ours are sent from our own pages, and the browser says so."""
    return Client(headers={"sec-fetch-site": "same-origin"})


@pytest.fixture
def meeting(territory):
    return live(territory)


def path(meeting, page="direct"):
    return f"/rencontres/{meeting.record.code}/{page}"


def text(response):
    return response.content.decode()


@pytest.fixture
def lead(client, territory, meeting):
    client.force_login(territory.agent)
    return lambda act, **fields: client.post(path(meeting, f"direct/animer/{act}"), fields)


def test_one_comes_in_by_two_taps_without_an_account(client, meeting):
    typed = f"{meeting.join_code[:3]} {meeting.join_code[3:]}"
    door = client.get("/entrer", {"code": typed}, follow=True)
    assert "D’où suivez-vous" in text(door)
    entered = client.post(f"/entrer/{meeting.join_code}", {"seat": "room"}, follow=True)
    assert entered.redirect_chain == [(path(meeting), 302)]
    assert "Demander la parole" in text(entered)
    assert Attendance.objects.get().name == ""
    # She is in: the same code leads her straight to what happens.
    assert client.get(f"/entrer/{meeting.join_code}").url == path(meeting)


def test_a_code_that_opens_nothing_says_so(client, meeting):
    unknown = client.get("/entrer/000000" if meeting.join_code != "000000" else "/entrer/000001")
    assert unknown.status_code == 404
    assert "Ce code n’ouvre rien" in text(unknown)
    assert client.get("/entrer/abc").status_code == 404
    assert client.get("/entrer", {"code": "12"}).status_code == 404


def test_guesses_are_counted_by_network_and_a_scanned_code_is_no_guess(client, meeting, settings):
    settings.LIMITS_FACTOR = 0
    typed = f"/entrer/{meeting.join_code}"
    assert client.get(typed).status_code == 429
    assert client.get(typed, {"vu": seal_of(meeting.join_code)}).status_code == 200
    assert client.get(typed, {"vu": "ffffffff"}).status_code == 429
    # Sending the form without having been shown it is a guess too.
    assert client.post(typed, {"seat": "room"}).status_code == 429
    settings.LIMITS_FACTOR = 1
    assert client.post(typed, {"seat": "room", "vu": seal_of(meeting.join_code)}).status_code == 302


def test_before_the_doors_open_one_reads_when_they_do(client, territory):
    later = announced(territory, starts_at=datetime(2026, 3, 5, 18, tzinfo=UTC))
    page = client.get(f"/entrer/{later.join_code}")
    assert "On entre à partir de" in text(page)
    assert client.post(f"/entrer/{later.join_code}", {"seat": "room"}).status_code == 409


def test_a_hand_goes_up_is_explained_and_goes_down(client, territory, meeting):
    asked(meeting, territory, -60, "room", name="Inès")
    client.post(f"/entrer/{meeting.join_code}", {"seat": "remote", "name": "Lina"})
    page = client.post(path(meeting, "direct/parole"), {"geste": "lever"}, follow=True)
    assert "Vous êtes à la place 2." in text(page)
    assert "n° 1 à distance" in text(page).replace("\u00a0", " ").lower()
    page = client.post(path(meeting, "direct/parole"), {"geste": "baisser"}, follow=True)
    assert "Demander la parole" in text(page)


def test_who_did_not_come_in_is_told_to(client, meeting):
    page = client.get(path(meeting))
    assert "Entrer dans la rencontre" in text(page)
    assert client.post(path(meeting, "direct/parole"), {"geste": "lever"}).status_code == 403


def test_nobody_unknown_sees_a_name_that_was_not_given_to_be_called(client, territory, meeting):
    came(meeting, territory, name="Karim Secret")
    for page in ("direct", "direct/ecran"):
        assert "Karim Secret" not in text(client.get(path(meeting, page)))


@pytest.mark.parametrize(
    ("page", "agent", "team", "citizen", "stranger"),
    [
        ("direct/animer", 200, 404, 404, 302),
        ("direct/repondre", 200, 200, 404, 302),
        ("direct", 200, 200, 200, 200),
        ("direct/ecran", 200, 200, 200, 200),
    ],
)
def test_each_screen_is_there_for_those_whose_it_is(
    client, territory, meeting, page, agent, team, citizen, stranger
):
    in_team(meeting, territory.elected.person, TeamRole.ANSWERS, "Vice-présidente")
    assert client.get(path(meeting, page)).status_code == stranger
    for account, status in (
        (territory.agent, agent),
        (territory.elected, team),
        (territory.citizen, citizen),
    ):
        client.force_login(account)
        assert client.get(path(meeting, page)).status_code == status


def test_someone_of_the_team_who_writes_types_captions_and_calls_nobody(client, territory, meeting):
    in_team(meeting, territory.citizen.person, TeamRole.WRITES)
    client.force_login(territory.citizen)
    said = client.post(path(meeting, "direct/animer/sous-titre"), {"text": "Donc oui, par Saint-Maurin."})
    assert said.status_code == 302
    assert client.post(path(meeting, "direct/animer/fermer")).status_code == 404
    assert "Donc oui, par Saint-Maurin." in text(client.get(path(meeting)))


def test_a_second_facilitator_reads_who_speaks_and_nothing_is_doubled(lead, territory, meeting):
    turn = asked(meeting, territory, -60, name="Inès")
    assert lead("appeler", turn=turn.pk, seen="").status_code == 302
    second = lead("appeler", turn=turn.pk, seen="")
    assert second.status_code == 409
    assert escape("Inès parle maintenant") in text(second)
    assert SpeakingTurn.objects.filter(state="speaking").count() == 1


def test_the_meeting_is_run_from_one_screen(client, lead, territory, meeting):
    lead("point-ajouter", title="Les tracés", minutes="20")
    lead("point-ajouter", title="Le choix", minutes="15")
    first, second = meeting.items.all()
    lead("point-plus-tard", item=first.pk)
    assert [item.title for item in meeting.items.all()] == ["Le choix", "Les tracés"]
    lead("point-commencer", item=second.pk)
    lead("point-commencer", item=first.pk)
    assert sorted(meeting.items.values_list("state", flat=True)) == ["done", "now"]
    lead("lever", name="La dame au deuxième rang")
    turn = SpeakingTurn.objects.get()
    lead("appeler", turn=turn.pk, seen="")
    page = text(client.get(path(meeting, "direct/ecran")))
    assert "La dame au deuxième rang" in page
    lead("finir", turn=turn.pk)
    lead("regle", rule="asked")
    lead("fermer")
    assert fresh(meeting).record.state == "closed"
    kinds = set(Entry.objects.filter(record=meeting.record).values_list("kind", flat=True))
    assert {"meeting_opened", "floor_rule_changed", "meeting_closed"} <= kinds


def test_who_is_called_early_needs_a_reason_that_all_read(client, lead, territory, meeting):
    asked(meeting, territory, -60, name="Inès")
    karim = asked(meeting, territory, -50, name="Karim")
    assert lead("avant-son-tour", turn=karim.pk, seen="", reason="").status_code == 400
    assert lead("avant-son-tour", turn=karim.pk, seen="", reason="Son car part").status_code == 302
    page = text(client.get(path(meeting)))
    assert "Son car part" in page
    assert "Karim a été" not in page


def test_a_meeting_that_is_announced_opens_from_its_facilitators_screen(client, territory):
    meeting = announced(territory)
    client.force_login(territory.agent)
    assert "Ouvrir la rencontre" in text(client.get(path(meeting, "direct/animer")))
    client.post(path(meeting, "direct/animer/ouvrir"))
    assert fresh(meeting).record.state == "live"


def test_pages_say_when_they_were_made_and_refresh_only_for_who_asks(client, meeting):
    page = client.get(path(meeting))
    assert "Actualisée à 11" in text(page).replace("\u00a0", " ")
    assert "Refresh" not in page.headers
    assert client.get(path(meeting), {"suivre": "1"}).headers["Refresh"] == "10"
    assert 'http-equiv="refresh"' not in text(client.get(path(meeting, "direct/ecran")))
    assert 'http-equiv="refresh"' in text(client.get(path(meeting, "direct/ecran"), {"suivre": "1"}))


def test_the_room_reads_the_code_and_a_qr_that_is_no_guess(client, meeting):
    page = text(client.get(path(meeting, "direct/ecran")))
    assert f"{meeting.join_code[:3]}\u00a0{meeting.join_code[3:]}" in page
    assert "Code QR" in page


@pytest.mark.parametrize("page", ["direct", "direct/ecran", "direct/animer"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_screen_asks_the_database_a_fixed_number_of_questions(
    client, territory, meeting, page, count, django_assert_max_num_queries
):
    client.force_login(territory.agent)
    client.get(path(meeting, page))
    for at in range(count):
        add_item(meeting_id=meeting.pk, title=f"Point {at}", minutes=5)
        asked(meeting, territory, at - 60, "room", name=f"Inès {at}")
    asked_of_database = {"direct": 24, "direct/ecran": 20, "direct/animer": 30}
    with django_assert_max_num_queries(asked_of_database[page]):
        client.get(path(meeting, page))


def test_a_screen_shows_what_all_were_told_and_draws_again_what_moved_since(client, territory, meeting):
    asked(meeting, territory, -60, "room", name="Inès Premier")
    while touched_parts():
        tell(touched_parts(), draw_in_each_language)
    with CaptureQueriesContext(connection) as told:
        assert "Inès Premier" in text(client.get(path(meeting, "direct/ecran")))
    assert not any("participation_speakingturn" in each["sql"] for each in told)
    english = text(client.get(f"/en{path(meeting, 'direct/ecran')}"))
    assert "Inès Premier" in english
    assert "La parole" not in english
    LiveEvent.objects.filter(topic=Topic.FLOOR).update(said={"fr": "ce que tous ont lu"})
    assert "ce que tous ont lu" in text(client.get(path(meeting, "direct/ecran")))
    assert "Inès Premier" in text(
        client.get(f"/en{path(meeting, 'direct/ecran')}")
    )  # told in no such language
    asked(meeting, territory, -30, "room", name="Noor Deuxième")
    moved = text(client.get(path(meeting, "direct/ecran")))
    assert "ce que tous ont lu" not in moved
    assert "Noor Deuxième" in moved


def test_the_queue_is_placed_once_for_all_who_wait_and_again_when_it_moved(territory, meeting):
    first, second = (asked(meeting, territory, -60 + at, "room", name=f"Inès {at}") for at in range(2))
    while touched_parts():
        tell(touched_parts(), draw_in_each_language)
    assert turn_of(meeting, first.attendance_id)["place"] == 1
    with CaptureQueriesContext(connection) as told:
        assert turn_of(meeting, second.attendance_id)["place"] == 2
    assert len(told) == 1
    call_next(meeting_id=meeting.pk, turn_id=first.pk, seen=Seen(None), clock=territory.clock)
    for _before_it_is_told_and_after in range(2):
        assert turn_of(meeting, first.attendance_id) == {"state": "speaking"}
        assert turn_of(meeting, second.attendance_id)["place"] == 1
        tell(touched_parts(), draw_in_each_language)
    assert turn_of(meeting, came(meeting, territory, "remote").pk) is None


def test_words_that_mean_harm_are_only_words(client, lead, meeting):
    lead("lever", name="<script>alert(1)</script>")
    lead("point-ajouter", title="<b onclick=x>", minutes="5")
    for page in ("direct", "direct/ecran", "direct/animer"):
        assert "<script>alert" not in text(client.get(path(meeting, page)))
        assert "<b onclick" not in text(client.get(path(meeting, page)))


def test_an_unknown_button_or_a_bad_number_is_not_there(lead):
    assert lead("voler").status_code == 404
    assert lead("appeler", turn="x", seen="").status_code == 404
    assert lead("point-ajouter", title="A", minutes="-3").status_code == 400
    assert lead("regle", rule="dice").status_code == 400


def test_declared_gender_is_told_to_nobody_on_a_screen(client, territory, meeting, lead):
    lead("regle", rule="genders")
    for at, gender in enumerate(("woman", "man", "man")):
        asked(meeting, territory, at - 60, name=f"P{at}", gender=gender)
    clock = after(territory, 5)
    assert isinstance(clock, FixedClock)
    for page in ("direct", "direct/ecran", "direct/animer"):
        said = text(client.get(path(meeting, page)))
        assert not any(word in said for word in ("Une femme", "Un homme", "Femmes</dt>"))
