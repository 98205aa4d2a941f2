"""A sheet, page by page: taken, sent back, looked at, settled, written; without any script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from democratic.participation.answers.actions import AnswerDraft, draft_answer
from democratic.participation.answers.models import Answer, Verdict
from democratic.participation.sheets.models import AnswerSheet
from democratic.participation.sheets.states import SheetState
from democratic.participation.sheets.working import work
from factories import GROUPING, build_territory
from sheets import as_csv, book_of, exported, filled, line_of, open_document, saved, sent

BOARD = "/bureau/concertations/bouger/feuilles"
HERE = {"sec-fetch-site": "same-origin"}
KEPT = ("Retenu", None, "Un bus de plus à 21 h.")


@pytest.fixture
def desk(territory, client, monkeypatch):
    monkeypatch.setattr("democratic.web.middleware.DATABASE_CLOCK", territory.clock)
    client.force_login(territory.agent)
    return client


@pytest.fixture
def ideas(territory):
    return [territory.say(f"Le dernier bus part trop tôt ({n}).").idea.record for n in range(3)]


def draft(territory, subject, reason="Écrit au bureau."):
    return draft_answer(
        process=territory.process, subject=subject,
        draft=AnswerDraft(Verdict.PART, reason, territory.official, title=subject.title),
        author=territory.agent.person, clock=GROUPING,
    )  # fmt: skip


def text(client, path):
    return client.get(path).content.decode().replace("\u00a0", " ")


def send(client, content, name="transports.xlsx"):
    return client.post(BOARD, {"key": name, "sheet": SimpleUploadedFile(name, content)}, headers=HERE)


def ready(territory, content):
    sheet = sent(territory, content)
    work(territory.clock)
    return f"{BOARD}/{sheet.pk}"


def test_a_sheet_goes_round_from_its_file_to_its_drafts(territory, ideas, desk):
    taken = desk.get(f"{BOARD}/a-remplir.xlsx")
    assert taken.headers["Content-Disposition"] == 'attachment; filename="reponses-bouger.xlsx"'
    answer = send(desk, filled(taken.content, {ideas[0].code: KEPT}))
    sheet = AnswerSheet.objects.get()
    assert answer.url == f"{BOARD}/{sheet.pk}"
    assert "Reçue, bientôt lue" in text(desk, answer.url)
    work(territory.clock)
    page = text(desk, answer.url)
    assert "Ce qui va changer" in page
    assert KEPT[2] in page
    assert not Answer.objects.exists()
    assert desk.post(f"{answer.url}/appliquer", headers=HERE).url == answer.url
    assert "<progress" in text(desk, answer.url)
    work(territory.clock)
    assert "1 brouillon écrit" in text(desk, answer.url)
    assert Answer.objects.get().record.text == KEPT[2]


def test_the_csv_to_fill_in_has_the_same_lines_and_runs_nowhere(territory, desk):
    territory.say("=HYPERLINK(1)")
    lines = desk.get(f"{BOARD}/a-remplir.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"Clé, à ne pas changer",Numéro')
    assert "'=HYPERLINK(1)" in lines[1]


def test_a_page_reloads_by_itself_for_who_asks_it_alone(territory, desk, ideas):
    sheet = sent(territory, exported(territory.process))
    path = f"{BOARD}/{sheet.pk}"
    assert "Refresh" not in desk.get(path).headers
    assert desk.get(f"{path}?suivre=1").headers["Refresh"] == "3"
    work(territory.clock)
    assert "Refresh" not in desk.get(f"{path}?suivre=1").headers


def test_a_conflict_shows_both_texts_and_the_choice_is_written(territory, ideas, desk):
    content = filled(exported(territory.process), {ideas[0].code: KEPT})
    draft(territory, ideas[0])
    path = ready(territory, content)
    page = text(desk, path)
    assert KEPT[2] in page
    assert "Écrit au bureau." in page
    row = AnswerSheet.objects.get().rows.get()
    chosen = {f"stamp_{row.pk}": "1", f"choice_{row.pk}": "sheet"}
    assert desk.post(f"{path}/choisir", chosen, headers=HERE).status_code == 302
    desk.post(f"{path}/appliquer", headers=HERE)
    work(territory.clock)
    assert Answer.objects.get().record.text == KEPT[2]


@pytest.mark.parametrize("choice", ["sheet", "saved"])
def test_one_button_chooses_for_the_whole_page(territory, ideas, desk, choice):
    content = filled(exported(territory.process), {idea.code: KEPT for idea in ideas})
    for idea in ideas:
        draft(territory, idea)
    path = ready(territory, content)
    rows = AnswerSheet.objects.get().rows.all()
    desk.post(f"{path}/choisir", {f"stamp_{row.pk}": "1" for row in rows} | {"all": choice}, headers=HERE)
    assert set(rows.values_list("choice", flat=True)) == {choice}


@pytest.mark.parametrize(
    "sent_fields",
    [{"stamp_x": "1", "all": "sheet"}, {"stamp_0": "1", "all": "rien"}, {"stamp_": "²", "all": "sheet"}],
)
def test_a_choice_that_cannot_be_read_chooses_nothing(territory, ideas, desk, sent_fields):
    path = ready(territory, exported(territory.process))
    assert desk.post(f"{path}/choisir", sent_fields, headers=HERE).status_code == 302


def test_an_error_names_its_cell(territory, ideas, desk):
    content = exported(territory.process)
    book = book_of(content)
    line = line_of(content, ideas[0].code)
    book.worksheets[0][f"H{line}"] = "=1+1"
    page = text(desk, ready(territory, saved(book)))
    assert f"Cellule H{line}" in page
    assert "Une formule : écrivez son résultat." in page


def test_a_refused_sheet_says_what_to_do(territory, ideas, desk):
    page = text(desk, ready(territory, b"un;deux\n"))
    assert "Repartez de celle que vous avez téléchargée." in page


def test_an_open_document_is_refused_with_the_formats_to_save_it_in(territory, desk):
    answer = send(desk, open_document(), "transports.ods")
    work(territory.clock)
    assert "Enregistrez-la en .xlsx ou en .csv, puis renvoyez-la." in text(desk, answer.url)


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_file_is_refused_beside_its_field(territory, desk, content):
    answer = send(desk, content, "vide.csv")
    assert answer.status_code == 400
    assert 'id="id_sheet_error"' in answer.content.decode()
    assert not AnswerSheet.objects.exists()


def test_no_file_at_all_is_said_beside_the_field(territory, desk):
    answer = desk.post(BOARD, {"key": "k"}, headers=HERE)
    assert answer.status_code == 400
    assert "Choisissez le fichier" in answer.content.decode()


def test_a_form_tapped_twice_keeps_one_sheet(territory, ideas, desk):
    content = exported(territory.process)
    assert send(desk, content).url == send(desk, content).url
    assert AnswerSheet.objects.count() == 1


def test_a_sheet_applied_twice_is_written_once(territory, ideas, desk):
    path = ready(territory, as_csv(filled(exported(territory.process), {ideas[0].code: KEPT})))
    for _tap in range(2):
        desk.post(f"{path}/appliquer", headers=HERE)
    work(territory.clock)
    assert AnswerSheet.objects.get().state == SheetState.DONE
    assert Answer.objects.get().version == 1


def test_a_neighbour_finds_no_sheet_of_ours(territory, ideas, client):
    path = ready(territory, exported(territory.process))
    other = build_territory(slug="voisin", host="voisin.example")
    client.force_login(other.agent)
    for address in (path, f"{BOARD}/a-remplir.xlsx"):
        assert client.get(address).status_code in (403, 404)
    assert client.get(path, headers={"host": "voisin.example"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_a_fixed_number_of_questions(territory, desk, count, django_assert_num_queries):
    ideas = [territory.say(f"Le dernier bus ({n}).").idea.record for n in range(count)]
    content = filled(exported(territory.process), {idea.code: KEPT for idea in ideas})
    for idea in ideas:
        draft(territory, idea)
    paths = [ready(territory, content) for _each in range(count)]
    desk.get(paths[0])
    with django_assert_num_queries(11):
        assert text(desk, paths[0]).count('value="sheet"') == count + 1
    with django_assert_num_queries(9):
        assert text(desk, BOARD).count("transports.xlsx") == count
