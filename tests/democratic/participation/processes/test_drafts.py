"""A process is drafted, looked at, and published once; until then nothing of it is public."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from democratic.kernel.clock import FixedClock
from democratic.kernel.files import store_file
from democratic.kernel.refusals import Conflict, Refusal
from democratic.participation.mandates.models import Mandate
from democratic.participation.obligations.models import Obligation
from democratic.participation.processes.actions import (
    NotReady,
    Privacy,
    Promise,
    duplicate_process,
    edit_dates,
    edit_promise,
    edit_question,
    expect_voices,
    publish_what_is_due,
    publish_when_ready,
    renew_preview,
    schedule_when_ready,
    settle_privacy,
    throw_draft_away,
    unschedule_publication,
)
from democratic.participation.processes.models import Assessment, LegalBasis, Preparation, Process, Step
from democratic.participation.processes.preflight import preflight
from democratic.participation.processes.preflight.hours import work_of
from democratic.participation.processes.queries import get_process_for, visible_processes
from democratic.thread.actions import NewAttachment, Words, attach_file
from democratic.thread.models import Entry, Link, Record, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer
from drafting import TODAY, draft_of, made_ready
from pictures import picture


def at_noon(day):
    return datetime.combine(day, time(12), UTC)


def blocking(process, today=TODAY):
    return [str(each.title) for each in preflight(process, at_noon(today)) if each.blocks]


def entries_of(process):
    return set(Entry.objects.filter(record=process.record).values_list("kind", flat=True))


def test_a_draft_is_in_no_list_owes_nothing_and_is_in_no_journal(territory):
    process = draft_of(territory)
    assert process.record.visibility == Visibility.DRAFT
    assert entries_of(process) == set()
    assert not Obligation.objects.filter(record=process.record).exists()
    assert process not in visible_processes(territory.viewer())
    with pytest.raises(RecordNotFound):
        get_process_for(territory.viewer(territory.agent.person), process.slug)


def test_a_draft_is_read_by_who_has_its_preview_and_no_other_draft_is(territory):
    process, other = draft_of(territory), draft_of(territory, words=Words(title="Autre", text="?"))
    viewer = Viewer(territory.authority, preview=process.pk)
    assert get_process_for(viewer, process.slug).pk == process.pk
    with pytest.raises(RecordNotFound):
        get_process_for(viewer, other.slug)


def test_what_is_missing_blocks_and_the_message_says_what(territory):
    process = draft_of(territory)
    with pytest.raises(NotReady) as refused:
        publish_when_ready(process=process, clock=territory.clock)
    assert "paroles attendues" in str(refused.value.message)
    assert entries_of(process) == set()


def test_published_it_is_told_linked_and_owed_from_that_moment(territory):
    process = made_ready(draft_of(territory))
    assert blocking(process) == []
    publish_when_ready(process=process, clock=territory.clock)
    assert entries_of(process) == {"process_opened", "obligation_opened"}
    assert Link.objects.filter(source=territory.mandate.record, target=process.record).exists()
    assert Obligation.objects.filter(record=process.record).count() == 2
    assert process in visible_processes(territory.viewer())


def test_it_is_published_once(territory):
    process = made_ready(draft_of(territory))
    publish_when_ready(process=process, clock=territory.clock)
    with pytest.raises(Conflict):
        publish_when_ready(process=process, clock=territory.clock)
    assert Entry.objects.filter(record=process.record, kind="process_opened").count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda process, clock: edit_question(
            process=process, words=Words(title="Autre", text="?"), in_clear="", uses_tu=True, clock=clock
        ),
        lambda process, _clock: edit_promise(process=process, promise=Promise("a", "b", "c")),
        lambda process, _clock: edit_dates(process=process, dates={}),
        lambda process, _clock: expect_voices(process=process, expected=3),
        lambda process, _clock: renew_preview(process=process),
        lambda process, _clock: throw_draft_away(process=process),
        lambda process, _clock: unschedule_publication(process=process),
    ],
)
def test_nothing_of_a_published_process_is_edited_as_a_draft(territory, change):
    with pytest.raises(Conflict):
        change(territory.process, territory.clock)


def test_a_method_whose_tool_is_not_there_is_refused(territory):
    with pytest.raises(Conflict, match="outil"):
        draft_of(territory, method="petition")


def test_an_order_that_is_no_longer_published_blocks(territory):
    Record.objects.filter(pk=territory.mandate.record_id).update(visibility=Visibility.DRAFT)
    territory.mandate.record.refresh_from_db()
    with pytest.raises(Conflict):
        draft_of(territory)


def test_a_taken_address_is_refused_by_its_field(territory):
    with pytest.raises(Refusal) as refused:
        draft_of(territory, slug="bouger")
    assert refused.value.field == "slug"


def test_new_dates_are_first_dates_as_nothing_was_promised(territory):
    process = draft_of(territory)
    stages = list(process.stages.order_by("rank"))
    dates = {
        Step(stage.step): (stage.first_opens_on + timedelta(7), stage.first_closes_on + timedelta(7))
        for stage in stages
    }
    edit_dates(process=process, dates=dates)
    moved = process.stages.get(step=Step.LISTENING)
    assert (moved.first_opens_on, moved.first_closes_on) == dates[Step.LISTENING]
    assert moved.closes_at == datetime(
        *(dates[Step.LISTENING][1] + timedelta(1)).timetuple()[:3], tzinfo=ZoneInfo("Europe/Paris")
    )


@pytest.mark.parametrize(
    ("step", "first", "last", "field"),
    [
        (Step.LISTENING, date(2026, 5, 2), date(2026, 5, 1), "listening_closes_on"),
        (Step.ANALYSIS, date(2026, 1, 1), date(2026, 6, 1), "analysis_opens_on"),
    ],
)
def test_dates_that_cannot_be_are_refused_by_their_field(territory, step, first, last, field):
    process = draft_of(territory)
    dates = {
        Step(stage.step): (stage.first_opens_on, stage.first_closes_on) for stage in process.stages.all()
    }
    with pytest.raises(Refusal) as refused:
        edit_dates(process=process, dates={**dates, step: (first, last)})
    assert refused.value.field == field


def test_an_unneeded_assessment_says_why(territory):
    process = draft_of(territory)
    with pytest.raises(Refusal) as refused:
        settle_privacy(
            process=process,
            privacy=Privacy(LegalBasis.PUBLIC_TASK, 12, Assessment.NOT_NEEDED, " ", "aucun"),
        )
    assert refused.value.field == "assessment_reason"


def test_a_draft_that_is_thrown_away_leaves_nothing(territory):
    process = draft_of(territory)
    throw_draft_away(process=process)
    assert not Record.objects.filter(pk=process.pk).exists()
    assert not Process.objects.filter(pk=process.pk).exists()


def test_a_copy_has_the_words_and_the_pace_and_nobodys_voice(territory):
    territory.say()
    copy = duplicate_process(
        process=territory.process,
        mandate=territory.mandate,
        first_day=date(2027, 1, 11),
        author=None,
        clock=territory.clock,
    )
    assert copy.record.visibility == Visibility.DRAFT
    assert (copy.slug, copy.asks) == ("bouger-2", territory.process.asks)
    assert not Record.objects.filter(process=copy.record).exists()
    before, after = (
        [(s.closes_at - s.opens_at).days for s in process.stages.order_by("rank")]
        for process in (territory.process, copy)
    )
    assert after == pytest.approx(before, abs=1)  # a night of the change of hour is shorter
    assert min(stage.first_opens_on for stage in copy.stages.all()) == date(2027, 1, 11)


class TestAtItsHour:
    AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("UTC"))

    def scheduled(self, territory):
        process = made_ready(draft_of(territory))
        schedule_when_ready(process=process, at=self.AT, clock=territory.clock)
        return process

    def test_it_waits_then_is_published_once(self, territory):
        process = self.scheduled(territory)
        assert publish_what_is_due(FixedClock(self.AT - timedelta(seconds=1))) == 0
        assert publish_what_is_due(FixedClock(self.AT)) == 1
        assert publish_what_is_due(FixedClock(self.AT + timedelta(hours=1))) == 0
        process.record.refresh_from_db()
        assert process.record.visibility == Visibility.PUBLIC
        assert Entry.objects.filter(record=process.record, kind="process_opened").count() == 1

    def test_what_blocks_then_holds_it_back_and_says_why(self, territory):
        process = self.scheduled(territory)
        Preparation.objects.filter(process=process).update(legal_basis="")
        assert publish_what_is_due(FixedClock(self.AT)) == 0
        kept = Preparation.objects.get(process=process)
        assert kept.publishes_at is None
        assert "base légale" in kept.held_back
        assert publish_what_is_due(FixedClock(self.AT)) == 0

    def test_a_moment_gone_by_is_refused(self, territory):
        process = made_ready(draft_of(territory))
        with pytest.raises(Refusal) as refused:
            schedule_when_ready(process=process, at=territory.clock.moment, clock=territory.clock)
        assert refused.value.field == "at"

    def test_what_is_no_longer_scheduled_does_not_leave(self, territory):
        process = self.scheduled(territory)
        unschedule_publication(process=process)
        assert publish_what_is_due(FixedClock(self.AT)) == 0


class TestPreflight:
    def with_mandate(self, territory, **fields):
        process = made_ready(draft_of(territory))
        Mandate.objects.filter(pk=territory.mandate.pk).update(**fields)
        return process

    def test_an_answer_due_before_the_listening_ends_blocks(self, territory):
        process = self.with_mandate(territory, answer_due_on=date(2026, 4, 1))
        assert "La réponse est due avant la fin de l’écoute" in blocking(process)

    def test_an_answer_due_yesterday_blocks(self, territory):
        process = self.with_mandate(territory, answer_due_on=date(2026, 2, 28))
        assert "La réponse est promise pour un jour passé" in blocking(process)

    def test_who_answers_and_is_no_longer_in_office_blocks(self, territory):
        process = made_ready(draft_of(territory))
        territory.official.until = TODAY
        territory.official.save(update_fields=["until"])
        assert any("n’est plus en fonction" in title for title in blocking(process))

    def test_a_service_that_nobody_holds_blocks(self, territory):
        process = made_ready(draft_of(territory))
        territory.service.titular = None
        territory.service.save(update_fields=["titular"])
        assert any("ni titulaire ni suppléant" in title for title in blocking(process))

    @pytest.mark.parametrize(
        ("text", "blocks"),
        [
            ("Voir https://exemple.fr/plan.", False),
            ("Voir www.exemple.fr", True),
            ("Voir ftp://exemple.fr/plan", True),
            ("Voir https://", True),
            ("Voir javascript://alert(1)", True),
            ("Écrire à l’accueil. Ni lien, ni adresse.", False),
        ],
    )
    def test_a_link_that_leads_nowhere_blocks(self, territory, text, blocks):
        process = made_ready(draft_of(territory))
        process = edit_promise(process=process, promise=Promise(text, "Chaque avis est lu.", ""))
        assert any("lien" in title for title in blocking(process)) is blocks

    def test_a_link_to_a_page_of_this_site_that_is_not_there_blocks(self, territory):
        territory.authority.host = "orbe.example"
        territory.authority.save(update_fields=["host"])
        process = made_ready(draft_of(territory))
        for path, blocks in (("/participer", False), ("/en/participer", False), ("/rien", True)):
            promise = Promise(f"https://orbe.example{path}", "Chaque avis est lu.", "")
            edit_promise(process=process, promise=promise)
            process = Process.objects.select_related("authority").get(pk=process.pk)
            assert bool(blocking(process)) is blocks, path

    def test_a_document_to_which_a_text_leads_is_advice_when_it_cannot_be_read_aloud(self, territory):
        scan = store_file([picture(kind="PDF")], clock=territory.clock)
        shown = NewAttachment(scan, "Le plan")
        attach_file(record=territory.mandate.record, new=shown)
        process = made_ready(draft_of(territory))
        for link, is_told in ((f"/fichiers/{scan.sha256}", True), (f"/fichiers/{'0' * 64}", False)):
            edit_promise(process=process, promise=Promise(f"Lisez {link}", "Chaque avis est lu.", ""))
            process = Process.objects.select_related("authority").get(pk=process.pk)
            told = [
                str(each.told)
                for each in preflight(process, at_noon(TODAY))
                if "lecteur d’écran" in each.title
            ]
            assert [("sans texte à lire" in each) for each in told] == [True] * is_told

    def test_a_text_in_clear_that_is_too_long_blocks_and_long_sentences_are_advice(self, territory):
        process = made_ready(draft_of(territory, in_clear="mot " * 121 + "."))
        assert "« En clair » a 121 mots" in [title.replace("\u00a0", " ") for title in blocking(process)]
        process = made_ready(
            draft_of(territory, slug="deux", in_clear="mot " * 20 + ".", words=Words(title="B", text="?"))
        )
        assert blocking(process) == []
        assert any("longues" in str(each.title) for each in preflight(process, at_noon(TODAY)))

    def test_six_thousand_voices_mean_two_hundred_hours_and_three_hundred_subjects(self):
        work = work_of("Mobilités", 6000, date(2026, 3, 1), date(2026, 6, 7))
        assert (work.subjects, work.hours, work.hours_a_week) == (300, 500, 36)
        assert work.is_much

    def test_no_week_left_means_all_hours_at_once(self):
        assert work_of("Voirie", 20, date(2026, 3, 1), date(2026, 3, 1)).hours_a_week == 2
