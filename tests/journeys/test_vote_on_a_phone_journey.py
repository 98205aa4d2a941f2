"""A vote given on a phone, on the real service: by the page's script through the batched entry, and by the page alone.

Whatever happens on the way (a network that falls, a service that is down, a vote that closes), she is told, and counts once.
"""

import re

import pytest
from django.core import signing
from playwright.sync_api import expect

from democratic.participation.meetings.live.telling import tell, touched_parts
from democratic.participation.meetings.soundings.asking import open_sounding
from democratic.participation.meetings.soundings.closing import close_sounding
from democratic.participation.meetings.soundings.models import SoundingKind, SoundingVoice
from democratic.web.guests import COOKIE
from democratic.web.meetings.in_each_language import draw_in_each_language
from democratic.web.meetings.votes import drawing  # noqa: F401  registers what it draws
from entry_server import entry_server
from voting import OPTIONS, TITLE, drafted_vote, meeting_under_way, open_vote, there

pytestmark = [pytest.mark.browser]

KEPT = "Votre vote est enregistré. Vous pouvez en changer."
GIVEN = re.compile(r"/votes/[^/]+$")
FIRST = re.compile(f"^{OPTIONS[0]}")
SECOND = re.compile(f"^{OPTIONS[1]}")


@pytest.fixture
def address(live_territory, tmp_path):
    with entry_server(tmp_path / "entry") as server:
        yield server.url


@pytest.fixture
def meeting(live_territory):
    return meeting_under_way(live_territory, later_hours=0)


@pytest.fixture
def phone_of(chromium, address):
    """In a browser of her own, where she came as a guest."""
    opened = []

    def of(person, *, script=True):
        context = chromium.new_context(
            viewport={"width": 360, "height": 740}, java_script_enabled=script, locale="fr-FR"
        )
        cookie = signing.dumps(str(person.pk), salt="democratic.guest")
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
        opened.append(context)
        return context.new_page()

    yield of
    for context in opened:
        context.close()


@pytest.fixture
def at_the_vote(live_territory, address, meeting, phone_of):
    """One vote, one who came, her screen; and what her script sends, seen on the way."""
    vote = open_vote(live_territory, meeting)
    [person] = there(meeting, 1, live_territory.clock)
    tab = phone_of(person)
    tab.goto(f"{address}/rencontres/{meeting.record.code}/direct")
    return vote, person, tab


def told(tab):
    return tab.locator("[data-mine=votes] [data-told]")


def voices(vote):
    return [(row.person_id, row.given) for row in SoundingVoice.objects.filter(sounding=vote)]


def tell_screens():
    tell(touched_parts(), draw_in_each_language)


def _ticked(form):
    form.get_by_label(OPTIONS[0]).check()
    form.get_by_label(OPTIONS[2]).check()
    form.get_by_role("button", name="Donner ma voix").click()


def _ranked(form):
    form.get_by_label("Rang 1").select_option(label=OPTIONS[2])
    form.get_by_label("Rang 3").select_option(label=OPTIONS[0])
    form.get_by_role("button", name="Donner mon classement").click()


def _written(form):
    form.get_by_label("Mot 1").fill("le  bus")
    form.get_by_label("Mot 2").fill("la nuit")
    form.get_by_role("button", name="Donner mes mots").click()


GIVES = {
    SoundingKind.SINGLE: (lambda form: form.get_by_role("button", name=SECOND).click(), [2]),
    SoundingKind.CONSENT: (lambda form: form.get_by_role("button", name="J’ai une objection").click(), [3]),
    SoundingKind.SCALE: (lambda form: form.get_by_role("button", name=re.compile("^4")).click(), [4]),
    SoundingKind.MULTIPLE: (_ticked, [1, 3]),
    SoundingKind.RANKING: (_ranked, [3, 1]),
    SoundingKind.WORDS: (_written, ["le bus", "la nuit"]),
}


@pytest.mark.parametrize("script", [True, False])
def test_each_kind_is_given_with_and_without_script(live_territory, address, meeting, phone_of, script):
    votes = {
        kind: open_vote(live_territory, meeting, kind, most=5 if kind == SoundingKind.SCALE else 3)
        for kind in GIVES
    }
    [person] = there(meeting, 1, live_territory.clock)
    tab = phone_of(person, script=script)
    page = f"{address}/rencontres/{meeting.record.code}/direct"
    tab.goto(page)
    for kind, (give, given) in GIVES.items():
        vote = votes[kind]
        mine = tab.locator(f'[data-mine=votes] [data-vote="{vote.record.code}"]')
        give(mine)
        if script:
            expect(mine.get_by_role("status")).to_have_text(KEPT)
            assert tab.url == page
        else:
            expect(tab.locator("body")).to_contain_text("Votre voix est gardée")
            expect(mine).to_contain_text("Vous avez choisi")
        assert voices(vote) == [(person.pk, given)], kind
    objection = tab.get_by_role("link", name="Dire mon objection au mur")
    expect(objection).to_be_visible()
    tab.reload()
    expect(tab.locator("[data-mine=votes]")).to_contain_text(f"{OPTIONS[2]} > {OPTIONS[0]}")


