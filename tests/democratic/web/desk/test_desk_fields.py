"""What the desk's forms take: words that people can read, days of this century, numbers that a column holds."""

from datetime import date

import pytest

from democratic.participation.processes.actions import Promise, open_process
from democratic.thread.actions import Words
from democratic.web.desk.forms.answering import ThemeForm
from democratic.web.desk.forms.meetings import MeetingReportForm
from democratic.web.desk.forms.works import DecisionForm, EvidenceForm, PostponeForm


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


def test_a_title_in_another_alphabet_has_an_address_too(territory):
    process = open_process(
        mandate=territory.process.mandate,
        words=Words(title="青年出行"),
        promise=Promise("Quoi ?", "Tout est lu.", ""),
        first_day=date(2026, 3, 1),
        clock=territory.clock,
    )
    assert process.slug == process.record.code.lower()
