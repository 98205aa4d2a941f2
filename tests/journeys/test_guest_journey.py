"""A guest: no account, a phone. She says a sentence, finds it again by its code, takes it back by its key."""

import re
import time
from datetime import date

import pytest
from playwright.sync_api import Locator, Page, expect
from walking import Way, button, focused, heading, link, tab_onto, tab_to, told

from democratic.people.models import ContactAddress
from democratic.thread.models import Follow, Record

pytestmark = [pytest.mark.browser]

CODE = re.compile(r"[3-9A-Z]{3}-[3-9A-Z]{3,4}")
KEY = re.compile(r"[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}")
WORDS = "Le dernier bus part à 18 h 50. Après, c’est ma mère ou rien."
CLOSED = date(2026, 6, 1)
SAY = "/concertations/bouger/dire"


class Counted:
    """What a person does with her hands, and the pages that it shows her."""

    def __init__(self, tab: Page) -> None:
        self.gestures, self.pages, self.began = 0, 0, time.monotonic()
        tab.on("framenavigated", self._moved)

    def _moved(self, frame) -> None:
        if frame.parent_frame is None:
            self.pages += 1

    def tap(self, place: Locator) -> None:
        self.gestures += 1
        place.click()

    def type(self, place: Locator, words: str) -> None:
        self.gestures += 1
        place.fill(words)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


def said() -> Record:
    return Record.objects.get(kind="idea")


def read_ticket(tab: Page) -> tuple[str, str]:
    """What a person copies from her confirmation: the code, and the key that is shown once."""
    code = tab.locator(".ticket__code").inner_text().strip()
    key = tab.locator("#secret").inner_text().strip()
    assert CODE.fullmatch(code), code
    assert KEY.fullmatch(key), key
    return code, key


def use_key(tab: Page, way: Way, key: str) -> None:
    tab.goto(way.at("/retrouver"))
    tab.get_by_label(way("Votre clé"), exact=True).fill(key)
    button(tab, way("Utiliser ma clé")).click()


def test_a_sentence_is_said_found_again_and_taken_back(
    live_territory, live_clock, open_phone, seen, way, record_property
):
    tab = open_phone()
    say_one_sentence(tab, way, seen, record_property)
    code, key = read_ticket(tab)
    read_what_comes_next(tab, way)
    other = open_phone()  # another phone, where nothing is known of her: the code, then the key, are enough
    find_by_code(other, way, seen, code)
    a_wrong_key_opens_nothing(other, way)
    take_back(other, way, seen, key)
    nothing_is_left_but_a_line(other, way, seen, code, key)
    tab.reload()  # the confirmation that is still open on her first phone
    heading(tab, way("Cette parole n’est plus publiée"))
    expect(tab.locator("body")).not_to_contain_text("Après, c’est ma mère")


def say_one_sentence(tab: Page, way: Way, seen, record_property) -> None:
    """From the home page: two pages, three gestures, and nothing asked of who she is.

    The thirty seconds are a person's: how long the machine took is written down, not judged.
    """
    tab.goto(way.at("/"))
    seen(tab)
    hand = Counted(tab)
    hand.tap(link(tab, "Comment rentrer le soir sans voiture ?"))
    heading(tab, way("Dites-le dans vos mots"))
    hand.type(tab.get_by_label(way("Ce que vous voulez dire")), WORDS)
    hand.tap(button(tab, way("Envoyer")))
    heading(tab, way("Merci. On vous doit une réponse."))
    record_property("seconds_of_the_machine", round(hand.seconds, 2))
    assert hand.pages <= 2
    assert hand.gestures <= 3
    assert said().wording.text == WORDS
    assert said().byline == ""
    assert said().wording.language == way.language
    seen(tab)


def read_what_comes_next(tab: Page, way: Way) -> None:
    ticket = tab.locator(".ticket")
    expect(ticket).to_contain_text("Après, c’est ma mère ou rien.")
    expect(ticket).to_contain_text(way("Réponse due avant le"))
    expect(ticket).to_contain_text("Odile Vasseur-Thiry")
    expect(tab.get_by_role("heading", name=way("Et maintenant ?"))).to_be_visible()
    steps = tab.locator(".steps > li")
    expect(steps).to_have_count(4)
    expect(steps.nth(1)).to_contain_text(way("Dès le 29 mars"))
    expect(steps.nth(2)).to_contain_text(way("Avant le 12 juin 2026"))
    expect(steps.nth(2)).to_contain_text("Odile Vasseur-Thiry")