def test_a_vote_that_opens_is_there_at_once_and_one_that_closes_goes(
    live_territory, address, meeting, phone_of
):
    drafted = drafted_vote(live_territory, meeting)
    [person] = there(meeting, 1, live_territory.clock)
    tab = phone_of(person)
    asked = []
    tab.goto(f"{address}/rencontres/{meeting.record.code}/direct")
    expect(tab.locator("[data-meeting]")).to_have_attribute("data-line", "live")
    tab.on("request", lambda request: asked.append(request.url))
    vote = open_sounding(sounding=drafted, clock=live_territory.clock)
    tell_screens()
    mine = tab.locator("[data-mine=votes]")
    expect(mine.get_by_role("heading", name=TITLE)).to_be_visible()
    mine.get_by_role("button", name=SECOND).click()
    expect(told(tab)).to_have_text(KEPT)
    expect(mine.get_by_role("button", name=SECOND)).to_have_attribute("aria-pressed", "true")
    mine.get_by_role("button", name=FIRST).click()
    expect(mine.get_by_role("button", name=FIRST)).to_have_attribute("aria-pressed", "true")
    expect(told(tab)).to_have_text(KEPT)
    assert voices(vote) == [(person.pk, [1])]
    tell_screens()
    expect(tab.locator("[data-topic=sounding]")).to_contain_text("1 avis reçu")
    assert not [url for url in asked if url.endswith("/direct")]  # nobody asks the page again for a vote
    tab.locator("h1").click()
    close_sounding(sounding=vote, clock=live_territory.clock)
    tell_screens()
    expect(mine.locator("form")).to_have_count(0)


def test_a_network_that_falls_loses_no_vote_and_counts_none_twice(at_the_vote):
    vote, person, tab = at_the_vote
    tab.context.set_offline(True)
    tab.get_by_role("button", name=FIRST).click()
    expect(told(tab)).to_contain_text("Pas encore enregistré")
    tab.get_by_role("button", name=SECOND).click()
    assert voices(vote) == []
    tab.context.set_offline(False)
    expect(told(tab)).to_have_text(KEPT)
    assert voices(vote) == [(person.pk, [2])]

    lost = []

    def lose_the_answer(route):
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)  # it was taken, and nobody hears of it
        return route.abort()

    tab.route(GIVEN, lose_the_answer)
    tab.get_by_role("button", name=FIRST).click()
    expect(tab.get_by_role("button", name=FIRST)).to_have_attribute("aria-pressed", "true")
    expect(told(tab)).to_have_text(KEPT)
    assert lost == [200]
    assert voices(vote) == [(person.pk, [1])]


def test_a_service_that_is_down_is_asked_again_until_it_takes_the_vote(at_the_vote):
    vote, person, tab = at_the_vote
    seen = []

    def down_twice(route):
        seen.append(route.request.post_data)
        return route.fulfill(status=503, body="") if len(seen) < 3 else route.continue_()

    tab.route(GIVEN, down_twice)
    tab.get_by_role("button", name=SECOND).click()
    expect(told(tab)).to_contain_text("nous réessayons")
    expect(told(tab)).to_have_text(KEPT)
    assert len(seen) == 3
    assert len(set(seen)) == 1  # the same vote
    assert voices(vote) == [(person.pk, [2])]


def test_two_taps_are_one_vote(at_the_vote):
    vote, person, tab = at_the_vote
    sent = []
    tab.on("request", lambda request: sent.append(request.url) if GIVEN.search(request.url) else None)
    tab.get_by_role("button", name=SECOND).dblclick()
    expect(told(tab)).to_have_text(KEPT)
    assert 1 <= len(sent) <= 2  # the second one leaves once the first was answered, or not at all
    assert voices(vote) == [(person.pk, [2])]


def test_a_vote_that_closed_meanwhile_is_told_and_her_last_choice_is_shown_again(
    live_territory, meeting, at_the_vote
):
    vote, person, tab = at_the_vote
    tab.get_by_role("button", name=FIRST).click()
    expect(told(tab)).to_have_text(KEPT)
    close_sounding(sounding=vote, clock=live_territory.clock)
    tab.get_by_role("button", name=SECOND).click()
    expect(told(tab)).to_contain_text("Ce vote est clos. Votre voix n’a pas été gardée")
    expect(tab.get_by_role("button", name=FIRST)).to_have_attribute("aria-pressed", "true")
    assert voices(vote) == [(person.pk, [1])]


def test_nothing_chosen_is_said_without_a_word_to_the_service(live_territory, address, meeting, phone_of):
    open_vote(live_territory, meeting, SoundingKind.MULTIPLE, most=2)
    [person] = there(meeting, 1, live_territory.clock)
    tab = phone_of(person)
    tab.goto(f"{address}/rencontres/{meeting.record.code}/direct")
    tab.get_by_role("button", name="Donner ma voix").click()
    expect(told(tab)).to_have_text("Répondez d’abord : rien n’était choisi.")
    for option in OPTIONS:
        tab.get_by_label(option).check()
    tab.get_by_role("button", name="Donner ma voix").click()
    expect(told(tab)).to_have_text("C’est plus que ce qui est demandé. Gardez les plus importants.")
