"""Journey D: a poster at school, four people on three channels, and in October each reads what became of her sentence."""

import re
from dataclasses import dataclass, field
from datetime import date
from email.message import EmailMessage
from itertools import count

import pytest
from playwright.sync_api import Page, expect
from walking import button, by_password, heading, link, sign, told

from channels.contract import write_accounts
from civics.territory.communes_file import Commune
from courses import DECIDED, decided, promised
from democratic.messaging.carrying import carry
from democratic.messaging.listening import listen
from democratic.messaging.models import ChannelUse, OutgoingMessage
from democratic.participation.answers.actions import (
    AnswerDraft,
    draft_answer,
    group_contributions,
    open_theme,
)
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.commitments.actions import move_commitment
from democratic.participation.commitments.models import CommitmentState
from democratic.participation.conversations.carrying_out import carry_out_what_was_received
from democratic.participation.conversations.editing import draft_flow
from democratic.participation.ideas.models import Idea
from democratic.thread.actions import Words
from democratic.thread.actions.places import list_communes
from factories import clock_at
from mail_server import PASSWORD, Mailbox, dovecot, smtp
from matrix_homeserver import Someone, newcomer, synapse
from spoken_flows import PLACES
from spoken_flows import flow as written_flow

pytestmark = [pytest.mark.browser]
OURS, CODE = "participer@val-orbe.example", "LYC-BRO"
ANSWERED, OCTOBER = date(2026, 6, 10), date(2026, 10, 8)
_NAMES = count(1)


@pytest.fixture(scope="module")
def homeserver(tmp_path_factory):
    with synapse(tmp_path_factory.mktemp("synapse")) as port:
        yield port


@pytest.fixture(scope="module")
def imap():
    with dovecot() as port:
        yield port


@dataclass
class Writer:
    """Someone with a mailbox of her own, who writes to ours and answers what she receives."""

    email: str
    ours: Mailbox
    box: object

    def received(self):
        mails = [each for each in self.box.mails if each["To"] == self.email]
        return [(each["Reply-To"], "\n".join(each.get_content().splitlines())) for each in mails]

    def says(self, text):
        made = EmailMessage()
        made["From"], made["Message-ID"] = self.email, f"<{next(_NAMES)}@mail.example>"
        made["To"] = self.received()[-1][0] if self.received() else OURS
        made.set_content(f"{text}\n\n-- \nEnvoyé de mon iPhone")
        self.ours.takes(made.as_bytes())

    def heard(self):
        return [text for _reply_to, text in self.received()]


@dataclass
class Roommate:
    """Someone with a Matrix account, in a room of her own with ours."""

    her: Someone
    us: Someone
    room: str = field(init=False)

    def __post_init__(self):
        self.room = self.her.opens_room(self.us)

    def says(self, text):
        self.her.says(self.room, {"msgtype": "m.text", "body": text})

    def heard(self):
        return self.her.heard_in(self.room, self.us)


@dataclass
class Reach:
    """What each step of the journey is given."""

    territory: object
    clock: object
    noe: Writer
    theo: Writer
    ines: Roommate
    catch_up: object

    def turn(self, who, text):
        who.says(text)
        listen()
        carry_out_what_was_received(self.clock)
        self.leaves()

    def leaves(self):
        while carry().sent:
            ChannelUse.objects.update(slot_at="2026-01-01T00:00Z")

    def told_first(self):
        """What the journal owes to people, as the sequencer and the worker do: in daytime, then it leaves."""
        before = set(OutgoingMessage.objects.values_list("pk", flat=True))
        self.catch_up()
        new = OutgoingMessage.objects.filter(is_first=True).exclude(pk__in=before)
        assert {each.not_before for each in new} <= {self.clock.now()}
        self.leaves()
        return new


