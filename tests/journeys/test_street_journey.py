"""Karim, in the street with a phone and no network: what he is told is kept, then received, each with its number."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from closing_door import Door
from democratic.participation.street.models import ReservedCode, StreetCapture, StreetFile
from in_the_street import QUESTION, planned
from pictures import picture
from street_phone import CODE, Phone

pytestmark = [pytest.mark.browser]

# What a finger does, and not what a test does in its place.
TAPS = "window.taps = 0; addEventListener('click', event => { window.taps += event.isTrusted && event.detail > 0 }, true)"


@pytest.fixture
def door(live_server):
    parts = urlsplit(live_server.url)
    door = Door((parts.hostname, parts.port))
    yield door
    door.close()


@pytest.fixture
def phone(chromium, door, live_territory, live_clock, tmp_path):
    planned(live_territory, with_poll=True)
    phone = Phone(chromium, door.url, tmp_path / "phone")
    yield phone
    phone.kill()  # before the tables are emptied under what it sends
    assert phone.wrong == []


def test_karim_works_all_afternoon_without_network_and_everything_arrives(phone, door, live_territory):
    at_the_office_he_prepares_his_phone(phone, live_territory)
    door.close()
    on_site_it_opens_without_network(phone)
    first = a_word_takes_three_taps(phone)
    another_brings_a_sticker_of_before(phone)
    a_child_gives_one_tap_and_nothing_else(phone)
    someone_speaks_and_is_recorded(phone)
    passers_by_answer_on_the_phone_turned_round(phone)
    stickers_are_counted_the_wall_is_photographed_someone_declines(phone)
    he_ends_and_is_told_that_nothing_left(phone)
    door.open()
    all_is_received_and_the_one_that_is_wrong_is_corrected(phone, first)
    he_leaves_with_an_empty_phone(phone)


def at_the_office_he_prepares_his_phone(phone, territory):
    phone.start()
    phone.looked_at()
    expect(phone.screen("sessions")).to_contain_text("Se connecter")
    phone.sign_in(territory.agent)
    phone.start()
    expect(phone.screen("sessions")).to_contain_text("Place de la Gare")
    phone.looked_at()
    phone.button("Préparer hors ligne").click()
    phone.looked_at()
    phone.tab.get_by_label("Code : six chiffres au moins").fill(CODE)
    phone.tab.get_by_label("Encore une fois").fill("1234")
    phone.button("Garder ce code").click()
    expect(phone.screen("code")).to_contain_text("Les deux codes ne sont pas les mêmes.")
    phone.tab.get_by_label("Encore une fois").fill(CODE)
    phone.button("Garder ce code").click()
    phone.button("Préparer hors ligne").click()
    ready = phone.tab.get_by_text("prêt hors ligne ✓")
    expect(ready).to_contain_text("Mo, stockage")
    is_protected = phone.tab.evaluate("navigator.storage.persisted()")
    expect(ready).to_contain_text("stockage protégé ✓" if is_protected else "stockage non protégé")
    phone.looked_at()
    assert ReservedCode.objects.count() == 100


def on_site_it_opens_without_network(phone):
    phone.unlock()
    phone.button("Ouvrir").click()
    expect(phone.screen("accueil")).to_contain_text(QUESTION)
    phone.looked_at()
    phone.button("Démarrer").click()
    phone.looked_at()


def a_word_takes_three_taps(phone):
    phone.tab.evaluate(TAPS)
    phone.button("18-25 ans").click()
    phone.tab.locator("#quote-text").focus()
    phone.tab.keyboard.type("Le dernier bus part à dix-neuf heures.")
    phone.screen("parole").locator("[name=consent]").click()
    phone.looked_at()
    phone.button("Garder").click()
    code = phone.screen("gardee").locator("[data-code]").inner_text()
    assert phone.tab.evaluate("window.taps") == 3
    phone.counter("1 prête")
    phone.looked_at()
    return code


def another_brings_a_sticker_of_before(phone):
    """Its code is of another block: only the server knows that."""
    phone.screen("gardee").get_by_role("button", name="65 ans et plus").click()
    phone.tab.locator("#quote-text").fill("Un banc devant la gare.")
    phone.tab.get_by_text("Code de l’autocollant").click()
    phone.tab.get_by_label("Autocollant déjà imprimé : son code").fill("wwwwwww")
    phone.button("Garder").click()
    expect(phone.screen("parole").get_by_role("alert")).to_contain_text("Lisez la phrase à voix haute")
    phone.screen("parole").locator("[name=consent]").check()
    phone.button("Garder").click()
    expect(phone.screen("gardee")).to_contain_text("WWW-WWWW")


def a_child_gives_one_tap_and_nothing_else(phone):
    phone.screen("gardee").get_by_role("button", name="Moins de 15 ans").click()
    expect(phone.screen("parole")).to_contain_text("rien de ce qui est dit n’est gardé")
    for what in ("#quote-text", "#quote-name", "[data-voice]", "[data-photo]", "[name=consent]"):
        expect(phone.screen("parole").locator(what)).to_be_hidden()
    phone.looked_at()
    phone.screen("parole").get_by_role("link", name="Question rapide").click()
    expect(phone.screen("question").locator("[name=tap_band]:checked")).to_have_value("under_15")
    phone.looked_at()
    option = phone.screen("question").locator("[data-options] button").first
    option.dblclick()  # a finger that trembles
    phone.counter("3 prêtes")
    phone.screen("question").get_by_role("link", name="Retour").click()


def someone_speaks_and_is_recorded(phone):
    phone.button("26-64 ans").click()
    phone.tab.locator("#quote-text").fill("Elle raconte ses trajets de nuit.")
    phone.button("Enregistrer la voix").click()
    phone.button("Arrêter").wait_for()
    phone.tab.wait_for_timeout(700)
    phone.button("Arrêter").click()
    expect(phone.screen("parole").locator("audio")).to_have_count(1)
    phone.looked_at()
    phone.screen("parole").locator("[name=consent]").check()
    phone.button("Garder").click()
    phone.screen("gardee").get_by_role("link", name="Retour au rendez-vous").click()
    phone.counter("4 prêtes")


def passers_by_answer_on_the_phone_turned_round(phone):
    phone.go("question")
    phone.screen("question").get_by_role("link", name="Tourner l’écran").click()
    kiosk = phone.screen("borne")
    kiosk.locator("[data-kiosk-options] button").nth(1).click()
    expect(kiosk).to_contain_text("Quel âge avez-vous ?")
    phone.looked_at()
    kiosk.get_by_role("button", name="15-17 ans").click()
    expect(kiosk).to_contain_text("Merci. Votre réponse compte.")
    phone.looked_at()
    kiosk.get_by_role("button", name="Personne suivante").click()
    phone.looked_at()
    phone.tab.go_back()
    expect(kiosk.get_by_text("Reprendre le téléphone")).to_be_visible()
    kiosk.get_by_text("Reprendre le téléphone").click()
    kiosk.get_by_label("Code de cet appareil").fill("111111")
    phone.button("Déverrouiller").click()
    expect(kiosk.get_by_role("alert")).to_contain_text("Ce n’est pas le code")
    phone.looked_at()
    kiosk.get_by_label("Code de cet appareil").fill(CODE)
    phone.button("Déverrouiller").click()
    phone.screen("question").wait_for()
    phone.counter("5 prêtes")


def stickers_are_counted_the_wall_is_photographed_someone_declines(phone):
    phone.go("gommettes")
    phone.looked_at()
    phone.screen("gommettes").locator("input").first.fill("12")
    phone.button("Garder ce compte").click()
    phone.screen("accueil").wait_for()
    phone.go("mur")
    taken = {"name": "mur.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    phone.screen("mur").locator("[data-photo]").set_input_files(taken)
    phone.tab.get_by_label("Ce qu’on y voit, en une phrase").fill("Douze cartes sur un fil.")
    phone.screen("mur").locator("[data-preview]").wait_for()
    phone.button("Garder la photo").click()
    phone.screen("accueil").wait_for()
    phone.button("A refusé").click()
    expect(phone.screen("accueil")).to_contain_text("Noté : 1 refus.")
    phone.looked_at()
    phone.go("engagement")
    phone.looked_at()
    phone.tab.get_by_label("Qui s’engage").select_option(index=1)
    phone.tab.get_by_label("À quoi").fill("Je demande un bus de nuit à la Région.")
    phone.tab.get_by_label("Pour quand").fill("2026-09-30")
    phone.tab.get_by_label("Je signe de mon nom").fill("Odile Vasseur-Thiry")
    phone.screen("engagement").locator("[data-pad]").scroll_into_view_if_needed()
    pad = phone.screen("engagement").locator("[data-pad]").bounding_box()
    phone.tab.mouse.move(pad["x"] + 20, pad["y"] + 20)
    phone.tab.mouse.down()
    phone.tab.mouse.move(pad["x"] + 90, pad["y"] + 60, steps=5)
    phone.tab.mouse.up()
    phone.screen("engagement").locator("[name=agreed]").check()
    phone.button("Garder l’engagement").click()
    phone.screen("accueil").wait_for()
    phone.counter("9 prêtes")


def he_ends_and_is_told_that_nothing_left(phone):
    phone.go("terminer")
    expect(phone.screen("terminer")).to_contain_text(
        "3 paroles, 2 réponses, 1 photo. Rien n’est encore envoyé."
    )
    phone.looked_at()
    phone.tab.get_by_label("Le temps qu’il faisait").fill("Grand froid")
    phone.button("Terminer le rendez-vous").click()
    phone.screen("envois").wait_for()
    phone.counter("10 prêtes")
    phone.looked_at()


def all_is_received_and_the_one_that_is_wrong_is_corrected(phone, first):
    phone.send()
    phone.counter("1 à corriger")
    assert StreetCapture.objects.filter(state=StreetCapture.State.RECEIVED).count() == 9
    expect(phone.screen("envois")).to_contain_text("Reçu, n° R-")
    row = phone.screen("envois").locator("li[data-state=to_correct]")
    expect(row).to_contain_text("Ce numéro n’est pas réservé à cet appareil")
    row.get_by_role("link", name="Modifier").click()
    phone.looked_at()
    phone.tab.get_by_label("Autocollant déjà imprimé : son code").fill("")
    phone.button("Garder").click()
    phone.screen("gardee").wait_for()
    phone.send()
    phone.counter("10 reçues")
    expect(phone.screen("envois").get_by_text("Tout est reçu.")).to_be_visible()
    phone.looked_at()
    kept = StreetCapture.objects.filter(state=StreetCapture.State.RECEIVED)
    assert kept.count() == StreetCapture.objects.count() == 10
    assert sorted(StreetFile.objects.values_list("file__content_type", flat=True)) == [
        "audio/webm",
        "image/jpeg",
        "image/jpeg",
    ]
    assert kept.get(code=first).payload["text"] == "Le dernier bus part à dix-neuf heures."
    assert set(kept.filter(kind="tap").values_list("payload__age_band", flat=True)) == {"under_15", "15_17"}


def he_leaves_with_an_empty_phone(phone):
    phone.go("quitter")
    expect(phone.screen("quitter")).to_contain_text("Tout ce que cet appareil gardait est reçu.")
    phone.looked_at()
    phone.button("Effacer de cet appareil").click()
    phone.button("Oui, tout effacer").click()
    expect(phone.screen("efface")).to_contain_text("Tout ce qu’il gardait est effacé.")
    phone.looked_at()


def test_it_speaks_english_too(chromium, door, live_territory, live_clock, tmp_path):
    """The page and its screens; what the desk wrote stays in its language."""
    planned(live_territory, with_poll=True)
    phone = Phone(chromium, door.url, tmp_path / "phone")
    try:
        phone.sign_in(live_territory.agent)
        phone.tab.goto("/en/terrain")
        phone.tab.get_by_role("button", name="Prepare for offline").click()
        phone.tab.get_by_label("Code: six digits at least").fill(CODE)
        phone.tab.get_by_label("Once more").fill(CODE)
        phone.tab.get_by_role("button", name="Keep this code").click()
        phone.tab.get_by_role("button", name="Prepare for offline").click()
        expect(phone.tab.get_by_text("ready offline ✓")).to_be_visible()
        door.close()
        phone.tab.reload()
        phone.tab.get_by_label("Code of this device").first.fill(CODE)
        phone.button("Open").click()
        phone.screen("sessions").wait_for()
        phone.button("Open").click()
        phone.tab.get_by_role("button", name="Start", exact=True).click()
        phone.looked_at()
        assert phone.wrong == []
    finally:
        phone.kill()
