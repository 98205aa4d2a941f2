"""Arabic and Hebrew on what is printed: every letter drawn, from the right to the left, French names and codes kept."""

import re
import unicodedata

import pytest

from democratic.thread.models import Wording
from democratic.web.charts.slots import CannotDraw
from democratic.web.kits.all_kits import KITS
from democratic.web.kits.unread import undrawn
from pdf_files import fonts_of, needs_poppler, objects_of, pages_of, picture_of, words_of

ARABIC = "كيف تعودون إلى بيوتكم مساءً من شارع Rue de l’Étang رقم 12، بدون سيارة؟"
HEBREW = "כמה זמן אתם מחכים לאוטובוס ברחוב Rue de l’Étang?"
PERSIAN = "شب‌ها چگونه به خانه برمی‌گردید؟"  # with joins that are broken on purpose (U+200C)
ASKED = {"ar": ARABIC, "he": HEBREW, "fa": PERSIAN}
OTHERS = {"Vazirmatn-Regular", "Vazirmatn-SemiBold", "NotoSansHebrew-Regular", "NotoSansHebrew-SemiBold"}
QUESTION_SHEETS = [kit.key for kit in KITS if kit.key != "information"]


def ask(territory, language, text=""):
    asked = Wording.objects.filter(record=territory.process.record)
    asked.update(language=language, title="Bouger", text=text or ASKED[language])


def title_of(pdf):
    """The runs that are set in the largest letters."""
    runs = pages_of(pdf)[0].runs
    largest = max(run.size for run in runs)
    return [run for run in runs if run.size == largest]


def letters_of(text):
    return {sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) == "Lo"}


@pytest.mark.parametrize("language", ASKED)
@pytest.mark.parametrize("key", QUESTION_SHEETS)
def test_every_letter_is_drawn_and_can_be_read_back(kit_of, territory, key, language):
    ask(territory, language)
    pdf = kit_of(key)
    assert [page.boxes for page in pages_of(pdf)] == [0] * len(pages_of(pdf))
    said = words_of(pdf)
    assert "…" not in said
    assert letters_of(ASKED[language]) <= letters_of(said)
    assert fonts_of(pdf) & OTHERS
    assert f"/Lang({language})".encode() in objects_of(pdf)


def test_a_letter_that_no_font_draws_is_refused_rather_than_printed_as_a_box(kit_of, territory, monkeypatch):
    ask(territory, "ja", "何ですか")
    monkeypatch.setattr("democratic.web.kits.making.printable_in", lambda data: data)
    with pytest.raises(CannotDraw):
        kit_of("affiche-a4")


@pytest.mark.parametrize("language", ["ar", "he"])
def test_such_a_title_begins_at_the_right_and_a_french_name_in_it_keeps_its_order(
    kit_of, territory, language
):
    ask(territory, language)
    title = title_of(kit_of("affiche-a4"))
    edge = 210 / 25.4 * 72 - 15 / 25.4 * 72
    lines = {round(run.y) for run in title}
    for line in lines:
        assert max(run.end for run in title if round(run.y) == line) == pytest.approx(edge, abs=2)
    assert "Rue de l’Étang" in " ".join(run.text for run in title)
    first = next(word for word in re.findall(r"\w+", ASKED[language]))
    top = max(title, key=lambda run: (run.y, run.end))
    assert letters_of(top.text) <= letters_of(first)  # its first word stands first, at the right


def test_the_address_and_the_code_are_read_from_the_left_beside_them(kit_of, territory):
    ask(territory, "ar")
    assert f"127.0.0.1:8000/{territory.process.record.code}" in words_of(kit_of("affiche-a4"))


def test_arabic_words_in_a_french_question_leave_it_at_the_left(kit_of, territory):
    ask(territory, "fr", "Que veut dire « أهلاً » à la gare ?")
    title = title_of(kit_of("affiche-a4"))
    top = min((run for run in title if run.y == max(each.y for each in title)), key=lambda run: run.x)
    assert top.text.startswith("Que veut")
    assert top.x == pytest.approx(15 / 25.4 * 72, abs=2)


@needs_poppler
def test_the_poster_has_as_much_ink_at_its_right_as_a_french_one_at_its_left(kit_of, territory):
    ask(territory, "ar", "أين؟")
    picture = picture_of(kit_of("affiche-a4"), dots=50).convert("L")
    band = picture.crop((0, round(picture.height * 0.14), picture.width, round(picture.height * 0.45)))
    middle = band.width // 2
    dark = [
        sum(side.histogram()[:100])
        for side in (band.crop((0, 0, middle, band.height)), band.crop((middle, 0, band.width, band.height)))
    ]
    assert dark[1] > 20 * max(dark[0], 1)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Як ви повертаєтесь?", "cyrillique"),
        ("何ですか", "chinois, japonais"),
        ("Πώς;", "grec"),
        ("ⴰⵣⵓⵍ", "tifinagh"),
        ("ᐃᓄᒃ", "une autre écriture"),
    ],
)
def test_a_script_that_no_font_draws_is_named_before_anyone_prints(text, named):
    assert f": {named}." in undrawn(text).replace("\u00a0", " ")


@pytest.mark.parametrize("text", [ARABIC, HEBREW, PERSIAN, "Où dormir à Constanța ? 😀 …", ""])
def test_nothing_is_said_of_words_that_are_printed(text):
    assert undrawn(text) == ""


def test_the_page_that_prints_says_it(territory, client):
    client.force_login(territory.agent)
    page = "/bureau/concertations/bouger/imprimer"
    assert "Nos polices" not in client.get(page).content.decode()
    ask(territory, "uk", "Як ви повертаєтесь додому?")
    assert "cyrillique" in client.get(page).content.decode()