@pytest.fixture
def reach(live_territory, live_clock, live_server, catch_up, settings, imap, homeserver, monkeypatch):
    monkeypatch.setattr("democratic.notices.effects.DATABASE_CLOCK", live_clock)
    bot, ours = newcomer(homeserver, "autorite"), Mailbox(imap, f"participer{next(_NAMES)}")
    matrix = {"url": f"http://127.0.0.1:{homeserver}", "user": bot.user, "token": bot.token, "near": True}
    email = {
        "address": OURS, "imap": f"127.0.0.1:{imap}", "user": ours.user, "password": PASSWORD, "near": True,
        "pause": 0,
    }  # fmt: skip
    write_accounts(live_territory.authority.slug, {"email": email, "matrix": matrix})
    listed = [Commune(f"9900{rank}", place.name, place.postcode) for rank, place in enumerate(PLACES)]
    list_communes(authority=live_territory.authority, communes=listed)
    with smtp(settings) as box:
        noe, theo = (Writer(f"{name}@mail.example", ours, box) for name in ("noe", "theo"))
        ines = Roommate(newcomer(homeserver, "ines"), bot)
        yield Reach(live_territory, live_clock, noe, theo, ines, catch_up)


def test_from_a_poster_at_school_to_what_became_of_each_sentence_in_october(
    reach, admin, open_tab, seen, elsewhere
):
    three_channels_are_opened_with_their_decisions(admin)
    desk = open_tab()
    a_conversation_is_published_with_its_code(reach, desk, seen)
    lina = open_tab(width=360)
    hers = lina_answers_in_another_site_s_frame(lina, elsewhere)
    the_others_answer_from_their_own_tools(reach)
    ideas = their_sentences_are_contributions_like_any_other(reach, desk, seen)
    answer = the_official_signs_at_her_desk(reach, open_tab(width=360), seen, ideas)
    each_who_agreed_reads_it_once_where_she_wrote(reach, lina, hers, "Une réponse signée")
    decision = it_is_decided_in_july(reach, answer)
    ines_says_stop(reach)
    in_october_it_is_done_and_they_read_it(reach, decision, lina, hers)
    their_pages_say_the_same(lina, ideas, seen)


def three_channels_are_opened_with_their_decisions(tab: Page):
    for kind in ("widget", "email", "matrix"):
        tab.goto(f"/bureau/canaux/{kind}")
        tab.get_by_label("Ouvert : on peut nous écrire par ce canal").check()
        button(tab, "Enregistrer").click()
        expect(tab.locator("main")).to_contain_text("Écrivez d’abord la décision")
        tab.get_by_label("Ce qui a été décidé, et pourquoi").fill("Pesé avec la déléguée : avis favorable.")
        tab.get_by_label("Par qui").fill("La déléguée à la protection des données")
        tab.locator("[name=decided_on]").fill("2026-02-03")
        button(tab, "Enregistrer").click()
        told(tab, "C’est enregistré.")
    assert ChannelUse.objects.filter(is_open=True).count() == 3


def a_conversation_is_published_with_its_code(reach, tab: Page, seen):
    content = written_flow().model_dump(mode="json")
    flow = draft_flow(process=reach.territory.process, name="Bouger le soir", content=content)
    by_password(tab, reach.territory.agent.email)
    tab.goto(f"/bureau/concertations/bouger/conversations/{flow.pk}")
    seen(tab)
    button(tab, "Publier").click()
    told(tab, "Publiée : version 1.")
    link(tab, "Donner un code").click()
    tab.get_by_label("Le code", exact=True).fill("lyc bro")
    tab.get_by_label("Il sera").select_option("school")
    tab.get_by_label("Où, précisément").fill("Lycée de Brocéliande, hall")
    button(tab, "Donner ce code").click()
    told(tab, "Le code est prêt")
    seen(tab)


def lina_answers_in_another_site_s_frame(tab: Page, elsewhere) -> str:
    """Lina is 17, on her school's own site. Returns the address that she keeps."""
    tab.goto(f"{elsewhere}/cadre/{CODE}")
    frame = tab.frame_locator("iframe")
    frame.get_by_role("button", name="En voiture").click()
    frame.locator("input[name=text]").fill("Vaubrun")
    frame.get_by_role("button", name="Continuer").click()
    frame.get_by_role("button", name="15-17 ans").click()
    frame.locator("textarea").fill("Un bus après minuit, le vendredi.")
    frame.get_by_role("button", name="Envoyer").click()
    frame.get_by_role("button", name="Oui, ici").click()
    expect(frame.locator(".ticket__code")).to_have_text(re.compile(r"^\w{3}-\w{3,5}$"))
    return tab.frames[-1].url


