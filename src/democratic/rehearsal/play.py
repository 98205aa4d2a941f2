"""The play: the process's own actions, called in the order of its days. It runs in a database of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from democratic.communities.actions import appoint_official, create_service
from democratic.communities.models import Official
from democratic.kernel.clock import Clock, FixedClock
from democratic.participation.answers.actions import (
    AnswerDraft,
    draft_answer,
    group_contributions,
    open_theme,
    sign_answer,
)
from democratic.participation.answers.models import Theme, Verdict
from democratic.participation.ideas.actions import submit_idea
from democratic.participation.mandates.actions import Order, draft_mandate, publish_mandate
from democratic.participation.mandates.models import Level, Mandate
from democratic.participation.processes.actions import (
    Draft,
    Promise,
    draft_process,
    finish_stage,
    publish_process,
)
from democratic.participation.processes.models import Process, Step
from democratic.participation.processes.preflight.hours import MUCH, work_of
from democratic.people.actions import welcome_guest
from democratic.people.models import Person
from democratic.rehearsal.crowd import Voice, crowd
from democratic.rehearsal.script import Script
from democratic.thread.actions import Words, open_authority, support
from democratic.thread.models import Authority, Origin, Record

SLUG = "essai"
VERDICTS = (Verdict.KEPT, Verdict.PART, Verdict.UNKEPT)
NOON = time(12)


@dataclass(frozen=True, slots=True)
class Scene:
    """A day worth looking at: ``key`` names it in addresses."""

    key: str
    title: str
    clock: FixedClock


@dataclass
class Play:
    """``seed`` makes the same people say the same things. ``settle`` is called when pages are about to be read."""

    script: Script
    seed: int
    settle: Callable[[Clock], None]

    def scenes(self) -> Iterator[Scene]:
        """Each scene is given once all that happens before it was written."""
        self._begin()
        listening = self.script.days_of(Step.LISTENING)
        voices = crowd(
            expected=self.script.expected,
            first=listening.opens_on,
            last=listening.closes_on,
            subjects=len(self.script.sample),
            seed=self.seed,
        )
        yield self._scene("ouverture", _("Le jour de l’ouverture"), listening.opens_on)
        middle = listening.opens_on + (listening.closes_on - listening.opens_on) / 2
        self._say([voice for voice in voices if voice.day <= middle])
        yield self._scene("milieu", _("Au milieu de l’écoute"), middle + timedelta(days=1))
        self._say([voice for voice in voices if voice.day > middle])
        yield self._scene("cloture", _("Le lendemain de la clôture"), listening.closes_on + timedelta(days=1))
        yield from self._answers()
        report = self.script.days_of(Step.REPORT)
        finish_stage(stage=self.process.stages.get(step=Step.REPORT), clock=self._at(report.closes_on))
        yield self._scene("bilan", _("Le jour du bilan"), report.closes_on)

    def _at(self, day: date, minute: int | None = None) -> FixedClock:
        hour = NOON if minute is None else time(minute // 60, minute % 60)
        return FixedClock(datetime.combine(day, hour, ZoneInfo(self.script.time_zone)))

    def _scene(self, key: str, title: str, day: date) -> Scene:
        clock = self._at(day, 18 * 60)
        self.settle(clock)
        return Scene(key, title, clock)

    def _begin(self) -> None:
        self.authority = self._territory()
        clock = self._at(self.script.first_day, 9 * 60)
        self.official, mandate = self._order(clock)
        words = Words(title=self.script.title, text=self.script.text, language=self.script.language)
        draft = Draft(
            words=words,
            promise=Promise(self.script.asks, self.script.use_of_input, self.script.not_negotiable),
            first_day=self.script.first_day,
            slug=self.script.slug,
            in_clear=self.script.in_clear,
            uses_tu=self.script.uses_tu,
            dates={Step(stage.step): (stage.opens_on, stage.closes_on) for stage in self.script.stages},
        )
        drafted = draft_process(
            mandate=mandate, method=self.script.method, draft=draft, author=None, clock=clock
        )
        self.process: Process = publish_process(process=drafted, clock=clock)
        self.public: list[Person] = [welcome_guest() for _each in range(20)]
        self.said: list[tuple[Voice, Record]] = []

    def _territory(self) -> Authority:
        script = self.script
        opened = open_authority(slug=SLUG, name=script.authority, kind_label=script.kind_label)
        Authority.objects.filter(pk=opened.pk).update(
            time_zone=script.time_zone, languages=script.languages, accent=script.accent, is_demo=True
        )
        opened.refresh_from_db()
        return opened

    def _order(self, clock: Clock) -> tuple[Official, Mandate]:
        script = self.script
        service = create_service(authority=self.authority, name=script.service)
        official = appoint_official(
            authority=self.authority, name=script.official, function=script.function, clock=clock
        )
        order = Order(
            ordered_by=script.authority,
            ordered_on=script.first_day,
            decidable=script.decidable,
            not_decidable=script.not_decidable,
            level=Level(script.level),
            aimed_at=script.aimed_at,
            answer_due_on=max(script.answer_due_on, script.first_day),
            answerer=official,
            service=service,
        )
        words = Words(title=script.order_title, text=script.order_text, language=script.language)
        drafted = draft_mandate(authority=self.authority, words=words, order=order, author=None, clock=clock)
        return official, publish_mandate(mandate=drafted, clock=clock)

    def _say(self, voices: list[Voice]) -> None:
        for number, voice in enumerate(voices, start=len(self.said) + 1):
            receipt = submit_idea(
                process=self.process,
                author=welcome_guest(),
                words=Words(
                    text=self.script.sample[voice.subject],
                    byline=_("Simulation %(n)s") % {"n": number},
                    language=self.script.language,
                ),
                origin=Origin(voice.origin),
                clock=self._at(voice.day, voice.minute),
            )
            for person in self.public[: voice.supporters]:
                support(record=receipt.idea.record, person=person)
            self.said.append((voice, receipt.idea.record))

    def _answers(self) -> Iterator[Scene]:
        """Signed when the service can have done the work, at two days of one person a week; late when it is late."""
        script, answer = self.script, self.script.days_of(Step.ANSWER)
        opens = script.days_of(Step.ANALYSIS).opens_on if self._has(Step.ANALYSIS) else answer.opens_on
        grouped_on = max(opens, script.days_of(Step.LISTENING).closes_on + timedelta(days=1))
        themes = self._group(self._at(grouped_on))
        work = work_of(
            script.service, script.expected, script.days_of(Step.LISTENING).opens_on, script.answer_due_on
        )
        ready_on = max(answer.opens_on, grouped_on + timedelta(weeks=-(-work.hours // MUCH)))
        due = script.answer_due_on
        if ready_on > due:
            yield self._scene("echeance", _("Le lendemain de la date promise"), due + timedelta(days=1))
        for rank, theme in enumerate(themes):
            self._answer(theme, VERDICTS[rank % len(VERDICTS)], self._at(ready_on))
        yield self._scene("reponse", _("Le jour des réponses"), ready_on)

    def _has(self, step: Step) -> bool:
        return any(stage.step == step for stage in self.script.stages)

    def _group(self, clock: Clock) -> list[Theme]:
        themes = []
        for subject, sentence in enumerate(self.script.sample):
            here = [record for voice, record in self.said if voice.subject == subject]
            if here:
                words = Words(title=sentence[:120], language=self.script.language)
                theme = open_theme(process=self.process, words=words, author=None, clock=clock)
                group_contributions(contributions=here, theme=theme, clock=clock)
                themes.append(theme)
        return themes

    def _answer(self, theme: Theme, verdict: Verdict, clock: Clock) -> None:
        reason = _("Réponse d’essai : la vraie dira pourquoi, en clair.")
        draft = draft_answer(
            process=self.process,
            subject=theme.record,
            draft=AnswerDraft(verdict, reason, self.official),
            author=None,
            clock=clock,
        )
        sign_answer(answer=draft, signer=self.official, clock=clock)
