"""What an authority writes and where it stands; what its opposition writes beside it; a process closed and taken away."""

import hashlib
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Page, expect
from walking import button, by_password, heading, link, told

from courses import whole_course
from democratic.communities.editorial.models import FileTakenOff, Publication
from democratic.participation.processes.actions import finish_stage
from democratic.people.models import Account
from democratic.stewardship.models import Package
from democratic.thread.journal import Signer, sequence_once, sign_now
from democratic.thread.models import Entry
from democratic.web import shell
from democratic.web.packages.making import make_packages
from factories import verified_account
from pictures import picture

pytestmark = [pytest.mark.browser]

PAGE = "/pages/nos-locaux"
TEXT = "## Venir\n\nNos portes sont **ouvertes à tous**, le mardi."
SEEN_BY = "Le plan d’accès, avec la rampe à gauche de l’entrée."
WHY_OFF = "La rampe a changé de côté."
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
CLOSED = date(2026, 10, 12)


@pytest.fixture
def visitor(open_tab, seen):
    """A visitor on a phone, and another who reads English: the first one's page is given back."""
    french, english = open_tab(width=360), open_tab(width=768, language="en-GB")

    def look(path: str) -> Page:
        english.goto(f"/en{path}")
        seen(english)
        french.goto(path)
        seen(french)
        return french

    return look


@pytest.fixture
def agent(live_territory, open_tab) -> Page:
    tab = open_tab()
    by_password(tab, live_territory.agent.email)
    return tab


@pytest.mark.usefixtures("live_clock")
def test_a_page_is_written_moved_illustrated_and_named(agent, admin, visitor, seen):
    write(agent, seen, visitor)
    publish(agent, seen)
    expect(visitor(PAGE).get_by_role("heading", name="Venir")).to_be_visible()

    show_then_take_off_a_file(agent, seen, visitor)
    move(agent, seen)
    moved = visitor(PAGE)  # the old address leads to the new one
    assert moved.url.endswith("/pages/la-maison")
    heading(moved, "Nos locaux")

    name_it(admin, seen)
    shell.FOOT.forget()  # seconds behind at most, which never pass in a test
    home = visitor("/")
    expect(home.locator("main").get_by_role("link", name="Nos locaux")).to_be_visible()
    expect(home.locator("footer").get_by_role("link", name="Nos locaux")).to_be_visible()
    told_in_the_journal = {"page_published", "publication_takes_file_off", "page_moved", "menu_arranged"}
    assert told_in_the_journal <= set(Entry.objects.values_list("kind", flat=True))


def write(tab: Page, seen, visitor) -> None:
    tab.goto("/bureau")
    link(tab, "Pages et actualités").click()
    heading(tab, "Pages et actualités")
    seen(tab)
    link(tab, "Écrire").first.click()
    button(tab, "Enregistrer").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    tab.get_by_label("Titre").fill("Nos locaux")
    tab.locator("[name=slug]").fill("connexion")
    tab.get_by_label("Texte").fill(TEXT)
    button(tab, "Enregistrer").click()
    expect(tab.get_by_role("alert")).to_contain_text("déjà l’adresse d’une page de la plateforme")
    seen(tab)
    tab.locator("[name=slug]").fill("nos-locaux")
    button(tab, "Aperçu").click()
    expect(tab.get_by_text("Aperçu : rien n’est enregistré")).to_be_visible()
    expect(tab.locator("main strong", has_text="ouvertes à tous")).to_be_visible()
    assert not Publication.objects.exists()
    seen(tab)
    button(tab, "Enregistrer").click()
    told(tab, "C’est un brouillon : relisez-le, puis publiez.")
    assert tab.request.get(PAGE).status == 404
    seen(tab)


def publish(tab: Page, seen) -> None:
    link(tab, "Publier").click()
    seen(tab)
    button(tab, "Publier").click()
    told(tab, "C’est fait : publié, ou prévu pour l’heure dite.")
    seen(tab)


