"""A sheet leaves, a service fills it in offline, it comes back: drafts are written, and nothing is published."""

from datetime import timedelta

import pytest

from courses import SIGNED, grouped
from democratic.kernel.clock import FixedClock
from democratic.kernel.refusals import Conflict
from democratic.participation.answers.actions import AnswerDraft, draft_answer, edit_draft, sign_answer
from democratic.participation.answers.models import Answer, AnswerHand, Verdict
from democratic.participation.sheets import working
from democratic.participation.sheets.actions import apply_sheet, choose, drop_sheet
from democratic.participation.sheets.columns import Column
from democratic.participation.sheets.forgetting import forget_old_sheets
from democratic.participation.sheets.models import AnswerSheet, SheetContent, SheetRow
from democratic.participation.sheets.queries import outcomes_of, rows_of_sheet, to_answer
from democratic.participation.sheets.states import Choice, Outcome, SheetState
from democratic.participation.sheets.working import work
from democratic.thread.models import Entry, Record, RecordSearch
from factories import clock_at
from sheets import LETTERS, as_csv, book_of, exported, filled, line_of, read, saved, sent

KEPT = ("Retenu", None, "Un bus de plus à 21 h, dès septembre.")
PASSED = ("transmis", "La Région", "Les trains sont à elle.")


@pytest.fixture
def ideas(territory):
    return [territory.say(f"Le dernier bus part trop tôt ({n}).").idea.record for n in range(3)]


def written(territory, sheet, clock=None):
    apply_sheet(sheet=sheet, clock=clock or territory.clock)
    work(clock or territory.clock)
    sheet.refresh_from_db()
    return sheet


def later(territory, **span):
    return FixedClock(territory.clock.moment + timedelta(**span))


def draft(territory, subject, reason="Écrit au bureau.", verdict=Verdict.PART):
    return draft_answer(
        process=territory.process,
        subject=subject,
        draft=AnswerDraft(verdict, reason, territory.official, title=subject.title),
        author=territory.agent.person,
        clock=territory.clock,
    )


def test_what_a_service_fills_in_becomes_drafts_and_nothing_is_public(territory, ideas):
    entries = Entry.objects.count()
    content = filled(exported(territory.process), {ideas[0].code: KEPT, ideas[1].code: PASSED})
    sheet = read(territory, content)
    assert (sheet.state, sheet.lines_read, sheet.empty) == (SheetState.READY, 3, 1)
    assert outcomes_of(sheet)[Outcome.NEW] == 2
    assert not Answer.objects.exists()
    sheet = written(territory, sheet)
    assert (sheet.state, sheet.written) == (SheetState.DONE, 2)
    drafts = {each.subject_id: each for each in Answer.objects.select_related("record__wording", "signer")}
    kept, passed = drafts[ideas[0].pk], drafts[ideas[1].pk]
    assert (kept.verdict, kept.record.text, kept.signed_at) == ("kept", KEPT[2], None)
    assert (passed.verdict, passed.passed_to, passed.signer) == ("passed", "La Région", territory.official)
    assert kept.record.visibility == "draft"
    assert Entry.objects.count() == entries
    assert not RecordSearch.objects.filter(record=kept.record).exists()
    sign_answer(answer=kept, signer=territory.official, clock=clock_at(SIGNED))
    assert RecordSearch.objects.get(record=kept.record).visibility == "public"
    assert AnswerHand.objects.filter(person=territory.agent.person).count() == 2


def test_a_csv_comes_back_as_well_in_the_encodings_that_spreadsheets_write(territory, ideas):
    content = filled(exported(territory.process), {ideas[0].code: KEPT})
    for delimiter, encoding in ((";", "cp1252"), (",", "utf-8"), ("\t", "utf-8-sig")):
        sheet = read(territory, as_csv(content, delimiter, encoding))
        assert sheet.state == SheetState.READY
        row = SheetRow.objects.get(sheet=sheet)
        assert (row.outcome, row.verdict, row.reason) == (Outcome.NEW, "kept", KEPT[2])


def test_sorted_lines_lines_taken_out_and_columns_added_make_no_difference(territory, ideas):
    book = book_of(filled(exported(territory.process), {ideas[2].code: KEPT}))
    sheet = book.worksheets[0]
    sheet.insert_cols(1)
    sheet["A1"] = "Note du service"
    sheet.delete_rows(2)
    row = SheetRow.objects.get(sheet=read(territory, saved(book)))
    assert (row.outcome, row.subject) == (Outcome.NEW, ideas[2])


