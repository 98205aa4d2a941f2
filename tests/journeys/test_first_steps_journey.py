"""The first hour of an authority, without a mouse: from an invitation on an empty installation to a first answer."""

import contextlib
import re
import socket
from datetime import date
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Page, expect
from walking import button, by_code, heading, link, tab_onto, tab_to, told

from democratic.communities.invitations.actions import invite_to_role
from democratic.communities.models import Controller as Declared
from democratic.participation.polls.models import PollAnswer
from democratic.thread.actions import open_authority
from democratic.thread.models import Authority, Kind, Record, Role, Visibility
from democratic.web import authorities
from factories import totp_code, verified_account
from outlines import MONTSEC, VAUBRUN, outline
from pictures import picture

pytestmark = [pytest.mark.browser]
DOMINIQUE = "dominique@vaubrun.example"


class Mailbox:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 -- aiosmtpd's name
        self.mails.append(message_from_bytes(envelope.content).get_payload(decode=True).decode())
        return "250 2.0.0 Ok: queued as 4bX"


@pytest.fixture
def smtp():
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.port = port
    yield box
    with contextlib.suppress(OSError):
        controller.stop()


@pytest.fixture
def installation(live_server, live_clock, settings, tmp_path):
    """As ``open-authority`` and ``invite`` leave it: one authority, one invitation, nothing else."""
    settings.PUBLIC_URL = live_server.url
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files"},
        }
    }
    live_clock.day = date(2026, 3, 1)
    authorities.KEPT.forget()
    authority = open_authority(slug="vaubrun", name="Vaubrun", kind_label="Commune", host="")
    verified_account(DOMINIQUE, "Dominique")
    invited = invite_to_role(
        authority=authority, email=DOMINIQUE, role=Role.ADMINISTRATOR, by=None, clock=live_clock,
        is_mailed=False,
    )  # fmt: skip
    yield "/invitation/" + invited.link.rpartition("/")[2]
    authorities.KEPT.forget()


def press(tab: Page, place) -> None:
    tab_onto(tab, place, presses=90)
    tab.keyboard.press("Enter")


def fill(tab: Page, **typed: str) -> None:
    for name, words in typed.items():
        tab_to(tab, name)
        tab.keyboard.press("Control+A")
        tab.keyboard.type(words)


def step(tab: Page, name: str):
    """The button of a step of the list."""
    return tab.get_by_role("link", name=re.compile(f" · {name}$"))


def arrive(tab: Page, seen, invitation: str) -> None:
    by_code(tab, DOMINIQUE)
    tab.goto(invitation)
    seen(tab)
    press(tab, tab.locator("main form button"))
    heading(tab, "D’abord, un second facteur")
    press(tab, link(tab, "Régler une application"))
    secret = tab.locator(".account__secret code").inner_text()
    tab.get_by_label("Le code que l’application affiche").focus()
    tab.keyboard.type(totp_code(secret))
    tab.keyboard.press("Enter")
    heading(tab, "Codes de secours")
    press(tab, link(tab, "Continuer vers mon bureau"))
    expect(tab.get_by_role("heading", name="Premiers réglages")).to_be_visible()
    seen(tab)
    press(tab, link(tab, "Toutes les étapes"))


def say_who(tab: Page, seen) -> None:
    press(tab, step(tab, "Qui vous êtes"))
    heading(tab, "Qui vous êtes")
    seen(tab)
    fill(
        tab,
        legal_name="Commune de Vaubrun",
        siret="73282932000075",
        publication_director="Odile Vasseur-Thiry, maire",
        postal_address="1 place du Marché",
        phone="01 02 03 04 05",
        email="mairie@vaubrun.example",
    )
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("vérifiez les cinq derniers chiffres")
    seen(tab)
    fill(tab, siret="73282932000074")
    tab.keyboard.press("Enter")
    heading(tab, "Premiers réglages")


