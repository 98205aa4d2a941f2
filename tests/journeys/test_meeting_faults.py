"""What goes wrong in a meeting, in real browsers: a phone asleep for an hour, a wall up for eight, two who call at once,
no video. ``prove`` keeps the wall up for as many events as eight hours have.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.db.models import Max
from playwright.sync_api import Page, expect
from six_seats import let_in

from an_evening import OPTIONS, again, named, soon
from closing_door import Door
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.floor.actions import ask_for_floor
from democratic.participation.meetings.floor.models import SpeakingTurn
from democratic.participation.meetings.live.models import LiveEvent, LiveTouch, Topic
from democratic.participation.meetings.live.queries import last_number
from democratic.participation.meetings.live.telling import tell, touched_parts
from democratic.participation.meetings.live.touching import touch
from democratic.participation.meetings.minutes.captioning import add_caption
from democratic.participation.meetings.models import TeamRole, Video
from democratic.participation.meetings.running import open_meeting
from democratic.participation.meetings.soundings.asking import draft_sounding, open_sounding
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.models import SoundingKind
from democratic.participation.meetings.soundings.questions import Question
from democratic.participation.meetings.wall.actions import put_question
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.web.meetings.in_each_language import draw_in_each_language
from factories import staff_account
from in_a_meeting import came

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AN_HOUR = 3600
EVENTS_TO_WARM = 40
# What one caption longer than another, or a cache of the browser, may weigh.
MORE_NODES, MORE_BYTES = 60, 1_500_000


@pytest.fixture
def address(service):
    return service.url


@pytest.fixture
def meeting(live_territory):
    return opened(live_territory)


def opened(territory, **means):
    meeting = soon(territory, **means)
    open_meeting(meeting_id=meeting.pk, clock=DATABASE_CLOCK)
    return again(meeting)


def hand_up(meeting, territory, name=""):
    clocked = came(meeting, territory, Seat.ROOM, name=name)
    return ask_for_floor(meeting_id=meeting.pk, person=clocked.person, clock=DATABASE_CLOCK)


def come_in(phone: Page, meeting) -> None:
    phone.goto(f"/entrer/{meeting.join_code}")
    phone.get_by_role("button", name="Je suis dans la salle").click()
    expect(phone.locator("#moi")).to_contain_text("en salle")


def caught_up(tab: Page, meeting) -> None:
    """All that was touched is told, and read. What the team alone is told has a number too, and no words for others."""
    while LiveTouch.objects.exists():
        tab.wait_for_timeout(100)
    told = LiveEvent.objects.filter(meeting=meeting).exclude(topic=Topic.TEAM)
    of_all = told.aggregate(last=Max("number"))["last"] or 0
    as_far = "|".join(map(str, range(of_all, last_number(meeting.pk) + 1)))
    expect(tab.locator("[data-meeting]")).to_have_attribute("data-last", re.compile(f"^({as_far})$"))


def parts(tab: Page) -> dict[str, str]:
    """What each part that is told says, as one reads it."""
    said = tab.evaluate(
        "Object.fromEntries([...document.querySelectorAll('[data-topic]')].map(p => [p.dataset.topic, p.innerText]))"
    )
    return {topic: " ".join(text.split()) for topic, text in said.items()}


def test_a_phone_that_slept_for_an_hour_catches_up_by_itself_and_reads_each_thing_once(
    live_territory, telling, meeting, open_tab
):
    phone = open_tab(width=360)
    asked = []
    phone.on("request", lambda request: asked.append(request.url) if "/flux" in request.url else None)
    phone.clock.install()
    come_in(phone, meeting)
    expect(phone.locator("[data-meeting]")).to_have_attribute("data-line", "live")
    caught_up(phone, meeting)
    asleep(phone)
    much_happens(live_territory, meeting)
    told_to_the_team_last(phone, meeting)
    awake(phone)
    caught_up(phone, meeting)
    fresh = open_tab(width=360)
    fresh.goto(f"/rencontres/{meeting.record.code}/direct")
    assert parts(phone) == parts(fresh)
    assert parts(phone)["floor"].count("Inès") == 1
    assert parts(phone)["wall"].count("Et la gare ?") == 1
    expect(phone.locator("[data-mine=votes] .vote-form")).to_have_count(0)  # opened and closed while it slept

    before = len(asked)
    asleep(phone, is_cut=False)
    awake(phone)
    expect(phone.locator("[data-meeting]")).to_have_attribute("data-line", "live")
    assert len(asked) == before + 1  # its line may be dead without a word: it takes a new one


def asleep(phone: Page, *, is_cut: bool = True) -> None:
    """Locked in a pocket: no network, no timer; and an hour goes by."""
    phone.context.set_offline(is_cut)
    phone.evaluate("""Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'))""")
    now = phone.evaluate("Date.now() / 1000")
    phone.clock.pause_at(now + 1)
    phone.clock.set_system_time(now + AN_HOUR)


def awake(phone: Page) -> None:
    phone.context.set_offline(False)
    phone.clock.resume()
    phone.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")