def the_others_answer_from_their_own_tools(reach):
    for who, said, agrees in (
        (reach.noe, "Des vélos à la gare.", "oui"),
        (reach.ines, "Une appli qui dit où est le bus.", "oui"),
        (reach.theo, "Des trottoirs éclairés.", "non"),
    ):
        for text in (CODE, "1", "Vaubrun", "18-25 ans", said, agrees):
            reach.turn(who, text)
        assert "Merci" in who.heard()[-1]


def their_sentences_are_contributions_like_any_other(reach, tab: Page, seen):
    ideas = [each.record for each in Idea.objects.select_related("record__wording").order_by("pk")]
    assert [each.origin for each in ideas] == ["web", "email", "chat", "email"]
    for each in ideas:
        tab.goto(f"/fil/{each.code}")
        expect(tab.locator("main")).to_contain_text(each.wording.text)
        expect(tab.locator("main")).to_contain_text(each.code)
    seen(tab)
    flow = reach.territory.process.flows.get()
    tab.goto(f"/bureau/concertations/bouger/conversations/{flow.pk}/chiffres")
    expect(tab.locator("main")).to_contain_text("Lycée de Brocéliande, hall")
    assert list(flow.revisions.get().runs.values_list("code__code", flat=True)) == [CODE] * 4
    return ideas


def the_official_signs_at_her_desk(reach, tab: Page, seen, ideas) -> Answer:
    reach.clock.turn_to(ANSWERED)
    clock, agent = clock_at(ANSWERED), reach.territory.agent.person
    process = reach.territory.process
    theme = open_theme(process=process, words=Words(title="Rentrer le soir"), author=agent, clock=clock)
    group_contributions(contributions=ideas, theme=theme, clock=clock)
    reason = "Oui le week-end. Non en semaine : trop peu de voyageurs."
    written = AnswerDraft(Verdict.PART, reason, reach.territory.official)
    answer = draft_answer(process=process, subject=theme.record, draft=written, author=agent, clock=clock)
    assert not reach.told_first(), "a draft is told to nobody"
    by_password(tab, reach.territory.elected.email)
    sign(tab, seen)
    answer.refresh_from_db()
    return answer


def each_who_agreed_reads_it_once_where_she_wrote(reach, lina: Page, hers: str, words: str):
    assert reach.told_first().count() == 3
    assert not reach.told_first(), "done again, it is there once"
    for who in (reach.noe, reach.ines):
        assert [words in text for text in who.heard()].count(True) == 1
        assert words in who.heard()[-1]
    assert not any(words in text for text in reach.theo.heard())
    lina.goto(hers)
    expect(lina.get_by_text(words)).to_have_count(1)


def it_is_decided_in_july(reach, answer):
    reach.clock.turn_to(DECIDED)
    decision = decided(reach.territory, answer)
    assert reach.told_first().count() == 3
    return decision


def ines_says_stop(reach):
    reach.turn(reach.ines, "STOP")
    assert "plus aucun message" in reach.ines.heard()[-1]


def in_october_it_is_done_and_they_read_it(reach, decision, lina: Page, hers: str):
    commitment = promised(reach.territory, decision)
    reach.clock.turn_to(OCTOBER)
    before = (reach.ines.heard(), reach.theo.heard())
    move_commitment(
        commitment=commitment,
        to=CommitmentState.KEPT,
        note="Le bus roule depuis le 4 septembre.",
        function="Service jeunesse",
        clock=clock_at(OCTOBER),
    )
    assert reach.told_first().count() == 2
    assert "Le bus de nuit N1" in reach.noe.heard()[-1]
    assert "/fil/" in reach.noe.heard()[-1]
    assert (reach.ines.heard(), reach.theo.heard()) == before
    lina.goto(hers)
    heading(lina, "Merci")
    expect(lina.get_by_text("Le bus de nuit N1")).to_have_count(1)
    assert len(reach.noe.heard()) == 6 + 3, "its six turns, then an answer, a decision and what was done"


def their_pages_say_the_same(tab: Page, ideas, seen):
    for each in ideas:
        tab.goto(f"/fil/{each.code}")
        expect(tab.locator("main")).to_contain_text("Oui le week-end. Non en semaine")
        expect(tab.locator("main")).to_contain_text("Le bus de nuit N1")
    seen(tab)