def find_by_code(tab: Page, way: Way, seen, code: str) -> None:
    """From the foot of any page, the code typed as one types on a phone: no capitals, no dash."""
    tab.goto(way.at("/"))
    tab.get_by_role("contentinfo").get_by_role("link", name=way("Retrouver ma contribution")).click()
    heading(tab, way("Retrouver ma parole"))
    seen(tab)
    box = tab.get_by_label(way("Le code de votre confirmation"))
    box.fill("K7P-4RM")
    button(tab, way("Suivre le fil")).click()
    expect(tab.get_by_role("alert")).to_be_visible()
    expect(box).to_have_value("K7P-4RM")
    box.fill(code.lower().replace("-", ""))
    button(tab, way("Suivre le fil")).click()
    heading(tab, "Le dernier bus part à 18 h 50.")
    assert tab.url.endswith(way.at(f"/fil/{code}"))
    expect(tab.get_by_text("Odile Vasseur-Thiry").first).to_be_visible()
    expect(button(tab, way("Retirer, pour de bon"))).to_have_count(0)  # a code locates, and does nothing else
    seen(tab)
    tab.goto(way.at(f"/{code}"))  # what the ticket says, typed in the address bar
    heading(tab, "Le dernier bus part à 18 h 50.")
    seen(tab)


def a_wrong_key_opens_nothing(tab: Page, way: Way) -> None:
    use_key(tab, way, "AAAAA-BBBBB-CCCCC")
    expect(tab.get_by_role("alert")).to_contain_text(way("Cette clé n’ouvre rien."))
    expect(tab.get_by_label(way("Votre clé"), exact=True)).to_have_value("AAAAA-BBBBB-CCCCC")
    assert said().visibility == "public"


def take_back(tab: Page, way: Way, seen, key: str) -> None:
    use_key(tab, way, key)
    heading(tab, way("Votre clé ouvre cette parole"))
    expect(tab.locator("main")).to_contain_text("Après, c’est ma mère ou rien.")
    seen(tab)
    button(tab, way("Retirer cette parole")).click()
    heading(tab, way("Retirer cette parole"))
    seen(tab)
    assert said().visibility == "public"  # two pages were read, and nothing was done yet
    button(tab, way("Retirer, pour de bon")).click()
    told(tab, way("C’est retiré. Une ligne publique reste, sans vos mots."))
    seen(tab)


def nothing_is_left_but_a_line(tab: Page, way: Way, seen, code: str, key: str) -> None:
    use_key(tab, way, key)  # one use
    expect(tab.get_by_role("alert")).to_contain_text(way("Cette clé n’ouvre rien."))
    assert tab.goto(way.at(f"/idees/{code}")).status == 410
    heading(tab, way("Cette parole n’est plus publiée"))
    expect(tab.locator("main")).to_contain_text(code)
    seen(tab)
    for path in (f"/idees/{code}", f"/fil/{code}", "/concertations/bouger/idees", "/recherche?q=dernier+bus"):
        tab.goto(way.at(path))
        expect(tab.locator("body")).not_to_contain_text("Après, c’est ma mère")


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(live_territory, live_clock, open_phone, seen, way):
    tab = open_phone()
    tab.goto(way.at(SAY))
    fields = {
        "Où ?": "Vaubrun",
        "Comment vous nommer": "Lina, 17 ans",
        "Votre e-mail, pour avoir la réponse": "lina@",
    }
    tab.get_by_label(way("Votre âge")).select_option("18_25")
    for name, words in fields.items():
        tab.get_by_label(way(name)).fill(words)
    button(tab, way("Envoyer")).click()
    kept_with(tab, way, fields, "Écrivez ce que vous voulez dire : une phrase suffit.")
    seen(tab)
    fields["Ce que vous voulez dire"] = WORDS
    tab.get_by_label(way("Ce que vous voulez dire")).fill(WORDS)
    button(tab, way("Envoyer")).click()
    kept_with(tab, way, fields, "Cette adresse n’est pas complète.")
    seen(tab)
    assert not Record.objects.filter(kind="idea").exists()
    live_clock.turn_to(CLOSED)  # she comes back to her open page when the stage is over
    tab.get_by_label(way("Votre e-mail, pour avoir la réponse")).fill("")
    button(tab, way("Envoyer")).click()
    expect(tab.get_by_label(way("Ce que vous aviez écrit n’a pas été envoyé."))).to_have_value(WORDS)
    seen(tab)
    assert not Record.objects.filter(kind="idea").exists()