def much_happens(territory, meeting) -> None:
    for name in ("Inès", "Karim", "Lina"):
        hand_up(meeting, territory, name)
    words = Words(title="Et la gare ?", language="fr")
    put_question(meeting=meeting, words=words, author=welcome_guest(), clock=DATABASE_CLOCK)
    question = Question(kind=SoundingKind.SINGLE, words=Words(title="Lequel ?"), options=OPTIONS)
    drafted = draft_sounding(meeting=meeting, question=question, author=None, clock=DATABASE_CLOCK)
    vote = open_sounding(sounding=drafted, clock=DATABASE_CLOCK)
    close_sounding(sounding=vote, clock=DATABASE_CLOCK)
    for n in range(5):
        add_caption(meeting_id=meeting.pk, text=f"Phrase {n}.", clock=DATABASE_CLOCK)


def told_to_the_team_last(phone: Page, meeting) -> None:
    """Whichever part is told last: for others, the team's number says nothing."""
    while LiveTouch.objects.exists():
        phone.wait_for_timeout(100)
    touch(meeting.pk, Topic.TEAM)


@pytest.mark.parametrize("events", [300, pytest.param(6000, marks=pytest.mark.prove)])
def test_a_wall_that_is_up_for_hours_weighs_the_same_and_comes_back_when_its_stream_ends(
    live_territory, service, meeting, open_tab, events
):
    """Each event is drawn as the product does, told without its pace, and read by the page; the server hangs up now
    and then, as it does after an hour.
    """
    parts_of = urlsplit(service.url)
    door = Door((parts_of.hostname, parts_of.port))
    wall = open_tab(width=1600)
    wall.goto(f"{door.url}/rencontres/{meeting.record.code}/direct/ecran")
    hear(wall, live_territory, meeting, EVENTS_TO_WARM)
    before = weight(wall)
    for _hour in range(3):
        hear(wall, live_territory, meeting, events // 3)
        door.close()  # the server ends the stream
        door.open()
    hear(wall, live_territory, meeting, 1)
    after = weight(wall)
    door.close()
    assert after["Nodes"] <= before["Nodes"] + MORE_NODES
    assert after["JSEventListeners"] <= before["JSEventListeners"]
    assert after["JSHeapUsedSize"] <= before["JSHeapUsedSize"] + MORE_BYTES


def hear(wall: Page, territory, meeting, n: int) -> None:
    for _each in range(n):
        add_caption(
            meeting_id=meeting.pk, text=f"La phrase numéro {last_number(meeting.pk)}.", clock=DATABASE_CLOCK
        )
        tell(touched_parts(), draw_in_each_language)
    caught_up(wall, meeting)


def weight(wall: Page) -> dict[str, float]:
    browser = wall.context.new_cdp_session(wall)
    browser.send("Performance.enable")
    browser.send("HeapProfiler.collectGarbage")
    told = browser.send("Performance.getMetrics")["metrics"]
    browser.detach()
    return {each["name"]: each["value"] for each in told}


def test_two_who_call_at_once_call_one_and_the_second_is_told(
    live_territory, service, telling, meeting, open_tab, seen
):
    other = staff_account("aide@val-orbe.example", "Samir")
    named(meeting, other.person, TeamRole.FACILITATES)
    for name in ("Inès", "Karim"):
        hand_up(meeting, live_territory, name)
    screens = [open_tab(), open_tab()]
    for tab, account in zip(screens, (live_territory.agent, other), strict=True):
        let_in(service, tab, account)
        tab.goto(f"/rencontres/{meeting.record.code}/direct/animer")
        expect(tab.get_by_role("button", name="Donner la parole à Inès")).to_be_visible()
    for tab in screens:  # neither waits for the other
        tab.evaluate("setTimeout(() => document.querySelector('.lead-next').requestSubmit(), 50)")
    for tab in screens:
        expect(tab.locator(".floor__who")).to_have_text("Inès")
    speaking = SpeakingTurn.objects.exclude(started_at=None)
    assert [turn.name for turn in speaking] == ["Inès"]
    told = [tab for tab in screens if tab.get_by_role("alert").count()]
    assert len(told) == 1
    expect(told[0].get_by_role("alert")).to_contain_text("Inès parle maintenant. Rien n’a été doublé.")
    expect(told[0].get_by_role("button", name="Donner la parole à Karim")).to_be_visible()
    seen(told[0])


def test_when_the_video_is_down_the_meeting_goes_on_and_says_so(live_territory, open_tab, seen, tabs):
    meeting = opened(
        live_territory, video=Video.BIGBLUEBUTTON, video_url="https://visio.val-orbe.example/bigbluebutton",
        phone="01 23 45 67 89",
    )  # fmt: skip
    phone = open_tab(width=360)
    come_in(phone, meeting)
    phone.get_by_role("link", name="Ouvrir la vidéo").click()
    expect(phone.locator("main")).to_contain_text("ne répond pas. La rencontre continue sans lui")
    expect(phone.locator("main")).to_contain_text("01 23 45 67 89")
    assert [urlsplit(url).path for url in tabs.wrong] == [
        f"/rencontres/{meeting.record.code}/video/rejoindre"
    ]
    tabs.wrong.clear()  # 503, as it should
    seen(phone)
    phone.get_by_role("link", name="Revenir à la rencontre").click()
    phone.get_by_role("link", name="Rejoindre").click()
    phone.get_by_role("button", name="Demander la parole").click()
    expect(phone.locator("#moi")).to_contain_text("C’est bientôt à vous.")
