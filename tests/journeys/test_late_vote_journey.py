"""Someone who was not there votes from home, two days long, in two taps; then reads what everyone voted."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect
from walking import by_password

from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.counting import count_soundings
from democratic.participation.meetings.soundings.models import SoundingKind
from democratic.thread.actions import Words
from voting import HOURS, OPTIONS, after, drafted_vote, meeting_under_way, open_vote, voiced

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def votes(live_territory):
    """An evening that is over: six votes of six kinds, each with a dozen voices."""
    meeting = meeting_under_way(live_territory)
    given = {
        SoundingKind.SINGLE: [1] * 7 + [2] * 12 + [3] * 4,
        SoundingKind.MULTIPLE: [[1, 2]] * 6 + [[3]] * 3,
        SoundingKind.SCALE: [1, 2, 3, 3, 4, 4, 5],
        SoundingKind.RANKING: [[1, 2, 3]] * 4 + [[2, 3, 1]] * 3,
        SoundingKind.WORDS: [["bus"], ["Bus", "vélo"], ["bus"], ["nuit"], ["vélo"], ["Vélo"]],
        SoundingKind.CONSENT: [1] * 8 + [2] * 2,
    }
    asked = {}
    for kind, voices in given.items():
        vote = open_vote(
            live_territory, meeting, kind, most=3 if kind != SoundingKind.SCALE else 5,
            words=Words(title=f"Quel tracé vous servirait le plus ? ({kind.label})", text="Les trois se valent en temps."),
            lowest="pas du tout", highest="tout à fait",
        )  # fmt: skip
        voiced(vote, live_territory.clock, *voices)
        asked[kind] = close_sounding(sounding=vote, clock=live_territory.clock)
    return asked


def pictured(tab, name: str) -> None:
    """Where someone asks to see for herself."""
    if folder := os.environ.get("PICTURES"):
        tab.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def test_who_was_not_there_votes_in_two_taps_and_reads_the_count(
    live_territory, live_clock, way, open_phone, votes, seen
):
    vote = votes[SoundingKind.SINGLE]
    phone = open_phone()
    phone.goto(way.at(f"/rencontres/{vote.meeting.record.code}/differe"))
    seen(phone)
    pictured(phone, f"differe-{way}")
    phone.get_by_role("button", name=OPTIONS[2]).first.click()
    kept = "Your vote is recorded" if way.language == "en" else "Votre vote est enregistré"
    chosen = "You chose:" if way.language == "en" else "Vous avez choisi"
    if way.javascript:
        expect(phone.locator("main")).to_contain_text(kept)
        phone.reload()
    expect(phone.locator("main")).to_contain_text(chosen)
    assert vote.voices.get(seat=Seat.LATER).given == [3]
    for kind, each in votes.items():
        phone.goto(way.at(f"/votes-de-rencontre/{each.record.code}"))
        seen(phone)
        pictured(phone, f"vote-{kind}-{way}")
    count_soundings(after(live_territory.clock, HOURS).now())
    phone.goto(way.at(f"/votes-de-rencontre/{vote.record.code}"))
    expect(phone.locator("main")).to_contain_text("24")
    seen(phone)


def test_who_runs_it_prepares_opens_and_closes_a_vote(live_territory, live_clock, open_tab, votes, seen):
    meeting = votes[SoundingKind.SINGLE].meeting
    drafted_vote(live_territory, meeting)
    open_vote(live_territory, meeting, words=Words(title="Et le dimanche ?"))
    tab = open_tab()
    by_password(tab, live_territory.agent.email)
    here = f"/rencontres/{meeting.record.code}/direct/votes"
    tab.goto(here)
    seen(tab)
    pictured(tab, "animer")
    tab.get_by_role("button", name="Ouvrir le vote").first.click()
    expect(tab.locator("main")).to_contain_text("On vote")
    tab.get_by_role("link", name="Compter les mains").first.click()
    seen(tab)
    pictured(tab, "compter")
    tab.goto(f"{here}/nouveau")
    seen(tab)
    pictured(tab, "nouveau")
