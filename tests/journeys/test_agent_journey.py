"""Journey A: an agent carries a political order to its evidence, an élue signs, everyone can read it all."""

import struct
import zlib
from datetime import date

import pytest
from playwright.sync_api import Page, expect
from walking import by_code, by_password, heading, sign, tab_to, told

from democratic.participation.ideas.actions import submit_idea
from democratic.participation.processes.models import Process
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Entry, Record
from factories import PASSWORD, totp_code

pytestmark = [pytest.mark.browser]

ORDERED, LISTENING, GROUPING, ANSWERING, DECIDING = (
    date(2026, 2, 2),
    date(2026, 3, 1),
    date(2026, 4, 20),
    date(2026, 6, 1),
    date(2026, 7, 20),
)
SAID = (
    "Le dernier bus part à 18 h 50, après c’est fini.",
    "Un car le soir, deux fois par semaine.",
    "Et les vélos ?",
)


def one_pixel() -> bytes:
    """The smallest PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00\xff\xff\xff"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_an_order_becomes_evidence(live_territory, live_clock, open_tab, seen, javascript):
    nathalie, odile = open_tab(javascript=javascript), open_tab(javascript=javascript, width=360)
    live_clock.day = ORDERED
    by_code(nathalie, live_territory.agent.email)
    order = publish_an_order(nathalie, seen)
    process = open_a_process(nathalie, seen, order)

    live_clock.day = LISTENING
    for words in SAID:
        submit_idea(process=process, words=Words(text=words), author=welcome_guest(), clock=live_clock)
    live_clock.day = GROUPING
    group(nathalie, seen, process)

    live_clock.day = ANSWERING
    draft_an_answer(nathalie, seen, process)
    by_password(odile, live_territory.elected.email)
    sign(odile, seen)

    live_clock.day = DECIDING
    commitment = decide_and_promise(nathalie, seen, process)
    show_what_was_done(nathalie, seen, commitment)
    put_off_then_withdraw(nathalie, seen, commitment)
    read_as_a_stranger(open_tab(javascript=javascript, width=360), seen, commitment)
    assert {
        "mandate_published",
        "contribution_grouped",
        "answer_signed",
        "evidence_given",
        "authority_withdrew",
    } <= set(Entry.objects.values_list("kind", flat=True))


def publish_an_order(tab: Page, seen) -> str:
    """By the keyboard alone; once with something missing, which is said, and nothing typed is lost."""
    tab.goto("/bureau")
    heading(tab, "Bonjour Nathalie.")
    seen(tab)
    tab.get_by_role("link", name="Nouvelle commande").click()
    heading(tab, "Nouvelle commande")
    seen(tab)
    typed = (
        ("title", "Rentrer le soir"),
        ("text", "L’assemblée demande un plan pour le soir."),
        ("ordered_by", "L’assemblée départementale"),
        ("ordered_on", "02022026"),  # the same day whichever way round the browser asks for it
        ("vote", "41 voix sur 41"),
        ("decidable", "Les lignes et les horaires."),
        ("budget", "840000"),
    )
    for name, words in typed:
        tab_to(tab, name)
        tab.keyboard.type(words)
    tab_to(tab, "level")
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    for name, words in (("aimed_at", "Les 15-25 ans"), ("answer_due_on", "06062026")):
        tab_to(tab, name)
        tab.keyboard.type(words)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("Ce qui n’est pas négociable")
    seen(tab)
    expect(tab.locator("[name=title]")).to_have_value("Rentrer le soir")
    tab_to(tab, "not_decidable")
    tab.keyboard.type("Le budget voté.")
    tab_to(tab, "budget")
    tab.keyboard.press("Enter")
    heading(tab, "Rentrer le soir")
    expect(tab.get_by_text("Brouillon : les agents seuls le voient.")).to_be_visible()
    expect(tab.locator(".level [aria-current]")).to_have_text("Consulter")
    seen(tab)
    tab.get_by_role("button", name="Publier la commande").click()
    told(tab, "La commande est publiée.")
    return tab.url


def onward(tab: Page) -> None:
    tab.get_by_role("button", name="Enregistrer et continuer").click()


def open_a_process(tab: Page, seen, order: str) -> Process:
    tab.goto(order)
    tab.get_by_role("link", name="Préparer une concertation").click()
    heading(tab, "Choisir une méthode")
    seen(tab)
    tab.get_by_role("link", name="De la commande politique à la feuille de route").click()
    heading(tab, "De la commande politique")
    seen(tab)
    tab.get_by_role("link", name="Rentrer le soir").click()
    heading(tab, "Préparer la concertation")
    tab.get_by_label("Le nom de la concertation").fill("Le soir, on rentre comment ?")
    tab.get_by_label("La question, dans les mots des gens").fill(
        "Qu’est-ce qui vous manque pour rentrer le soir ?"
    )
    tab.get_by_label("Premier jour").fill(ORDERED.isoformat())
    seen(tab)
    onward(tab)
    heading(tab, "La promesse")
    tab.get_by_label("Ce que nous demandons").fill("Une phrase, ou plusieurs.")
    seen(tab)
    onward(tab)
    heading(tab, "Les dates")
    seen(tab)
    onward(tab)
    heading(tab, "Le travail que cela demande")
    tab.get_by_label("Combien de paroles attendez-vous").fill("300")
    onward(tab)
    heading(tab, "La vie privée")
    tab.get_by_label("Non nécessaire").check()
    tab.get_by_label("La raison, ou la date").fill("Aucune donnée sensible n’est demandée.")
    tab.get_by_label("Sous-traitants").fill("aucun")
    seen(tab)
    onward(tab)
    heading(tab, "Le soir, on rentre comment")
    expect(tab.get_by_text("Rien n’empêche de publier")).to_be_visible()
    seen(tab)
    tab.get_by_role("button", name="Publier maintenant").click()
    told(tab, "La concertation est publiée.")
    expect(tab.locator(".stages > li")).to_have_count(7)
    seen(tab)
    return Process.objects.get(slug="le-soir-on-rentre-comment")


def group(tab: Page, seen, process: Process) -> None:
    tab.goto(f"/bureau/concertations/{process.slug}")
    tab.get_by_role("link", name="Paroles", exact=True).click()
    heading(tab, "Rapprocher les paroles")
    expect(tab.get_by_role("checkbox")).to_have_count(3)
    seen(tab)
    tab.get_by_role("link", name="Nouveau sujet").click()
    tab.get_by_label("Le nom du sujet").fill("Rentrer après 19 h")
    tab.get_by_role("button", name="Ouvrir le sujet").click()
    told(tab, "Sujet ouvert.")
    for box in tab.get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="Rapprocher", exact=True).click()
    told(tab, "3 paroles rapprochées.")
    tab.get_by_role("link", name="Rentrer après 19 h").click()
    seen(tab)
    # One was put there by mistake: the gesture is undone, in public too.
    tab.get_by_role("listitem").filter(has_text=SAID[2]).get_by_role("button", name="Détacher").click()
    told(tab, "Parole détachée de son sujet.")
    expect(tab.get_by_role("checkbox")).to_have_count(1)


def draft_an_answer(tab: Page, seen, process: Process) -> None:
    tab.goto(f"/bureau/concertations/{process.slug}/reponses")
    seen(tab)
    line = tab.get_by_role("listitem").filter(has_text="Rentrer après 19 h")
    line.get_by_role("link", name="Répondre").click()
    heading(tab, "Répondre : Rentrer après 19 h")
    tab.get_by_role("radio", name="Retenu en partie").check()
    tab.get_by_label("La raison").fill("Oui le week-end. Non en semaine : moins de neuf voyageurs par soir.")
    seen(tab)
    tab.get_by_role("button", name="Enregistrer le brouillon").click()
    expect(tab.get_by_text("En attente de la signature de Odile Vasseur-Thiry")).to_be_visible()
    expect(tab.get_by_role("button", name="Je signe et je publie")).to_have_count(0)
    seen(tab)


def decide_and_promise(tab: Page, seen, process: Process) -> str:
    """The address of the commitment's page at the desk."""
    tab.goto(f"/bureau/concertations/{process.slug}")
    tab.get_by_role("link", name="Publier une décision").click()
    tab.get_by_label("Ce qui est décidé").fill("Une ligne de nuit le week-end")
    tab.get_by_role("checkbox", name="Rentrer après 19 h").check()
    tab.get_by_label("Qui a décidé").fill("L’assemblée départementale")
    tab.get_by_label("Décidé le").fill(DECIDING.isoformat())
    tab.get_by_label("Référence de la délibération").fill("2026-118")
    tab.get_by_label("Pour (facultatif)").fill("31")
    seen(tab)
    tab.get_by_role("button", name="Publier la décision").click()
    told(tab, "À quoi engage-t-elle ?")
    tab.get_by_label("Ce qui sera fait").fill("Faire rouler le bus N1")
    tab.get_by_label("Pour le").fill("2026-08-28")
    tab.get_by_label("Coût, en euros").fill("146000")
    seen(tab)
    tab.get_by_role("button", name="Publier l’engagement").click()
    heading(tab, "Faire rouler le bus N1")
    seen(tab)
    return tab.url