def choose_a_look(tab: Page, seen) -> None:
    press(tab, step(tab, "Couleur et logo"))
    heading(tab, "L’apparence")
    fill(tab, accent="#ffcc00")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("donne un contraste de")).to_be_visible()
    seen(tab)
    press(tab, tab.get_by_role("button", name="Prendre #"))
    heading(tab, "Premiers réglages")
    press(tab, link(tab, "Choisir le logo"))
    heading(tab, "Le logo")
    tab.locator("[name=file]").set_input_files(
        {"name": "logo.png", "mimeType": "image/png", "buffer": picture((300, 120), "PNG")}
    )
    seen(tab)
    press(tab, button(tab, "Montrer ce logo"))
    heading(tab, "Premiers réglages")


def give_the_territory(tab: Page, seen) -> None:
    press(tab, step(tab, "Le territoire"))
    heading(tab, "Le territoire")
    tab.locator("[name=outline]").set_input_files(
        {
            "name": "contours.geojson",
            "mimeType": "application/geo+json",
            "buffer": outline(VAUBRUN, MONTSEC),
        }
    )
    press(tab, button(tab, "Dessiner les contours"))
    told(tab, "2 contours lus")
    seen(tab)
    fill(tab, communes="01004;Vaubrun;01500")
    press(tab, button(tab, "Enregistrer la liste"))
    told(tab, "1 commune est proposée.")
    press(tab, link(tab, "Revenir"))


def leave_the_team_for_later_and_take_it_up(tab: Page) -> None:
    press(tab, tab.get_by_role("button", name="Plus tard · L’équipe et les services"))
    told(tab, "C’est mis de côté")
    expect(tab.get_by_text("Mis de côté par Dominique")).to_be_visible()
    press(tab, tab.get_by_role("button", name="Reprendre · L’équipe et les services"))


def name_the_service_and_the_elected(tab: Page, seen) -> None:
    """Who owes and who answers: an order can't be written before."""
    press(tab, step(tab, "L’équipe et les services"))
    heading(tab, "Services et relais")
    seen(tab)
    press(tab, link(tab, "Ajouter un service"))
    heading(tab, "Ajouter un service")
    fill(tab, name="Service mobilités")
    tab_to(tab, "titular")
    tab.keyboard.press("ArrowDown")
    press(tab, button(tab, "Ajouter"))
    told(tab, "Le service est ajouté.")
    press(tab, link(tab, "Ajouter une personne élue"))
    heading(tab, "Ajouter une personne élue")
    seen(tab)
    fill(tab, name="Odile Vasseur-Thiry", function="maire")
    tab.keyboard.press("Enter")
    told(tab, "Sa page est publique.")
    tab.goto("/bureau/demarrer")