def test_what_is_sent_back_as_it_left_changes_nothing_even_where_someone_wrote_meanwhile(territory, ideas):
    begun = draft(territory, ideas[0])
    content = exported(territory.process)
    edit_draft(
        answer=begun, draft=AnswerDraft(Verdict.KEPT, "Mieux.", territory.official), clock=territory.clock
    )
    sheet = read(territory, content)
    assert (sheet.unchanged, sheet.empty) == (1, 2)
    assert sum(outcomes_of(sheet).values()) == 0


def test_a_line_on_which_someone_wrote_meanwhile_is_a_conflict_and_both_are_shown(territory, ideas):
    content = filled(exported(territory.process), {ideas[0].code: KEPT})
    draft(territory, ideas[0])
    sheet = read(territory, content)
    (shown,) = rows_of_sheet(sheet, Outcome.CONFLICT, offset=0, limit=10)
    assert (shown.row.reason, shown.saved.reason) == (KEPT[2], "Écrit au bureau.")
    written(territory, sheet)
    assert Answer.objects.get().record.text == "Écrit au bureau."


def test_an_agent_chooses_the_sheet_and_its_text_is_one_more_version(territory, ideas):
    content = filled(exported(territory.process), {ideas[0].code: KEPT})
    begun = draft(territory, ideas[0])
    sheet = read(territory, content)
    (shown,) = rows_of_sheet(sheet, Outcome.CONFLICT, offset=0, limit=10)
    assert choose(sheet=sheet, choices={shown.row.pk: (Choice.SHEET, shown.stamp)}) == 1
    written(territory, sheet)
    answer = Answer.objects.get()
    assert (answer.pk, answer.version, answer.record.text) == (begun.pk, 2, KEPT[2])
    assert begun.record.wordings.count() == 2, "the other text is not lost"


def test_what_moves_between_the_choice_and_the_writing_is_a_conflict_again(territory, ideas):
    content = filled(exported(territory.process), {ideas[0].code: KEPT, ideas[1].code: KEPT})
    begun = draft(territory, ideas[0])
    sheet = read(territory, content)
    (shown,) = rows_of_sheet(sheet, Outcome.CONFLICT, offset=0, limit=10)
    choose(sheet=sheet, choices={shown.row.pk: (Choice.SHEET, shown.stamp)})
    edit_draft(
        answer=begun, draft=AnswerDraft(Verdict.PART, "Encore.", territory.official), clock=territory.clock
    )
    draft(territory, ideas[1])
    sheet = written(territory, sheet)
    assert (sheet.state, sheet.written, outcomes_of(sheet)[Outcome.CONFLICT]) == (SheetState.DONE, 0, 2)
    rows = rows_of_sheet(sheet, Outcome.CONFLICT, offset=0, limit=10)
    choose(sheet=sheet, choices={each.row.pk: (Choice.SHEET, each.stamp) for each in rows})
    assert written(territory, sheet).written == 2
    assert {answer.record.text for answer in Answer.objects.all()} == {KEPT[2]}


def test_an_answer_signed_meanwhile_is_a_conflict(territory, ideas):
    begun = draft(territory, ideas[0])
    content = filled(exported(territory.process), {ideas[0].code: KEPT})
    sign_answer(answer=begun, signer=territory.official, clock=clock_at(SIGNED))
    assert outcomes_of(read(territory, content))[Outcome.CONFLICT] == 1


def test_a_theme_is_on_the_sheet_and_its_contributions_are_not(territory, ideas):
    theme = grouped(territory, ideas[:2])
    codes = [each.key.code for each in to_answer(territory.process)]
    assert codes == [theme.record.code, ideas[2].code]


def test_a_draft_changed_by_a_sheet_keeps_who_was_to_sign_it(territory, ideas):
    begun = draft(territory, ideas[0])
    content = filled(exported(territory.process), {ideas[0].code: KEPT})
    sheet = read(territory, content)
    assert outcomes_of(sheet)[Outcome.CHANGED] == 1
    written(territory, sheet)
    begun.refresh_from_db()
    assert (begun.version, begun.verdict, begun.signer) == (2, "kept", territory.official)