def kept_with(tab: Page, way: Way, fields: dict[str, str], message: str) -> None:
    alert = tab.get_by_role("alert")
    expect(alert).to_contain_text(way(message))
    expect(tab.get_by_label(way("Votre âge"))).to_have_value("18_25")
    for name, value in fields.items():
        expect(tab.get_by_label(way(name)).first).to_have_value(value)
    # A field that was mended is no longer where the page opens: what is wrong now is read first.
    assert tab.url.endswith(way.at(SAY))
    if way.javascript:
        focused(alert)
    alert.get_by_role("link").first.click()  # each line leads to its field
    expect(tab.locator(":target")).to_have_attribute("aria-invalid", "true")


def test_before_15_the_words_alone_are_kept_and_she_is_told(
    live_territory, live_clock, open_phone, seen, way
):
    tab = open_phone()
    tab.goto(way.at(SAY))
    tab.get_by_label(way("Ce que vous voulez dire")).fill(WORDS)
    name, email = (
        tab.get_by_label(way(label))
        for label in ("Comment vous nommer", "Votre e-mail, pour avoir la réponse")
    )
    expect(name).to_be_hidden()  # nothing is asked of someone who did not say that she is old enough
    tab.get_by_label(way("Votre âge")).select_option(label=way("15-17 ans"))
    name.fill("Théo")
    email.fill("theo@exemple.fr")
    tab.get_by_label(way("Votre âge")).select_option(label=way("Moins de 15 ans"))  # on second thoughts
    expect(email).to_be_hidden()
    button(tab, way("Envoyer")).click()
    told(tab, way("Vos mots sont publiés seuls"))
    expect(tab.get_by_label(way("Votre e-mail"))).to_have_count(0)
    seen(tab)
    assert said().byline == ""
    assert not ContactAddress.objects.exists()
    assert not Follow.objects.exists()


def test_a_wrong_tap_loses_nothing_and_what_was_sent_is_forgotten(live_territory, live_clock, open_tab):
    tab = open_tab(width=360)
    way = Way()
    tab.goto(SAY)
    tab.get_by_label("Ce que vous voulez dire").press_sequentially("Un bus de nuit")
    tab.goto("/agenda")
    tab.goto(SAY)
    expect(tab.get_by_label("Ce que vous voulez dire")).to_have_value("Un bus de nuit")
    button(tab, "Envoyer").click()
    heading(tab, way("Merci. On vous doit une réponse."))
    tab.goto(SAY)
    expect(tab.get_by_label("Ce que vous voulez dire")).to_have_value("")


@pytest.mark.parametrize("way", [Way("fr"), Way("en")], ids=str)
def test_the_keyboard_alone_is_enough(live_territory, live_clock, open_phone, seen, way):
    """Home, form, one mistake, confirmation, thread: Tab, letters, Enter, and always somewhere to be."""
    tab = open_phone()
    tab.goto(way.at("/"))
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")  # the first stop skips the menu
    focused(tab.locator("#contenu"))
    tab_onto(tab, link(tab, "Comment rentrer le soir sans voiture ?"))
    assert_focus_shows(tab)
    tab.keyboard.press("Enter")
    heading(tab, way("Dites-le dans vos mots"))
    tab_to(tab, "age_band")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    tab_onto(tab, button(tab, way("Envoyer")))
    assert_focus_shows(tab)
    tab.keyboard.press("Space")
    focused(tab.get_by_role("alert"))  # sent empty: what is missing is read first
    tab_onto(tab, tab.get_by_role("alert").get_by_role("link"), presses=1)
    tab.keyboard.press("Enter")
    field = tab.get_by_label(way("Ce que vous voulez dire"))
    focused(field)
    expect(tab.get_by_label(way("Votre âge"))).to_have_value("15_17")
    tab.keyboard.type("Un bus de nuit")
    tab_onto(tab, button(tab, way("Envoyer")), presses=5)
    tab.keyboard.press("Enter")
    heading(tab, way("Merci. On vous doit une réponse."))
    tab_onto(tab, link(tab, way("Suivre le fil de votre parole")))
    assert_focus_shows(tab)
    tab.keyboard.press("Enter")
    heading(tab, "Un bus de nuit")
    seen(tab)


def assert_focus_shows(tab: Page) -> None:
    """What has the focus is in the window, not under the bottom bar, and drawn: by itself, or by its card."""
    drawn = tab.evaluate(
        """() => {
          const place = document.activeElement, box = place.getBoundingClientRect();
          const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          const outlined = (node) => {
            const style = getComputedStyle(node);
            return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
          };
          return {inside: box.top >= 0 && box.bottom <= innerHeight,
                  above: !!on && (place.contains(on) || on.contains(place)),
                  drawn: [place, place.closest(".card")].some((node) => node && outlined(node))};
        }"""
    )
    assert drawn == {"inside": True, "above": True, "drawn": True}, tab.url
