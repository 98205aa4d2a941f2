"""How the journeys write the minutes of a meeting, have them corrected, and approve them."""

from playwright.sync_api import Page, expect
from walking import heading


def write(tab: Page, passage: int, text: str) -> None:
    place = tab.locator(f"#passage-{passage}")
    place.get_by_label("Ce qui est écrit").fill(text)
    place.get_by_role("button", name="Garder").click()
    expect(place.get_by_label("Ce qui est écrit")).to_have_value(text)


def tell_the_essential(tab: Page, text: str) -> None:
    tab.locator("#id_catch_up").fill(text)
    tab.locator("form:has(#id_catch_up)").get_by_role("button", name="Garder").click()
    tab.get_by_role("button", name="Publier l’essentiel").click()
    heading(tab, "Rattraper en deux minutes")


def propose(tab: Page, here: str) -> None:
    tab.goto(f"{here}/compte-rendu/ecrire")
    tab.get_by_label("Jours pour relire").fill("3")
    tab.get_by_role("button", name="Proposer à relecture").click()
    expect(tab.locator("main")).to_contain_text("Proposé à relecture")


def ask_for_a_correction(tab: Page, here: str, seen, *, to: str = "C’était 23 h.") -> None:
    tab.goto(f"{here}/compte-rendu")
    seen(tab)
    tab.locator("#passage-1").get_by_role("link", name="Corriger").click()
    heading(tab, "Demander une correction")
    tab.get_by_label("Ce qu’il faudrait écrire").fill(to)
    seen(tab)
    tab.get_by_role("button", name="Demander cette correction").click()
    expect(tab.locator("main")).to_contain_text("Vos demandes")


def take_it_in_a_second_version(
    tab: Page, here: str, seen, *, text: str = "Le dernier bus part à 23 h."
) -> None:
    tab.goto(f"{here}/compte-rendu/corrections")
    seen(tab)
    tab.get_by_label("La raison, publique").fill("L’enregistrement le dit.")
    tab.get_by_role("button", name="Retenir", exact=True).click()
    write(tab, 1, text)
    propose(tab, here)


def approve(tab: Page, here: str) -> None:
    tab.goto(f"{here}/compte-rendu/ecrire")
    tab.get_by_role("button", name="Approuver le compte rendu").click()
    expect(tab.locator("main")).to_contain_text("il est définitif")