def try_the_mail(tab: Page, seen, smtp, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_URL = "smtp://127.0.0.1"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", smtp.port
    press(tab, step(tab, "La messagerie"))
    heading(tab, "La messagerie")
    expect(tab.locator("[name=to]")).to_have_value(DOMINIQUE)
    press(tab, button(tab, "Envoyer un message d’essai"))
    told(tab, "Ouvrez ce message et suivez son lien")
    expect(tab.get_by_text("250 2.0.0 Ok: queued as 4bX")).to_be_visible()
    seen(tab)
    tab.goto(re.search(r"/essai/\S+", smtp.mails[0])[0])
    seen(tab)
    press(tab, button(tab, "Oui, il est arrivé"))
    heading(tab, "Les messages arrivent")
    press(tab, link(tab, "Revenir aux premiers réglages"))


def complete_the_legal_pages(tab: Page, seen) -> None:
    press(tab, step(tab, "Les pages légales"))
    heading(tab, "Les pages légales")
    seen(tab)
    press(tab, link(tab, "Compléter ces pages"))
    fill(tab, hosting="La régie, 2 rue du Quai", officer="Ada Roche", officer_email="dpd@vaubrun.example")
    tab.keyboard.press("Enter")
    heading(tab, "Premiers réglages")


def publish_an_order(tab: Page) -> str:
    """From a method: it proposes the promise, what is not negotiable, and a day for the answer. The order's page."""
    press(tab, step(tab, "La première commande"))
    heading(tab, "Choisir une méthode")
    press(tab, link(tab, "Consultation express"))
    press(tab, link(tab, "Écrire la commande"))
    heading(tab, "Nouvelle commande")
    expect(tab.locator("[name=level]:checked")).to_have_value("consult")
    fill(
        tab,
        title="Rentrer le soir",
        text="Le conseil demande un plan pour le soir.",
        ordered_by="Le conseil municipal",
        ordered_on="02022026",
        vote="15 voix sur 15",
        decidable="Les lignes et les horaires.",
        not_decidable="Le budget voté.",
        budget="84000",
    )
    fill(tab, aimed_at="Les 15-25 ans", answer_due_on="06062026")
    tab.keyboard.press("Enter")
    heading(tab, "Rentrer le soir")
    press(tab, tab.get_by_role("button", name="Publier la commande"))
    told(tab, "La commande est publiée.")
    return tab.url


def onward(tab: Page) -> None:
    press(tab, button(tab, "Enregistrer et continuer"))


def publish_an_express_consultation(tab: Page, seen) -> None:
    """Its question is written before, and opens with it: that is what an express consultation is."""
    press(tab, link(tab, "Préparer une concertation"))
    press(tab, link(tab, "Consultation express"))
    press(tab, link(tab, "Rentrer le soir"))
    heading(tab, "Préparer la concertation")
    fill(tab, title="Le bus du soir", text="Que préférez-vous ?", first_day="05052026")
    onward(tab)
    heading(tab, "La promesse")
    onward(tab)
    heading(tab, "Les dates")
    onward(tab)
    heading(tab, "Le travail que cela demande")
    fill(tab, expected="300")
    tab.keyboard.press("Enter")
    heading(tab, "La vie privée")
    tab_to(tab, "assessment")
    tab.get_by_label("Non nécessaire").press("Space")
    fill(tab, assessment_reason="Rien de sensible n’est demandé.", processors="aucun")
    onward(tab)
    heading(tab, "Le bus du soir")
    expect(tab.get_by_text("Rien n’empêche de publier")).to_be_visible()
    seen(tab)
    press(tab, link(tab, "Aucune question d’un geste n’est écrite"))
    press(tab, link(tab, "Écrire une question").first)
    heading(tab, "Écrire une question")
    fill(tab, title="Quand faut-il un bus ?", options="Chaque soir\nLe week-end\nJamais")
    press(tab, button(tab, "Garder le brouillon"))
    expect(tab.get_by_text("Elle s’ouvrira avec sa concertation")).to_be_visible()
    seen(tab)
    tab.goto("/bureau/concertations/le-bus-du-soir")
    press(tab, button(tab, "Publier maintenant"))
    told(tab, "La concertation est publiée.")


def answer_with_one_tap(tab: Page, seen) -> None:
    """A stranger, on a phone, without an account nor a script."""
    tab.goto("/")
    tab.get_by_role("link", name="Quand faut-il un bus").click()
    heading(tab, "Quand faut-il un bus")
    seen(tab)
    tab.get_by_role("button", name="Le week-end").click()
    expect(tab.locator("main")).to_contain_text("Votre réponse")
    assert PollAnswer.objects.get().option.label == "Le week-end"


def test_an_authority_goes_from_its_first_settings_to_an_express_consultation(
    installation, open_tab, seen, smtp, settings, live_clock
):
    tab = open_tab()
    arrive(tab, seen, installation)
    heading(tab, "Premiers réglages")
    expect(tab.get_by_text("0 sur 7")).to_be_visible()
    seen(tab)
    say_who(tab, seen)
    choose_a_look(tab, seen)
    give_the_territory(tab, seen)
    leave_the_team_for_later_and_take_it_up(tab)
    name_the_service_and_the_elected(tab, seen)
    try_the_mail(tab, seen, smtp, settings)
    complete_the_legal_pages(tab, seen)
    order = publish_an_order(tab)
    tab.goto("/bureau/demarrer")
    expect(tab.get_by_text("7 sur 7")).to_be_visible()
    expect(tab.get_by_text("Tout est réglé.")).to_be_visible()
    seen(tab)
    assert Record.objects.get(kind=Kind.MANDATE).visibility == Visibility.PUBLIC
    assert Declared.objects.get().siret == "73282932000074"
    assert Authority.objects.get().accent.startswith("#")
    tab.goto(order)
    publish_an_express_consultation(tab, seen)
    live_clock.day = date(2026, 5, 7)
    answer_with_one_tap(open_tab(javascript=False, width=360), seen)