def test_a_worker_killed_while_it_writes_leaves_a_whole_batch_and_the_next_one_goes_on(
    territory, ideas, monkeypatch
):
    monkeypatch.setattr(working, "WRITE_BATCH", 1)
    answers = {idea.code: ("Retenu", None, f"Réponse à {idea.code}.") for idea in ideas}
    sheet = read(territory, filled(exported(territory.process), answers))
    apply_sheet(sheet=sheet, clock=territory.clock)
    real, left = working._write_rows, [2]

    def killed_after_two(*given):
        left[0] -= 1
        done = real(*given)
        if left[0] < 0:
            raise SystemExit
        return done

    monkeypatch.setattr(working, "_write_rows", killed_after_two)
    with pytest.raises(SystemExit):
        work(territory.clock)
    assert Answer.objects.count() == 2
    monkeypatch.setattr(working, "_write_rows", real)
    assert work(territory.clock) == 0, "another worker may still hold it"
    work(later(territory, seconds=30))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.written, Answer.objects.count()) == (SheetState.DONE, 3, 3)
    assert sorted(answer.version for answer in Answer.objects.all()) == [1, 1, 1]


def test_a_worker_killed_while_it_reads_goes_on_where_it_was(territory, ideas, monkeypatch):
    monkeypatch.setattr(working, "READ_BATCH", 1)
    content = filled(exported(territory.process), {idea.code: KEPT for idea in ideas})
    real = working._keep

    def killed(sheet, batch, read, *more):
        if read == 3:
            raise SystemExit
        return real(sheet, batch, read, *more)

    monkeypatch.setattr(working, "_keep", killed)
    with pytest.raises(SystemExit):
        read(territory, content)
    monkeypatch.setattr(working, "_keep", real)
    work(later(territory, seconds=30))
    sheet = AnswerSheet.objects.get()
    assert (sheet.state, sheet.lines_read, SheetRow.objects.count()) == (SheetState.READY, 3, 3)


@pytest.mark.parametrize(("state", "left"), [("reading", SheetState.REFUSED), ("applying", SheetState.DONE)])
def test_a_sheet_that_ends_its_worker_each_time_is_given_up(territory, ideas, monkeypatch, state, left):
    sheet = sent(territory, filled(exported(territory.process), {ideas[0].code: KEPT}))
    AnswerSheet.objects.filter(pk=sheet.pk).update(state=state)

    def dies(*_given):
        raise SystemExit

    monkeypatch.setattr(working, "_read", dies)
    monkeypatch.setattr(working, "_write", dies)
    for n in range(working.MOST_TRIES):
        with pytest.raises(SystemExit):
            work(later(territory, minutes=n))
    work(later(territory, hours=1))
    sheet.refresh_from_db()
    assert sheet.state == left


def test_the_bytes_are_gone_once_they_are_read(territory, ideas):
    sheet = read(territory, exported(territory.process))
    assert sheet.state == SheetState.READY
    assert not SheetContent.objects.exists()


def test_a_sheet_that_is_dropped_writes_nothing_and_cannot_be_applied(territory, ideas):
    sheet = read(territory, filled(exported(territory.process), {ideas[0].code: KEPT}))
    drop_sheet(sheet=sheet)
    with pytest.raises(Conflict):
        apply_sheet(sheet=sheet, clock=territory.clock)
    assert not SheetRow.objects.exists()


def test_the_sheet_is_locked_but_for_what_is_filled_in_and_its_key_is_hidden(territory, ideas):
    sheet = book_of(exported(territory.process)).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.column_dimensions[LETTERS[Column.KEY]].hidden
    assert {letter: sheet[f"{letter}2"].protection.locked for letter in "ABCDEFGH"} == {
        **dict.fromkeys("ABCDE", True), **dict.fromkeys("FGH", False),
    }  # fmt: skip
    (offered,) = sheet.data_validations.dataValidation
    assert offered.formula1 == '"Retenu,Retenu en partie,Non retenu,Transmis"'


def test_words_that_look_like_a_formula_leave_as_text(territory):
    idea = territory.say('=HYPERLINK("http://ailleurs.example")').idea.record
    content = exported(territory.process)
    cell = book_of(content).worksheets[0][f"D{line_of(content, idea.code)}"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://ailleurs.example")')
    assert cell.quotePrefix


def test_old_sheets_are_forgotten_and_their_drafts_stay(territory, ideas):
    written(territory, read(territory, filled(exported(territory.process), {ideas[0].code: KEPT})))
    assert forget_old_sheets() == 1
    assert (AnswerSheet.objects.count(), SheetRow.objects.count(), Answer.objects.count()) == (0, 0, 1)
    assert Record.objects.filter(kind="answer").count() == 1
