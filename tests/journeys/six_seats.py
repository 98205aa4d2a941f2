"""What happens in one evening, as six browsers that are open all along see it.

``by_itself``: nobody reloads, the screen is told; but for who runs no script. Someone at home reads English.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from walking import button, heading, told
from writing_minutes import (
    approve,
    ask_for_a_correction,
    propose,
    take_it_in_a_second_version,
    tell_the_essential,
    write,
)

from an_evening import (
    OPTIONS,
    again,
    the_crowd_votes,
    the_crowd_votes_later,
    the_days_go_by,
    the_hours_go_by,
)
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.participation.commitments.models import Commitment
from democratic.participation.meetings.arrivals.models import Seat
from democratic.participation.meetings.minutes.models import Minutes
from democratic.participation.meetings.models import Meeting
from democratic.participation.meetings.soundings.models import Sounding
from democratic.participation.meetings.wall.models import WallQuestion
from democratic.participation.meetings.wall.states import QuestionState
from democratic.participation.obligations.models import Obligation
from democratic.people.models import Account
from entry_server import EntryServer, cookie_of

SHUTTLE, AT_HOME, STOP = (
    "Qui paie la navette du soir ?",
    "Who pays for the evening bus?",
    "Où sera l’arrêt de la gare ?",
)
LATER = "Et pour les internes, le dimanche soir ?"
VOTE = "Quel tracé vous servirait le plus ?"
ANSWER = "Le Département la paie pendant un an.\nEnsuite, nous partageons avec la Région."
CAPTION = "La navette partira à vingt-deux heures trente."


@dataclass
class Evening:
    meeting: Meeting
    seen: Callable[[Page], None]
    wall: Page
    lead: Page
    elue: Page
    room: Page
    home: Page
    later: Page
    aide: Page

    @property
    def here(self) -> str:
        return f"/rencontres/{self.meeting.record.code}"

    @property
    def live(self) -> str:
        return f"{self.here}/direct"


def let_in(service: EntryServer, tab: Page, account: Account) -> None:
    """Signed in: how one signs in is another journey's."""
    name, _, value = cookie_of(account).partition("=")
    tab.context.add_cookies([{"name": name, "value": value, "url": service.url}])


def by_itself(place: Locator, words: str) -> None:
    look_again(place.page)
    expect(place).to_contain_text(words)


def look_again(tab: Page) -> None:
    """Where no script runs, one asks for the page again."""
    if tab.is_plain:
        tab.reload()


def register_and_take_the_calendar_home(evening: Evening) -> None:
    phone = evening.room
    phone.goto(evening.here)
    evening.seen(phone)
    phone.get_by_role("link", name="M’inscrire").click()
    heading(phone, "Garder une place")
    evening.seen(phone)
    phone.locator("[name=age_band]").select_option("18_25")
    phone.locator("[name=seat][value=room]").check()
    phone.get_by_label("Comment vous appeler").fill("Inès")
    button(phone, "Garder ma place").click()
    heading(phone, "Votre place est gardée")
    evening.seen(phone)
    with phone.expect_download() as kept:
        phone.get_by_role("link", name="Dans mon agenda").click()
    calendar = Path(kept.value.path()).read_text()
    assert "BEGIN:VEVENT" in calendar
    assert "Salle des fêtes" in calendar


def open_it(evening: Evening) -> None:
    lead, wall = evening.lead, evening.wall
    wall.goto(f"{evening.live}/ecran")
    expect(wall.locator(".hall__state")).to_contain_text("Commence à")
    lead.goto(f"{evening.live}/animer")
    evening.seen(lead)
    lead.get_by_role("button", name="Ouvrir la rencontre").click()
    by_itself(wall.locator(".hall__state"), "En direct")
    evening.elue.goto(f"{evening.live}/repondre")
    expect(evening.elue.locator("main")).to_contain_text("Aucune question n’est au débat")
    evening.seen(evening.elue)


