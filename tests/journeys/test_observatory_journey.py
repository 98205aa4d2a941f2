"""Residents judge what was promised: each of them acts by the keyboard alone, without script, and no one can hide it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from walking import button, by_password, heading, link, tab_onto, tab_to, told

from courses import whole_course
from democratic.communities.models import Organisation
from democratic.communities.organisations.actions import open_organisation
from democratic.kernel.clock import local_day
from democratic.observatory.models import Observatory, Reply, Verdict
from democratic.participation.commitments.models import Commitment
from democratic.people.models import Account
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Entry, Role
from factories import clock_at, staff_account, verified_account
from judging import speaking_for

pytestmark = [pytest.mark.browser]

BODY = "Conseil de développement"
NAME = "Observatoire des engagements"
SAID = "La directrice dit que les mâts luminescents sont commandés."
REASONS = "Deux arrêts sur six n’ont ni lumière ni abri."
REPLY = "Les mâts arrivent en octobre."


@pytest.fixture
def promised(live_territory, live_clock, live_server, settings) -> Commitment:
    """What was promised, some months later; links lead to the live server."""
    settings.PUBLIC_URL = live_server.url
    whole_course(live_territory)
    commitment = Commitment.objects.select_related("record__authority").get()
    made = local_day(commitment.record.happened_at, "Europe/Paris")
    live_clock.turn_to(made + timedelta(days=120))
    return commitment


@pytest.fixture
def speaker(live_territory, promised) -> Account:
    clock = clock_at(local_day(promised.record.happened_at, "Europe/Paris"))
    body = open_organisation(
        authority=live_territory.authority,
        sort=Organisation.Sort.BODY,
        words=Words(title=BODY, text="Associations et habitants."),
        clock=clock,
    )
    account = verified_account("presidente@val-orbe.example", "Mado")
    speaking_for(body, account, clock)
    return account


def administrator_of(territory) -> Account:
    account = staff_account("admin@val-orbe.example", "Dominique")
    give_role(
        person=account.person, role=Role.ADMINISTRATOR, authority=territory.authority, clock=territory.clock
    )
    return account


def test_what_was_promised_is_judged_and_nobody_hides_it(
    live_territory, live_clock, promised, speaker, open_tab, seen
):
    day = live_clock.day.strftime("%d%m%Y")
    both = _both(open_tab, seen)
    admin, appoints, judges, signs = (open_tab(javascript=False) for _ in range(4))

    by_password(admin, administrator_of(live_territory).email)
    observatory = found(admin, seen, day)

    by_password(appoints, speaker.email)
    offered = offer(appoints, seen, observatory, day)

    member = verified_account("zohra@val-orbe.example", "Zohra")
    by_password(judges, member.email)
    sit(judges, seen, offered, appoints)
    publish(judges, seen, observatory, day)
    verdict = dissent(judges, seen, observatory, promised)

    by_password(signs, live_territory.elected.email)
    reply_once(signs, seen, verdict)
    find_no_way_to_hide(admin, seen, verdict)

    code = verdict.record.code
    for path in (
        "/observatoire",
        "/observatoire?desaccord=1",
        f"/avis/{code}",
        observatory,
        hearing_of(verdict),
    ):
        both(path)
    read_as_a_citizen(both, promised, code)
    assert {
        "observatory_founded",
        "member_seated",
        "hearing_held",
        "verdict_given",
        "verdict_replied",
    } <= set(Entry.objects.values_list("kind", flat=True))


def _both(open_tab, seen):
    """A citizen looks, on her phone and at a desk, where axe looks with her."""
    phone, desk = open_tab(width=360), open_tab(width=1280)

    def look(path: str) -> Page:
        for tab in (phone, desk):
            tab.goto(path)
            seen(tab)
        return phone

    return look


def typed(tab: Page, **words: str) -> None:
    for name, said in words.items():
        tab_to(tab, name)
        tab.keyboard.press("Control+A")
        tab.keyboard.type(said)


def pressed(tab: Page, name: str) -> None:
    tab_onto(tab, button(tab, name))
    tab.keyboard.press("Enter")


def followed(tab: Page, name: str) -> None:
    tab_onto(tab, link(tab, name).first)
    tab.keyboard.press("Enter")


def chosen(tab: Page, label: str) -> None:
    """A box is ticked, a radio button chosen: from the first of its group, by the arrows."""
    place = tab.get_by_label(label, exact=True)
    tab_onto(tab, place)
    for _ in range(5):
        if place.evaluate("place => place === document.activeElement"):
            break
        tab.keyboard.press("ArrowDown")
    if not place.is_checked():
        tab.keyboard.press("Space")
    expect(place).to_be_checked()


def found(tab: Page, seen, day: str) -> str:
    """The address of the observatory that the administrator founded, and from then on has no hand in."""
    tab.goto("/bureau/observatoires")
    heading(tab, "Observatoire des engagements")
    seen(tab)
    followed(tab, "Créer un observatoire")
    heading(tab, "Créer un observatoire des engagements")
    seen(tab)
    typed(tab, title=NAME, text="Il juge chaque engagement, preuves en main.")
    chosen(tab, BODY)
    chosen(tab, "Par tirage au sort")
    typed(tab, mandate_months="24", act_reference="Délibération 2026-118", act_on=day)
    pressed(tab, "Créer l’observatoire")
    told(tab, "L’observatoire est créé.")
    heading(tab, NAME)
    seen(tab)
    return f"/observatoires/{Observatory.objects.get().record.code}"


def offer(tab: Page, seen, observatory: str, day: str) -> str:
    """The secret link, which is shown once and given by hand."""
    tab.goto(observatory)
    followed(tab, "Pour l’instance qui nomme")
    heading(tab, "Nommer les membres")
    seen(tab)
    followed(tab, "Nommer un membre")
    pressed(tab, "Faire le lien")
    expect(tab.get_by_role("alert")).to_be_visible()
    seen(tab)
    typed(tab, act_reference="Procès-verbal du tirage", act_on=day)
    pressed(tab, "Faire le lien")
    heading(tab, "Un lien, montré une seule fois")
    seen(tab)
    return tab.locator("#link").inner_text().strip()


def sit(tab: Page, seen, offered: str, appoints: Page) -> None:
    """The one who offered it can't take it; the other reads what it is, then says yes."""
    appoints.goto(offered)
    chosen(appoints, "J’accepte que ce nom, mes dates de mandat et l’acte qui me nomme soient publiés.")
    pressed(appoints, "J’accepte de siéger")
    expect(appoints.get_by_role("alert")).to_contain_text("On ne se nomme pas soi-même")
    tab.goto(offered)
    heading(tab, f"Siéger : {NAME}")
    seen(tab)
    pressed(tab, "J’accepte de siéger")
    expect(tab.get_by_role("alert")).to_contain_text("votre nom n’est pas publié")
    typed(tab, name="Zohra B.")
    chosen(tab, "J’accepte que ce nom, mes dates de mandat et l’acte qui me nomme soient publiés.")
    pressed(tab, "J’accepte de siéger")
    told(tab, "Vous siégez.")
    heading(tab, "Mon siège")
    seen(tab)
    appoints.goto(offered)
    heading(appoints, "Ce lien ne sert plus")
    seen(appoints)


