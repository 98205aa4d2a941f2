"""A service answers offline: the sheet is taken, filled in, sent back, settled where it conflicts, and written."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from walking import by_code, heading

from democratic.participation.answers.actions import AnswerDraft, draft_answer
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.sheets.working import work
from democratic.participation.suggestions.looking import look
from democratic.people.actions import welcome_guest
from democratic.thread.actions import Words
from democratic.thread.models import Record
from sheets import filled, line_of

pytestmark = [pytest.mark.browser]

GROUPING = date(2026, 4, 20)
SAID = (
    "Le dernier bus part à 18 h 50.",
    "Un car le soir, deux fois par semaine.",
    "Le bus du soir est bondé.",
    "Un bus plus tard le soir.",
    "Et les vélos ?",
)
FEUILLES = "/bureau/concertations/bouger/feuilles"
PICTURES = os.environ.get("DEMOCRATIC_SCREENS")
SIZES = (360, 768, 1280)


def picture(tab: Page, name: str) -> None:
    """Where pictures are asked for: each width, light and dark."""
    if not PICTURES:
        return
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        for width in SIZES:
            tab.set_viewport_size({"width": width, "height": 900})
            tab.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
    tab.emulate_media(color_scheme="light")


@pytest.mark.parametrize("javascript", [True, False], ids=["with_script", "without_script"])
def test_a_sheet_goes_round_and_a_conflict_is_settled(
    live_territory, live_clock, open_tab, seen, tmp_path, javascript
):
    nathalie = open_tab(javascript=javascript)
    live_clock.day = GROUPING
    by_code(nathalie, live_territory.agent.email)
    for words in SAID:
        submit_idea(
            process=live_territory.process,
            words=Words(text=words),
            author=welcome_guest(),
            clock=live_territory.clock,
        )
    first, second, *_others = Record.objects.filter(kind="idea").order_by("happened_at", "pk")
    sheet = take(nathalie, seen, tmp_path)
    content = fill_in(sheet, [first.code, second.code])
    draft_answer(
        process=live_territory.process, subject=second, author=live_territory.agent.person, clock=live_clock,
        draft=AnswerDraft(Verdict.PART, "Écrit au bureau, entre-temps.", live_territory.official),
    )  # fmt: skip
    send_back(nathalie, seen, content, live_clock)
    settle(nathalie, seen, live_clock)
    group_what_is_proposed(nathalie, seen, live_clock)
    assert {answer.record.text for answer in Answer.objects.all()} == {
        f"La réponse du service à {first.code}.", f"La réponse du service à {second.code}.",
    }  # fmt: skip
    assert not Answer.objects.filter(signed_at__isnull=False).exists()


def take(tab: Page, seen, folder: Path) -> Path:
    tab.goto("/bureau/concertations/bouger/reponses")
    picture(tab, "answers")
    tab.get_by_role("link", name="Répondre sur une feuille de calcul").click()
    heading(tab, "Répondre sur une feuille de calcul")
    seen(tab)
    picture(tab, "sheets")
    with tab.expect_download() as taken:
        tab.get_by_role("link", name=".xlsx").click()
    path = folder / "a-remplir.xlsx"
    taken.value.save_as(path)
    return path


def fill_in(path: Path, codes: list[str]) -> bytes:
    answers = {code: ("Retenu", None, f"La réponse du service à {code}.") for code in codes}
    content = filled(path.read_bytes(), answers)
    assert line_of(content, codes[0])
    return content


def send_back(tab: Page, seen, content: bytes, clock) -> None:
    xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    tab.get_by_label("La feuille remplie").set_input_files(
        {"name": "transports.xlsx", "mimeType": xlsx, "buffer": content}
    )
    tab.get_by_role("button", name="Envoyer la feuille").click()
    heading(tab, "transports.xlsx")
    seen(tab)
    picture(tab, "sheet-waits")
    work(clock)
    tab.get_by_role("link", name="Recharger", exact=True).click()
    expect(tab.get_by_role("heading", name="Ce qui va changer")).to_be_visible()
    seen(tab)
    picture(tab, "sheet-ready")


def settle(tab: Page, seen, clock) -> None:
    expect(tab.get_by_text("Écrit au bureau, entre-temps.")).to_be_visible()
    tab.get_by_text("Prendre la feuille", exact=True).click()
    tab.get_by_role("button", name="Enregistrer ces choix").click()
    expect(tab.get_by_text("1 choix enregistré.")).to_be_visible()
    tab.get_by_role("button", name="Écrire ces brouillons").click()
    expect(tab.get_by_role("heading", name="En arrière-plan")).to_be_visible()
    work(clock)
    tab.get_by_role("link", name="Recharger", exact=True).click()
    expect(tab.get_by_text("2 brouillons écrits").first).to_be_visible()
    seen(tab)
    picture(tab, "sheet-done")
    tab.get_by_role("link", name="Relire et faire signer").click()
    tab.get_by_role("link", name="Lire le brouillon").first.click()
    expect(tab.get_by_role("heading", name="La phrase que chacun recevra")).to_be_visible()
    seen(tab)
    picture(tab, "answer")


def group_what_is_proposed(tab: Page, seen, clock) -> None:
    """Nothing is grouped before she says so, and then those alone that she left ticked."""
    tab.goto("/bureau/concertations/bouger/sujets")
    tab.get_by_role("link", name="Sujets proposés automatiquement").click()
    tab.get_by_role("button", name="Chercher des sujets").click()
    expect(tab.get_by_role("heading", name="En arrière-plan")).to_be_visible()
    look(clock)
    tab.get_by_role("link", name="Recharger", exact=True).click()
    heading(tab, "Sujets proposés")
    seen(tab)
    picture(tab, "suggestions")
    tab.get_by_role("listitem").get_by_role("link", name="bus").click()
    heading(tab, "Un sujet proposé")
    seen(tab)
    picture(tab, "suggestion")
    assert not Record.objects.filter(theme__isnull=False).exists()
    tab.get_by_role("checkbox").first.uncheck()
    n = tab.get_by_role("checkbox", checked=True).count()
    tab.get_by_label("Le nom du sujet").fill("Le bus du soir")
    tab.get_by_role("button", name="Rapprocher celles qui sont cochées").click()
    expect(tab.get_by_text(f"{n} paroles rapprochées.")).to_be_visible()
    assert Record.objects.filter(theme__isnull=False).count() == n