def come_in_by_six_digits(evening: Evening) -> None:
    phone, code = evening.room, again(evening.meeting).join_code
    expect(evening.wall.locator(".hall__code")).to_have_text(f"{code[:3]}\u00a0{code[3:]}")
    phone.goto("/entrer")
    phone.get_by_label("Le code").fill(f"{code[:3]} {code[3:]}")
    phone.get_by_role("button", name="Entrer").click()
    evening.seen(phone)
    phone.get_by_text("Dire comment vous appeler").click()
    phone.get_by_label("Comment vous appeler").fill("Inès")
    phone.get_by_role("button", name="Je suis dans la salle").click()
    expect(phone.locator("#moi")).to_contain_text("Inès")
    evening.seen(phone)


def come_in_by_a_link(evening: Evening) -> None:
    phone = evening.home
    phone.goto(f"/en{evening.here}")
    evening.seen(phone)
    phone.get_by_role("link", name="Join", exact=True).click()
    phone.get_by_role("link", name="Come into the meeting").click()
    evening.seen(phone)
    phone.get_by_role("button", name="I am remote").click()
    expect(phone.locator("#moi")).to_contain_text("remotely")
    evening.seen(phone)
    for seat in ("en salle", "à distance"):
        by_itself(evening.wall.locator(".seats li").filter(has_text=seat), "1")


def raise_hands(evening: Evening) -> None:
    """Inès asks first, then a lady without a phone, then someone at home, who passes before the lady."""
    evening.room.get_by_role("button", name="Demander la parole").click()
    expect(evening.room.locator("#moi")).to_contain_text("C’est bientôt à vous.")
    evening.lead.get_by_label("Une main levée dans la salle, sans téléphone").fill("La dame au deuxième rang")
    evening.lead.get_by_role("button", name="Ajouter à la file").click()
    evening.home.get_by_role("button", name="Ask for the floor").click()
    expect(evening.home.locator("#moi")).to_contain_text("You are in place 2.")
    expect(evening.home.locator("#moi")).to_contain_text("before one person who asked earlier")
    evening.seen(evening.home)


def give_the_floor_by_its_rule(evening: Evening) -> None:
    queue = evening.lead.locator(".lead-queue > li")
    by_itself(queue.nth(1), "Une personne à distance")
    by_itself(queue.nth(1), "passe avant une personne qui a demandé plus tôt")
    by_itself(queue.nth(2), "La dame au deuxième rang")
    evening.seen(evening.lead)
    evening.lead.get_by_role("button", name="Donner la parole à Inès").click()
    by_itself(evening.wall.locator(".floor__who"), "Inès")
    by_itself(evening.wall.locator(".floor__queue li").first, "Une personne à distance")
    by_itself(evening.room.locator("#moi"), "Vous avez la parole.")
    by_itself(evening.home.locator("#moi"), "You are next.")
    evening.lead.get_by_role("button", name="Commencer : Les trois tracés").click()
    by_itself(evening.room.locator(".point--now"), "Les trois tracés")
    evening.seen(evening.wall)


def put_questions_from_both_sides(evening: Evening) -> None:
    room, home = evening.room, evening.home
    room.get_by_role("link", name="Poser une question").click()
    heading(room, "Les questions")
    for text in (SHUTTLE, STOP):
        ask(room, evening.here, text)
        told(room, "Votre question est au mur.")
    evening.seen(room)
    ask(home, f"/en{evening.here}", AT_HOME, label="Your question", send="Ask my question")
    told(home, "Your question is on the wall.")
    home.goto(f"/en{evening.here}/questions")
    support = home.locator(".queue > li").filter(has_text="navette").locator("button.up")
    support.click()
    expect(support).to_have_attribute("aria-pressed", "true")
    evening.seen(home)
    by_itself(evening.wall.locator(".hall__wall"), AT_HOME)


