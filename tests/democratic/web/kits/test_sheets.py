"""Each kit as the program composes it in fact: tagged, in black, with people's words as they are."""

import re
from datetime import date
from itertools import pairwise

import pytest
from django.utils.translation import override

from democratic.communities.models import Controller
from democratic.participation.processes.queries import get_process_for
from democratic.people.models import AgeBand
from democratic.thread.models import Wording
from democratic.web.drawings import qr_path
from democratic.web.kits.all_kits import KITS
from democratic.web.kits.told import QUIET, told_of
from pdf_files import fonts_of, needs_poppler, objects, objects_of, pages_of, picture_of, words_of

KEYS = [kit.key for kit in KITS]
HOSTILE = '#import "/etc/passwd": * ] } $x$ *gras* _it_ @ref <b> `raw` \\ // #eval(read("/etc/hosts")) ='
OURS = {"YoungSerif-Regular", "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-SemiBold"}


def ask(territory, text, title="Bouger"):
    """The process asks this, written behind the back of its actions."""
    Wording.objects.filter(record=territory.process.record).update(title=title, text=text)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kit_is_a_tagged_pdf_that_says_its_language_and_its_title(kit_of, key, language):
    with override(language):
        told = objects_of(kit_of(key))
    assert b"/StructTreeRoot" in told
    assert b"<pdfuaid:part>1</pdfuaid:part>" in told
    assert f"/Lang({language})".encode() in told
    assert b"/DisplayDocTitletrue" in told
    assert b"<dc:title>" in told
    assert b"/S/H1" in told


@pytest.mark.parametrize("key", [key for key in KEYS if key != "pointage"])
def test_the_code_to_scan_says_where_it_leads(kit_of, territory, key):
    told = objects_of(kit_of(key))
    assert b"/Figure" in told
    assert b"/Alt" in told


PALEST = 7  # : 1 on white paper, as WCAG asks at its highest level (1.4.6)


def contrast_of(grey):
    """On white, by WCAG: of a level between 0, black, and 1."""
    linear = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
    return 1.05 / (linear + 0.05)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_ink_is_a_grey_that_stands_out_on_white(kit_of, key, language):
    with override(language):
        inks = {ink for page in pages_of(kit_of(key)) for ink in page.colours}
    assert {len(ink) for ink in inks} == {1}  # one number: a level of grey, in every drawing and every word
    assert [ink for (ink,) in inks if ink < 1 and contrast_of(ink) < PALEST] == []


@pytest.mark.parametrize("key", KEYS)
def test_every_word_and_mark_is_tagged_and_every_figure_is_described(kit_of, key):
    pdf = kit_of(key)
    assert sum(len(page.runs) for page in pages_of(pdf)) > 10
    assert [page.outside_tags for page in pages_of(pdf)] == [0] * len(pages_of(pdf))
    elements = [said for said in objects(pdf).values() if b"/Type/StructElem" in said]
    assert [said for said in elements if b"/S/Figure" in said and b"/Alt" not in said] == []
    levels = [int(said[1]) for each in elements for said in re.finditer(rb"/S/H(\d)", each)]
    assert levels[:1] == [1]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_same_words_make_the_same_file_to_the_byte(kit_of):
    assert kit_of("affiche-a4") == kit_of("affiche-a4")


@pytest.mark.parametrize("key", KEYS)
def test_only_our_fonts_are_in_it(kit_of, key):
    assert set(fonts_of(kit_of(key))) <= OURS


@needs_poppler
@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_told_by_a_colour_and_no_mark_is_too_pale_for_a_copier(kit_of, key):
    picture = picture_of(kit_of(key), dots=100).convert("RGB")
    red, green, blue = (channel.tobytes() for channel in picture.split())
    assert red == green == blue
    levels = picture.convert("L").histogram()
    dark, pale = sum(levels[:70]), sum(levels[100:230])
    assert dark > 2000  # there is ink
    assert pale < dark  # what lies between is the edge of letters, no grey that would vanish


def test_the_poster_says_the_question_the_address_who_answers_and_when(kit_of, territory):
    said = words_of(kit_of("affiche-a3"))
    for expected in (
        "Comment rentrer le soir sans voiture ?",
        f"127.0.0.1:8000/{territory.process.record.code}",
        "Avant le 12 juin 2026",
        "chaque parole reçoit une réponse",
        "Qui demande : L’assemblée départementale.",
        "Odile Vasseur-Thiry",
    ):
        assert expected in said


@needs_poppler
def test_a_phone_reads_on_the_poster_the_very_code_of_its_address(kit_of, territory):
    dots, address = 300, f"http://127.0.0.1:8000/{territory.process.record.code}"
    picture = picture_of(kit_of("affiche-a4"), dots=dots).convert("L")
    point = dots / 25.4
    path, side = qr_path(address)
    module = 58 * point / (side + 2 * QUIET)
    left = 15 * point
    top = frame_top(picture, round(left + 29 * point))
    seen = [
        [picture.getpixel((int(left + (QUIET + x + 0.5) * module), int(top + (QUIET + y + 0.5) * module))) < 128
         for x in range(-3, side + 3)] for y in range(-3, side + 3)
    ]  # fmt: skip
    assert seen == [[is_dark(path, x, y) for x in range(-3, side + 3)] for y in range(-3, side + 3)]