def show_what_was_done(tab: Page, seen, commitment: str) -> None:
    tab.goto(commitment)
    tab.get_by_role("link", name="Prévoir une action").click()
    tab.get_by_label("Ce qui sera fait").fill("Former deux conducteurs")
    tab.get_by_label("Pour le").fill("2026-08-14")
    tab.get_by_role("button", name="Publier l’action").click()
    told(tab, "L’action est publiée.")
    tab.get_by_role("link", name="Mettre à jour · Former deux conducteurs").click()
    tab.get_by_role("radio", name="Faite").check()
    tab.get_by_label("Ce qui a changé").fill("Les deux ont leur permis.")
    seen(tab)
    tab.get_by_role("button", name="Publier", exact=True).click()
    told(tab, "La mise à jour est publiée.")
    tab.get_by_role("link", name="Donner une preuve", exact=True).click()
    tab.get_by_label("En une phrase").fill("Le premier bus, place de la Gare")
    tab.get_by_label("Ou un fichier").set_input_files(
        {"name": "bus.png", "mimeType": "image/png", "buffer": one_pixel()}
    )
    tab.get_by_label("Description de l’image").fill("Un bus à l’arrêt, de nuit.")
    seen(tab)
    tab.get_by_role("button", name="Publier la preuve").click()
    told(tab, "La preuve est publiée.")
    expect(tab.get_by_role("link", name="Le premier bus, place de la Gare")).to_be_visible()