def ask(
    tab: Page, here: str, text: str, label: str = "Votre question", send: str = "Poser ma question"
) -> None:
    tab.goto(f"{here}/questions")
    age = tab.locator("[name=age_band]")
    if age.count():  # asked once
        age.select_option("18_25")
    tab.get_by_label(label, exact=True).fill(text)
    button(tab, send).click()


def sort_the_wall(evening: Evening) -> None:
    """Two ask the same thing: the most supported stays, and goes to the debate, on every screen that shows it."""
    lead = evening.lead
    lead.get_by_role("link", name="Trier les questions").click()
    heading(lead, "Trier les questions")
    evening.seen(lead)
    for text in ("navette", AT_HOME[:20]):
        lead.locator(".queue > li").filter(has_text=text).get_by_role("checkbox").check()
    lead.get_by_role("button", name="Rapprocher").click()
    told(lead, "Rapprochées de")
    lead.locator(".queue > li").filter(has_text="navette").get_by_role(
        "button", name="Mettre au débat"
    ).click()
    told(lead, "Elle est à l’écran")
    by_itself(evening.wall.locator(".floor-now__q"), "Qui paie la navette")
    by_itself(evening.elue.locator(".answering__title"), "Qui paie la navette")
    evening.home.get_by_role("link", name="Follow the meeting").click()
    expect(evening.home.locator(".floor-now__q")).to_contain_text("Qui paie la navette")
    evening.room.goto(evening.live)
    merged = WallQuestion.objects.get(meeting=evening.meeting, record__wording__title=AT_HOME)
    assert merged.record.state == QuestionState.MERGED


def type_for_the_elue(evening: Evening) -> None:
    aide = evening.aide
    aide.goto(f"{evening.live}/repondre")
    aide.get_by_label("Ce qui est répondu, en trois lignes").fill(ANSWER)
    aide.get_by_role("button", name="Garder le brouillon").click()
    told(aide, "Le brouillon est gardé")
    evening.seen(aide)


def approve_and_promise(evening: Evening) -> None:
    """What her aide typed comes to her tablet; she approves it, and binds herself to a day."""
    tablet = evening.elue
    look_again(tablet)
    expect(tablet.get_by_label("Ce qui est répondu, en trois lignes")).to_have_value(ANSWER)
    evening.seen(tablet)
    tablet.get_by_role("button", name="Approuver et publier").click()
    told(tablet, "La réponse est publiée.")
    due = DATABASE_CLOCK.now().date() + timedelta(days=120)
    tablet.get_by_text("C’est un engagement").click()
    promise = tablet.locator("form[action$=engager]")
    promise.get_by_label("Ce qui est promis, en une ligne").fill("La navette du soir, payée un an")
    promise.get_by_label("Pour quand").fill(due.isoformat())
    promise.get_by_role("button", name="Prendre cet engagement").click()
    told(tablet, "L’engagement est public")
    assert Obligation.objects.get(record=Commitment.objects.latest("pk").record).due_on == due
    tablet.goto(f"{evening.live}/repondre")


def caption_what_is_said(evening: Evening) -> None:
    lead = evening.lead
    lead.get_by_role("link", name="Animer", exact=True).click()
    for line in ("Bonsoir à toutes et à tous.", CAPTION):
        lead.get_by_label("Ce qui se dit, une ligne à la fois").fill(line)
        lead.get_by_role("button", name="Montrer").click()
    for tab in (evening.wall, evening.room, evening.home):
        by_itself(tab.locator("[data-topic=captions]"), CAPTION)
        expect(tab.locator("[data-topic=captions]")).to_be_visible()


