"""A stage is finished once, and a meeting told once: nothing that was published is written over."""

from datetime import date

import pytest

from courses import MET, discussed, grouped, said
from democratic.kernel.refusals import Conflict
from democratic.participation.meetings.actions import report_meeting
from democratic.participation.meetings.models import Meeting
from democratic.participation.processes.actions import finish_stage
from democratic.participation.processes.models import Stage, Step
from democratic.thread.models import Entry, Origin
from factories import clock_at


def test_a_stage_finished_again_keeps_its_day_and_its_note(territory):
    stage = territory.process.stages.get(step=Step.ORDER)
    finish_stage(stage=stage, note="Voté.", clock=territory.clock)
    with pytest.raises(Conflict, match="depuis le 01/03/2026"):
        finish_stage(stage=stage, note="Autre chose.", clock=clock_at(date(2026, 5, 1)))
    kept = Stage.objects.get(pk=stage.pk)
    assert (kept.done_on, kept.note) == (date(2026, 3, 1), "Voté.")
    assert Entry.objects.filter(kind="stage_done").count() == 1


def test_a_meeting_told_again_keeps_its_account_and_who_was_counted(territory):
    meeting = discussed(territory, grouped(territory, said(territory)))
    with pytest.raises(Conflict, match="déjà publié"):
        report_meeting(
            meeting=meeting, account="Tout va bien.", present={Origin.ROOM: 900}, clock=clock_at(MET, 23)
        )
    assert Meeting.objects.get().present == {"room": 64, "remote": 188}
    assert Entry.objects.filter(kind="meeting_held").count() == 1
