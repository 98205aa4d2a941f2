"""One answer to several subjects: as many drafts, or none."""

import re

import pytest

from democratic.participation.answers.actions import AnswerDraft, draft_answer, open_theme
from democratic.participation.answers.models import Answer, Verdict
from democratic.thread.actions import Words
from factories import GROUPING, build_territory

BOARD = "/bureau/concertations/bouger/reponses"
HERE = {"sec-fetch-site": "same-origin"}
CODE = re.compile(r'name="code" value="([^"]+)"')


@pytest.fixture
def desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", GROUPING)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def ideas(territory):
    return [territory.say(f"Le dernier bus part trop tôt ({n}).").idea.record for n in range(3)]


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def asked(ideas):
    return f"{BOARD}/ensemble?" + "&".join(f"code={idea.code}" for idea in ideas)


def sent(territory, ideas, stamp=0, **more):
    return {
        "verdict": "kept", "reason": "Un bus de plus.", "signer": str(territory.official.pk), "key": "k",
        "seen": " ".join(f"{idea.code}.{stamp}" for idea in ideas), **more,
    }  # fmt: skip


def test_several_are_ticked_and_each_has_its_own_draft(territory, ideas, desk):
    board = text(desk.get(BOARD))
    assert board.count('name="code"') == 3
    page = text(desk.get(asked(ideas)))
    assert "Le même brouillon pour 3 sujets ou paroles" in page
    assert desk.post(asked(ideas), sent(territory, ideas), headers=HERE).url == BOARD
    drafts = Answer.objects.select_related("record__wording")
    assert {draft.subject_id for draft in drafts} == {idea.pk for idea in ideas}
    assert {draft.record.text for draft in drafts} == {"Un bus de plus."}
    assert {draft.signed_at for draft in drafts} == {None}


def test_one_that_someone_wrote_on_meanwhile_stops_them_all_and_is_named(territory, ideas, desk):
    draft_answer(
        process=territory.process, subject=ideas[1], author=territory.agent.person, clock=GROUPING,
        draft=AnswerDraft(Verdict.PART, "Écrit au bureau.", territory.official),
    )  # fmt: skip
    answer = desk.post(asked(ideas), sent(territory, ideas), headers=HERE)
    assert answer.status_code == 409
    assert ideas[1].code in text(answer)
    assert "Un bus de plus." in text(answer)
    assert Answer.objects.get().record.text == "Écrit au bureau."


def test_nothing_ticked_goes_back_to_the_board(desk, territory):
    assert desk.get(f"{BOARD}/ensemble").url == BOARD
    assert desk.get(f"{BOARD}/ensemble?code=ZZZ-ZZZ").url == BOARD


def test_what_another_town_heard_is_not_answered_here(territory, desk):
    other = build_territory(slug="voisin", host="voisin.example").say("Ailleurs.").idea.record
    assert desk.get(asked([other])).url == BOARD


def test_contributions_without_a_theme_come_by_pages(territory, desk, monkeypatch):
    monkeypatch.setattr("democratic.web.desk.views.answers_board.PAGE", 2)
    for n in range(3):
        territory.say(f"Le dernier bus part trop tôt ({n}).")
    assert text(desk.get(BOARD)).count('name="code"') == 2
    assert text(desk.get(f"{BOARD}?page=2")).count('name="code"') == 1
    assert desk.get(f"{BOARD}?page=3").status_code == 404


def test_a_page_of_the_board_may_end_with_themes_and_go_on_with_contributions(territory, desk, monkeypatch):
    monkeypatch.setattr("democratic.web.desk.views.answers_board.PAGE", 2)
    for n in range(3):
        territory.say(f"Le dernier bus part trop tôt ({n}).")
    theme = open_theme(
        process=territory.process, words=Words(title="Le soir"), author=None, clock=GROUPING
    ).record
    codes = [CODE.findall(text(desk.get(f"{BOARD}?page={n}"))) for n in (1, 2)]
    assert (codes[0][0], [len(page) for page in codes]) == (theme.code, [2, 2])
    assert len({*codes[0], *codes[1]}) == 4