def vote_from_each_side(evening: Evening) -> Sounding:
    """Opened by one, it comes to all; the room and those far away give their voices, and six more with them."""
    lead = evening.lead
    lead.get_by_role("link", name="Votes de la rencontre").click()
    lead.get_by_role("link", name="Préparer un vote").first.click()
    heading(lead, "Préparer un vote")
    lead.get_by_label("La question, en une phrase").fill(VOTE)
    lead.get_by_label("Les réponses").fill("\n".join(OPTIONS))
    evening.seen(lead)
    button(lead, "Garder le brouillon").click()
    lead.get_by_role("button", name="Ouvrir le vote").click()
    told(lead, "Le vote est ouvert")
    for tab in (evening.wall, evening.room, evening.home, evening.elue):
        by_itself(tab.locator("[data-topic=sounding]"), "Quel tracé vous servirait")
    vote = Sounding.objects.select_related("meeting", "record").get(meeting=evening.meeting)
    for tab in (evening.room, evening.home):
        expect(tab.locator("[data-mine=votes]")).to_contain_text("Quel tracé")
    choose(evening.room, OPTIONS[1])
    choose(evening.home, OPTIONS[0])
    the_crowd_votes(vote, 1, 2, 2, 2, 3, 2, seat=Seat.REMOTE)
    the_crowd_votes(vote, 2, 2, 1, 3, seat=Seat.ROOM)
    for tab in (evening.room, evening.home, evening.wall):
        evening.seen(tab)
    return vote


def choose(tab: Page, option: str) -> None:
    tab.locator(".vote-mine").get_by_role("button", name=option).click()
    expect(tab.locator(".poll-option[aria-pressed=true]")).to_contain_text(option)


def count_the_hands(evening: Evening, vote: Sounding) -> None:
    """Those without a phone: counted by who facilitates, then by another who does not see the numbers."""
    for tab, way, send in (
        (evening.lead, "Compter les mains", "Garder ce comptage"),
        (evening.aide, "Recompter", "Vérifier le comptage"),
    ):
        tab.goto(f"{evening.live}/votes")
        tab.get_by_role("link", name=way).first.click()
        if tab is evening.lead:
            tab.get_by_label("Mains levées").check()
        for place, n in enumerate((4, 7, 1), 1):
            tab.locator(f"[name=n{place}]").fill(str(n))
        evening.seen(tab)
        button(tab, send).click()
    told(evening.aide, "Le comptage est vérifié")
    evening.lead.goto(f"{evening.live}/votes")
    evening.lead.get_by_role("button", name="Fermer et montrer le résultat").click()
    for tab in (evening.wall, evening.room, evening.elue):
        by_itself(tab.locator("[data-topic=sounding]"), "14 voix sur 24")
    by_itself(evening.home.locator("[data-topic=sounding]"), "14 voices of 24")
    by_itself(evening.wall.locator("[data-topic=sounding]"), "12 personnes, comptées deux fois")


def close_it(evening: Evening) -> None:
    lead, wall = evening.lead, evening.wall
    if wall.is_plain:
        wall.goto(f"{evening.live}/ecran?suivre=1")  # it asks for itself every ten seconds
    lead.get_by_role("link", name="Animer", exact=True).click()
    lead.get_by_text("Terminer la rencontre").click()
    lead.get_by_role("button", name="Terminer, et publier les nombres").click()
    expect(wall.locator("[data-topic=state]")).to_contain_text("Terminée")
    by_itself(evening.room.locator("[data-topic=state]"), "Terminée")
    by_itself(evening.home.locator("[data-topic=state]"), "Finished")
    by_itself(evening.wall.locator(".hall__side"), "L’entrée est fermée.")  # the code opens nothing any more
    expect(evening.wall.locator(".hall__qr")).to_have_count(0)
    for tab in (evening.wall, evening.lead):
        evening.seen(tab)
    owed = WallQuestion.objects.get(meeting=evening.meeting, record__wording__title=STOP)
    assert Obligation.objects.get(record=owed.record).due_on > DATABASE_CLOCK.now().date()


def tell_the_evening(evening: Evening) -> None:
    lead = evening.lead
    lead.goto(f"{evening.here}/compte-rendu/ecrire")
    lead.get_by_role("button", name="Commencer le compte rendu").click()
    write(lead, 1, "La navette partira à 22 h.")
    tell_the_essential(lead, "La navette du soir est promise.\nLe tracé par l’étang est en tête.")
    evening.seen(lead)