def publish(tab: Page, seen, observatory: str, day: str) -> None:
    tab.goto(f"{observatory}/siege")
    followed(tab, "Publier une audition")
    heading(tab, "Publier une audition")
    seen(tab)
    typed(tab, title="La direction des mobilités", held_on=day, place="Vaubrun", heard="La direction")
    tab_to(tab, "commitments")
    tab.keyboard.press("Space")
    typed(tab, recording_url="https://videos.example/1")
    pressed(tab, "Publier l’audition")
    expect(tab.get_by_role("alert")).to_contain_text("transcription")
    seen(tab)
    typed(tab, transcript=SAID)
    pressed(tab, "Publier l’audition")
    told(tab, "L’audition est publiée.")
    expect(tab.get_by_text(SAID)).to_be_visible()
    seen(tab)


def dissent(tab: Page, seen, observatory: str, promised: Commitment) -> Verdict:
    """The authority says one thing, she says another."""
    tab.goto(f"{observatory}/siege")
    tab_onto(tab, tab.get_by_role("link", name=f"Juger {promised.record.title}"))
    tab.keyboard.press("Enter")
    heading(tab, "Juger :")
    seen(tab)
    says = "Non tenu" if promised.record.state == "kept" else "Tenu"
    chosen(tab, says)
    typed(tab, reasons=REASONS, votes_for="1")
    pressed(tab, "Publier l’avis")
    told(tab, "L’avis est publié.")
    expect(tab.get_by_text("En désaccord")).to_be_visible()
    seen(tab)
    return Verdict.objects.select_related("record", "observatory__record").get()


def reply_once(tab: Page, seen, verdict: Verdict) -> None:
    tab.goto("/bureau/observatoires")
    seen(tab)
    followed(tab, "Répondre")
    heading(tab, "Répondre à l’observatoire")
    seen(tab)
    typed(tab, text=REPLY)
    pressed(tab, "Publier la réponse")
    told(tab, "La réponse est publiée")
    expect(tab.get_by_text(REPLY)).to_be_visible()
    seen(tab)
    tab.goto(f"/bureau/avis/{verdict.record.code}/repondre")
    typed(tab, text="Et puis encore.")
    pressed(tab, "Publier la réponse")
    expect(tab.get_by_role("alert")).to_contain_text("une seule")
    assert Reply.objects.get().text == REPLY


def find_no_way_to_hide(tab: Page, seen, verdict: Verdict) -> None:
    """Neither by its address, nor by anything that her pages show."""
    for record in (verdict.record, verdict.observatory.record):
        for path in (f"/bureau/retirer/{record.code}", f"/observatoires/{record.code}/siege"):
            answer = tab.goto(path)
            assert answer.status == 404, path
    tab.goto(f"/avis/{verdict.record.code}")
    expect(tab.locator("main").get_by_role("link", name="Retirer")).to_have_count(0)
    expect(tab.get_by_text("ne peut changer, cacher ni retirer")).to_be_visible()
    tab.goto("/bureau/observatoires")
    seen(tab)
    followed(tab, "Dissoudre")
    heading(tab, "Dissoudre un observatoire")
    seen(tab)


def hearing_of(verdict: Verdict) -> str:
    return f"/auditions/{verdict.observatory.hearings.get().record.code}"


def read_as_a_citizen(both, promised: Commitment, code: str) -> None:
    tab = both(f"/engagements/{promised.record.code}")
    expect(tab.get_by_text("En désaccord")).to_be_visible()
    expect(tab.get_by_text("L’observatoire", exact=True)).to_be_visible()
    expect(tab.get_by_text("La collectivité", exact=True)).to_be_visible()
    tab = both(f"/en/avis/{code}")
    expect(tab.get_by_text(REPLY)).to_be_visible()
    tab = both("/observatoire")
    expect(tab.get_by_role("link", name=str(promised.record.title)).first).to_be_visible()
    both(f"/concertations/{promised.process.slug}/bilan")
    expect(tab.get_by_text("L’observatoire dit autre chose")).to_be_visible()