def show_then_take_off_a_file(tab: Page, seen, visitor) -> None:
    link(tab, "Ajouter un fichier").click()
    tab.get_by_label("Un fichier").set_input_files(
        {"name": "plan.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    button(tab, "Ajouter").click()
    expect(tab.get_by_role("alert")).to_contain_text("Décrivez l’image")
    seen(tab)
    tab.get_by_label("Un fichier").set_input_files(
        {"name": "plan.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    tab.get_by_label("Ce que montre l’image").fill(SEEN_BY)
    button(tab, "Ajouter").click()
    told(tab, "Le fichier est là, sous le texte.")
    seen(tab)
    expect(visitor(PAGE).get_by_alt_text(SEEN_BY)).to_be_visible()

    link(tab, f"Ôter {SEEN_BY}").click()
    heading(tab, "Ôter «")
    button(tab, "Ôter ce fichier").click()
    expect(tab.get_by_role("alert")).to_be_visible()
    seen(tab)
    tab.get_by_label("Pourquoi").fill(WHY_OFF)
    button(tab, "Ôter ce fichier").click()
    told(tab, "Le fichier est ôté.")
    seen(tab)
    left = visitor(PAGE)
    expect(left.get_by_alt_text(SEEN_BY)).to_have_count(0)
    expect(left.get_by_text(WHY_OFF)).to_be_visible()
    assert FileTakenOff.objects.get().alternative == SEEN_BY


def move(tab: Page, seen) -> None:
    link(tab, "Modifier").click()
    tab.locator("[name=slug]").fill("la-maison")
    tab.get_by_label("Texte").fill(TEXT + "\n\nEt le jeudi.")
    button(tab, "Enregistrer").click()
    told(tab, "C’est enregistré : la version d’avant reste dans la liste.")
    tab.get_by_role("link", name="Version 2").click()
    expect(tab.get_by_text("Et le jeudi.")).to_be_visible()
    seen(tab)


def name_it(tab: Page, seen) -> None:
    tab.goto("/bureau/publications")
    link(tab, "Les menus").click()
    seen(tab)
    tab.get_by_label("Rang dans le pied de chaque page").fill("1")
    button(tab, "Enregistrer").click()
    told(tab, "Les menus sont enregistrés.")
    tab.goto("/bureau/publications")
    link(tab, "La page d’accueil").click()
    tab.get_by_label("Le début d’une page").fill("1")
    button(tab, "Enregistrer").click()
    expect(tab.get_by_role("alert")).to_contain_text("Choisissez la page")
    seen(tab)
    tab.get_by_label("La page dont le début est montré").select_option(label="Nos locaux")
    button(tab, "Enregistrer").click()
    told(tab, "L’accueil est enregistré.")


@pytest.fixture
def aude(db) -> Account:
    return verified_account("aude@val-orbe.example", "Aude")


@pytest.mark.usefixtures("live_clock")
def test_a_councillor_of_the_opposition_publishes_and_an_agent_has_no_hand_in_it(
    live_territory, aude, agent, admin, open_tab, visitor, seen
):
    admin.goto("/bureau")
    link(admin, "Expression de l’opposition").click()
    link(admin, "Nommer un groupe").first.click()
    admin.get_by_label("Nom du groupe").fill("En commun")
    admin.get_by_label("Jour de l’acte qui le constate").fill("2026-02-01")
    admin.get_by_label("Référence de l’acte").fill("Délibération 2026-014")
    admin.get_by_label("Ses membres").fill(live_territory.agent.email)
    button(admin, "Nommer ce groupe").click()
    expect(admin.get_by_role("alert")).to_contain_text("travaille à ce bureau")
    seen(admin)
    admin.get_by_label("Ses membres").fill(aude.email)
    button(admin, "Nommer ce groupe").click()
    told(admin, "Le groupe est nommé")
    seen(admin)

    column = written_by(open_tab(javascript=False, width=360), aude, seen)
    for path in ("/actualites", "/tribunes", f"/tribunes/{column}"):
        page = visitor(path).locator("main")
        expect(page.get_by_text("Notre avis sur le budget").filter(visible=True).first).to_be_visible()

    for tab in (agent, admin):
        for path in (
            f"/bureau/retirer/{column}",
            f"/bureau/publications/{column}",
            f"/bureau/publications/{column}/modifier",
            f"/compte/tribunes/{column}/modifier",
        ):
            assert tab.goto(path).status == 404, path
        tab.goto(f"/tribunes/{column}")
        for act in ("Modifier", "Retirer", "Retirer en public"):
            expect(link(tab, act)).to_have_count(0)
        tab.goto("/bureau/publications")
        expect(tab.get_by_text("Notre avis sur le budget")).to_have_count(0)


def written_by(tab: Page, account: Account, seen) -> str:
    """The code of what she published, and rewrote, from her own account."""
    by_password(tab, account.email)
    tab.goto("/compte")
    link(tab, "Mes tribunes").click()
    heading(tab, "Mes tribunes")
    seen(tab)
    link(tab, "Écrire pour En commun").click()
    tab.get_by_label("Titre").fill("Notre avis sur le budget")
    tab.get_by_label("Texte").fill("Nous aurions fait autrement.")
    seen(tab)
    button(tab, "Enregistrer").click()
    told(tab, "Votre tribune est publiée.")
    heading(tab, "Notre avis sur le budget")
    tab.goto("/compte/tribunes")
    link(tab, "Modifier · Notre avis sur le budget").click()
    tab.get_by_label("Texte").fill("Nous aurions **commencé par les cars**.")
    button(tab, "Enregistrer").click()
    expect(tab.locator("main strong", has_text="commencé par les cars")).to_be_visible()
    expect(tab.get_by_text("Version 2")).to_be_visible()
    seen(tab)
    return str(Publication.objects.get().record.code)


def test_a_process_is_closed_and_its_archives_are_those_that_were_announced(
    live_territory, live_clock, agent, visitor, seen, settings, tmp_path
):
    settings.VAR = tmp_path / "var"
    settings.JOURNAL_PUBLIC_KEY = KEY.public_key().public_bytes_raw().hex()
    whole_course(live_territory)
    live_clock.turn_to(CLOSED)
    finish_stage(stage=live_territory.process.stages.get(step="report"), clock=live_clock)

    agent.goto("/bureau/concertations/bouger")
    link(agent, "Clore la concertation").click()
    heading(agent, "Clore et archiver")
    seen(agent)
    agent.get_by_label("Durée d’utilité administrative, en années").fill("12")
    button(agent, "Clore, et publier le dossier").click()
    told(agent, "La concertation est close.")
    expect(agent.get_by_text("12 ans après la clôture")).to_be_visible()
    expect(agent.get_by_text("Le dossier se prépare")).to_be_visible()
    seen(agent)

    the_worker_works(live_clock)
    page = visitor("/concertations/bouger/archives")
    announced = page.locator("code.hash").inner_text().strip()
    with page.expect_download() as taking:
        page.locator("main").get_by_role("link", name="ZIP").click()
    taken = taking.value.path().read_bytes()
    assert hashlib.sha256(taken).hexdigest() == announced == Package.objects.get().sha256
    told_of_it = Entry.objects.get(kind="package_published")
    assert told_of_it.data["sha256"] == announced
    visitor("/concertations/bouger/bilan")


def the_worker_works(clock) -> None:
    while sequence_once():
        pass
    sign_now(Signer("journal.example", KEY), clock.now())
    assert make_packages(clock) == 1