def vote_later(evening: Evening, vote: Sounding) -> None:
    """In two minutes she knows what happened, and her voice counts as one. Who voted there does not vote again."""
    phone = evening.later
    phone.goto(f"{evening.here}/rattrapage")
    for said in ("Se lit en 1", "La navette du soir est promise.", "Où sera l’arrêt", "On vote encore"):
        expect(phone.locator("main")).to_contain_text(said)
    evening.seen(phone)
    phone.locator(".catch-up__open").get_by_role("link", name="Voter").click()
    evening.seen(phone)
    choose(phone, OPTIONS[2])
    expect(phone.locator("body")).to_contain_text(
        re.compile("Votre vote est enregistré|Votre voix est gardée")
    )
    assert vote.voices.filter(seat=Seat.LATER).count() == 1
    evening.home.goto(f"/en{evening.here}/differe")
    expect(evening.home.locator("main")).to_contain_text("your voice is counted, once")
    expect(evening.home.locator(".vote-form")).to_have_count(0)
    evening.seen(evening.home)
    the_crowd_votes_later(vote, 3, 3, 3, 2, 3)


def ask_once_it_is_over(evening: Evening) -> None:
    """From the third seat: no one is there to say it aloud, so it is owed in writing at once."""
    phone = evening.later
    ask(phone, evening.here, LATER)
    told(phone, "Votre question est au mur.")
    expect(phone.locator(".spoken__due")).to_contain_text("Service jeunesse")
    evening.seen(phone)


def write_minutes_that_are_contested(evening: Evening) -> None:
    lead, there = evening.lead, evening.room
    propose(lead, evening.here)
    ask_for_a_correction(there, evening.here, evening.seen, to="C’était 22 h 30.")
    take_it_in_a_second_version(lead, evening.here, evening.seen, text="La navette partira à 22 h 30.")
    the_days_go_by(evening.meeting)
    approve(lead, evening.here)
    assert Minutes.objects.get(meeting=evening.meeting, version=2).state == Minutes.State.APPROVED


def read_the_account(evening: Evening, vote: Sounding) -> None:
    """During and after, apart and together; each person once; and what was said, word by word."""
    the_hours_go_by(vote)
    phone = evening.later
    phone.goto(f"/votes-de-rencontre/{vote.record.code}")
    heads = [head.lower() for head in phone.locator(".vote-result thead th").all_inner_texts()]
    people = phone.locator(".vote-result tbody tr:last-child td").all_inner_texts()
    assert dict(zip(heads[1:], map(int, people), strict=True)) == {
        "ensemble": 30, "pendant la rencontre": 24, "en salle": 5, "à distance": 7, "mains levées": 12, "en différé": 6,
    }  # fmt: skip
    evening.seen(phone)
    phone.goto(f"{evening.here}/compte-rendu")
    expect(phone.locator("#passage-1")).to_contain_text("22 h 30")
    evening.seen(phone)
    phone.goto(f"{evening.here}/transcription?q=navette")
    expect(phone.locator(".transcript li")).to_have_count(1)
    evening.seen(phone)
    evening.home.goto(f"/en{evening.here}")
    evening.seen(evening.home)


def pictured(evening: Evening) -> None:
    """At the strongest moment, where someone asks to see for herself: wide and narrow, by day and by night."""
    folder = os.environ.get("PICTURES")
    if not folder:
        return
    for name in ("wall", "lead", "elue", "room", "home"):
        tab: Page = getattr(evening, name)
        size = tab.viewport_size
        for width in (360, 1280, *((1600,) if name == "wall" else ())):
            for scheme in ("light", "dark"):
                tab.emulate_media(color_scheme=scheme)
                tab.set_viewport_size({"width": width, "height": 1400 if width == 360 else 900})
                tab.screenshot(path=str(Path(folder) / f"{name}-{width}-{scheme}.png"))
        tab.emulate_media(color_scheme="light")
        tab.set_viewport_size(size)