def put_off_then_withdraw(tab: Page, seen, commitment: str) -> None:
    tab.goto(commitment)
    tab.get_by_role("link", name="Reporter", exact=True).click()
    tab.get_by_label("Nouvelle date").fill("2026-09-04")
    tab.get_by_label("Le motif").fill("Un conducteur est malade.")
    seen(tab)
    tab.get_by_role("button", name="Publier le report").click()
    expect(tab.get_by_text("promis d’abord le 28 août 2026")).to_be_visible()
    seen(tab)
    tab.get_by_role("link", name="Retirer en public").click()
    tab.get_by_label("Le motif").fill("Le marché est annulé par le tribunal.")
    seen(tab)
    tab.get_by_role("button", name="Publier le retrait").click()
    told(tab, "Le retrait est publié.")


def read_as_a_stranger(tab: Page, seen, commitment: str) -> None:
    """No account, a phone, nothing but the address of the commitment."""
    code = commitment.rsplit("/", 1)[1]
    tab.goto(f"/engagements/{code}")
    heading(tab, "Faire rouler le bus N1")
    expect(tab.get_by_text("Le marché est annulé par le tribunal.").first).to_be_visible()
    expect(tab.get_by_text("28 août 2026").first).to_be_visible()
    seen(tab)
    tab.goto(f"/fil/{Record.objects.get(wording__text=SAID[0]).code}")
    for words in (
        SAID[0].split(",")[0],
        "Rentrer après 19 h",
        "Une ligne de nuit le week-end",
        "Faire rouler le bus N1",
    ):
        expect(tab.get_by_text(words).first).to_be_visible()
    seen(tab)
    tab.goto("/bureau")
    heading(tab, "Se connecter")


def test_the_desk_and_the_journal_are_read_in_english(live_territory, live_clock, open_tab, seen):
    live_clock.day = LISTENING
    tab = open_tab(language="en-GB", width=360)
    tab.goto("/en/connexion")
    tab.get_by_label("Your e-mail address").last.fill(live_territory.agent.email)
    tab.get_by_label("Password", exact=True).fill(PASSWORD)
    seen(tab)
    tab.get_by_role("button", name="Sign in").click()
    heading(tab, "Your second factor")
    seen(tab)
    tab.get_by_label("The code from your app").fill(totp_code())
    tab.get_by_role("button", name="Continue").click()
    told(tab, "Hello Nathalie.")
    pages = {
        "/en/bureau": "Hello Nathalie.",
        "/en/bureau/commandes/nouvelle": "New order",
        "/en/bureau/concertations/bouger/sujets": "Group contributions",
        "/en/compte": "Nathalie",
        "/en/journal": "The public journal",
        f"/en/journal/preuve/{live_territory.mandate.record.code}": "Proof",
    }
    for path, words in pages.items():
        tab.goto(path)
        heading(tab, words)
        expect(tab.locator("html")).to_have_attribute("lang", "en")
        seen(tab)