def frame_top(picture, x):
    """Where the code's frame begins: the last thing but the code that this column crosses, seen from below."""
    dark = [y for y in range(picture.height) if picture.getpixel((x, y)) < 128]
    below = [y for y in dark if y > picture.height * 0.5]
    return below[0]


def is_dark(path, x, y):
    runs = [run.removeprefix("M").split("v")[0].replace("h", " ").split() for run in path.split("z") if run]
    return any(int(row) == y and int(start) <= x < int(start) + int(width) for start, row, width in runs)


def test_in_a_reserve_the_poster_names_no_official(kit_of, territory):
    for key in KEYS:
        assert "Vasseur" not in words_of(kit_of(key, names_officials=False))
    said = words_of(kit_of("affiche-a4", names_officials=False))
    assert "Qui promet la réponse : Service jeunesse." in said
    assert "L’assemblée" not in said


def test_a_card_asks_the_age_before_any_word_and_leaves_room_for_the_number(kit_of):
    said = words_of(kit_of("cartes"))
    order = [said.index(each) for each in ("Votre âge", "Ce que vous voulez dire", "Prénom", "À garder")]
    assert order == sorted(order)
    for band in AgeBand:
        assert (str(band.label) in said) == (band is not AgeBand.UNSAID)
    assert said.count("collez ici la pastille") == 4
    assert "Votre parole recevra une réponse avant le 12 juin 2026." in said


def test_who_listens_to_the_sheet_of_cards_hears_one_card(kit_of):
    assert objects_of(kit_of("cartes")).count(b"/S/H1") == 1


def test_a_campaign_for_the_young_says_tu(kit_of, territory):
    territory.process.uses_tu = True
    territory.process.save(update_fields=["uses_tu"])
    assert "Scanne et dis-le" in words_of(kit_of("affiche-a4"))
    assert "Ta parole recevra une réponse" in words_of(kit_of("cartes"))


def test_the_tally_sheet_counts_a_batch_by_fives_and_asks_two_names(kit_of):
    said = words_of(kit_of("pointage"))
    for expected in ("Lot n°", "Papiers dans le lot", "Saisi par", "Vérifié par", "Sans réponse"):
        assert expected in said


def test_the_notice_says_what_the_authority_declared_and_what_the_register_says(kit_of, territory):
    Controller.objects.update_or_create(
        authority=territory.authority,
        defaults={
            "legal_name": "Département du Val-d’Orbe",
            "officer": "Ada Martin",
            "officer_email": "dpd@orbe.example",
        },
    )
    said = words_of(kit_of("information"))
    for expected in ("Département du Val-d’Orbe", "Ada Martin, dpd@orbe.example", "article 6.1.e", "cnil.fr"):
        assert expected in said
    assert "À votre demande, les mots sont effacés partout." in said
    assert "13 mois" in said


@pytest.mark.parametrize("key", KEYS)
def test_a_hostile_title_prints_as_itself_and_runs_nothing(kit_of, territory, key):
    ask(territory, text=HOSTILE, title=HOSTILE[:80])
    said = words_of(kit_of(key)).replace(" ", "")
    assert HOSTILE[:40].replace(" ", "") in said
    assert "root:" not in said


@pytest.mark.parametrize(
    "text",
    [
        "😀 Où 日本語 العربية \u202e dos \u200b ș ﬁn",
        "Donaudampfschifffahrtsgesellschaftskapitän" * 20,
        "mot " * 4000,
        "",
        "\n\n",
    ],
)
@pytest.mark.parametrize("key", ["affiche-a3", "cartes", "table", "pointage", "information"])
def test_words_that_no_font_draws_or_that_never_end_are_still_one_page(kit_of, territory, key, text):
    ask(territory, text=text)
    assert b"/Type/Pages/Count1/" in objects_of(kit_of(key))


def test_letters_without_a_drawing_give_way_to_their_nearest_or_to_an_ellipsis(kit_of, territory):
    ask(territory, text="Le 😀 bus de Constanța, 日本 ?")
    assert "Le bus de Constanta, …" in words_of(kit_of("affiche-a4"))


def test_a_question_in_french_stays_french_in_an_english_sheet(kit_of):
    with override("en"):
        told = objects_of(kit_of("affiche-a4"))
    assert b"/Lang(en)" in told
    assert told.count(b"/Lang(fr)") >= 1


def test_the_report_says_its_lateness_and_what_fell_short_first_promised_days_included(report_of):
    said = words_of(report_of())
    for expected in (
        "319 jours de retard",
        "1 engagement, 1 en retard",
        "Le bus de nuit N1 : 460 jours de retard",
        "Promis pour le 28 août 2026",
        "3 voix entendues",
        "ne représentent pas toute la population",
        "840 000 €",
    ):
        assert expected in said


def test_the_report_is_tagged_with_its_tables_and_headings(report_of):
    told = objects_of(report_of())
    assert b"<pdfuaid:part>1</pdfuaid:part>" in told
    assert b"/S/H2" in told
    assert b"/S/TH" in told


@pytest.mark.parametrize("count", [1, 3])
def test_what_kits_say_is_read_in_a_fixed_number_of_queries(territory, count, django_assert_num_queries):
    for number in range(count):
        territory.say(f"Parole {number}")
    process = get_process_for(territory.viewer(), territory.process.slug)
    with django_assert_num_queries(5):
        told_of(process, date(2026, 3, 1))
