"""What the desk's forms take: words that people can read, days of this century, numbers that a column holds."""

from datetime import date

import pytest
from django.forms import CharField, ChoiceField

from democratic.participation.processes.actions import Promise, open_process
from democratic.thread.actions import Words
from democratic.thread.actions.records import TEXT_LIMIT
from democratic.web.desk.forms.answering import AnswerForm, ReasonForm, ThemeForm
from democratic.web.desk.forms.meetings import MeetingForm, MeetingReportForm
from democratic.web.desk.forms.orders import FinishForm, MandateForm, StageForm
from democratic.web.desk.forms.preparing import NewProcessForm, PromiseForm
from democratic.web.desk.forms.works import DecisionForm, EvidenceForm, MoveForm, PostponeForm, WorkForm


@pytest.mark.parametrize("unseen", ["\u200b", "\u200e\u202e", "\u3164", "\u2800"])
def test_a_title_that_nobody_can_see_is_missing(unseen):
    form = ThemeForm({"title": unseen, "text": ""})
    assert not form.is_valid()
    assert list(form.errors) == ["title"]


@pytest.mark.parametrize("day", ["0026-11-28", "1850-01-01", "9999-12-31", "2101-01-01"])
def test_a_day_of_another_century_is_a_slip(day):
    form = PostponeForm({"new_on": day, "reason": "Le marché."})
    assert list(form.errors) == ["new_on"]


def test_a_number_or_an_address_that_no_column_holds_is_refused_in_words():
    decision = DecisionForm([], {"votes_for": "99999999999", "url": f"https://acte.example/{'a' * 600}"})
    assert {"votes_for", "url"} <= set(decision.errors)
    assert "url" in EvidenceForm({"url": f"https://preuve.example/{'a' * 600}"}).errors
    assert "room" in MeetingReportForm({"account": "Dit.", "room": "99999999999"}).errors


FORMS = (
    ThemeForm, ReasonForm, MeetingForm, MeetingReportForm, NewProcessForm, PromiseForm, StageForm, FinishForm, PostponeForm,
    EvidenceForm,
)  # fmt: skip


def desk_forms(territory):
    yield from (form() for form in FORMS)
    yield from (MandateForm(territory.authority), AnswerForm(territory.authority))
    yield from (WorkForm(territory.authority), DecisionForm([]), MoveForm([]))


def test_every_text_of_the_desk_has_a_limit_and_no_page_cuts_what_is_pasted(territory):
    for form in desk_forms(territory):
        for name, field in form.fields.items():
            if isinstance(field, CharField) and not isinstance(field, ChoiceField):
                assert 0 < field.max_length <= TEXT_LIMIT, (form, name)
            assert "maxlength" not in str(form[name]), (form, name)


@pytest.mark.parametrize(("signs", "is_taken"), [(10_000, True), (10_001, False)])
def test_a_text_that_is_too_long_is_refused_in_words_and_shown_whole(signs, is_taken):
    typed = "a" * (signs - 2) + "\r\nb"  # an end of line is one sign
    form = ReasonForm({"reason": typed})
    assert form.is_valid() is is_taken
    if not is_taken:
        assert form.errors["reason"][0].startswith("10001 signes : il en faut 10000 au plus.")
        assert "a" * (signs - 2) in str(form["reason"])


def test_a_line_takes_two_hundred_signs():
    assert ThemeForm({"title": "é" * 200}).is_valid()
    assert "title" in ThemeForm({"title": "é" * 201}).errors


def test_a_title_in_another_alphabet_has_an_address_too(territory):
    process = open_process(
        mandate=territory.process.mandate,
        words=Words(title="青年出行"),
        promise=Promise("Quoi ?", "Tout est lu.", ""),
        first_day=date(2026, 3, 1),
        clock=territory.clock,
    )
    assert process.slug == process.record.code.lower()
