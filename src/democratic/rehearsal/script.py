"""What a rehearsal needs to know of a process: words, dates and names of functions; nobody's voice."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from democratic.kernel.clock import local_day
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.methods.files import NoMethod, method_of
from democratic.participation.processes.models import Preparation, Process, Stage

EXPECTED = 200  # voices, for a process that does not say


class CannotRehearse(Exception):
    """Why, in a sentence for the agent."""


@dataclass(frozen=True, slots=True)
class StageLine:
    step: str
    opens_on: date
    closes_on: date


@dataclass(frozen=True, slots=True)
class Script:
    """Days are local. ``sample``: sentences that the method gives, to be said by simulated people."""

    authority: str
    kind_label: str
    time_zone: str
    languages: str
    accent: str
    service: str
    official: str
    function: str
    order_title: str
    order_text: str
    decidable: str
    not_decidable: str
    level: str
    aimed_at: str
    answer_due_on: date
    slug: str
    title: str
    text: str
    language: str
    asks: str
    use_of_input: str
    not_negotiable: str
    in_clear: str
    uses_tu: bool
    method: str
    expected: int
    stages: tuple[StageLine, ...]
    sample: tuple[str, ...]

    def days_of(self, step: str) -> StageLine:
        return next(stage for stage in self.stages if stage.step == step)

    @property
    def first_day(self) -> date:
        return min(stage.opens_on for stage in self.stages)

    def to_json(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat)

    @classmethod
    def from_json(cls, text: str) -> "Script":
        known = json.loads(text)
        known["answer_due_on"] = date.fromisoformat(known["answer_due_on"])
        known["sample"] = tuple(known["sample"])
        known["stages"] = tuple(
            StageLine(
                each["step"], date.fromisoformat(each["opens_on"]), date.fromisoformat(each["closes_on"])
            )
            for each in known["stages"]
        )
        return cls(**known)


def script_of(process_id: UUID) -> Script:
    """Reads, and writes nothing. CannotRehearse: its method's file is gone."""
    process = Process.objects.select_related("record__wording", "authority").get(pk=process_id)
    mandate = Mandate.objects.select_related("record__wording", "answerer", "service").get(
        pk=process.mandate_id
    )
    try:
        method = method_of(process.template)
    except NoMethod as gone:
        raise CannotRehearse(
            _("La méthode « %(method)s » n’est plus dans cette installation.") % {"method": process.template}
        ) from gone
    wording = process.record.wording
    language = wording.language if wording else "fr"
    settled = Preparation.objects.filter(process=process).first()
    authority = process.authority
    return Script(
        authority=authority.name,
        kind_label=authority.kind_label,
        time_zone=authority.time_zone,
        languages=authority.languages,
        accent=authority.accent,
        service=mandate.service.name,
        official=mandate.answerer.name,
        function=mandate.answerer.function,
        order_title=str(mandate.record.title),
        order_text=str(mandate.record.text),
        decidable=mandate.decidable,
        not_decidable=mandate.not_decidable,
        level=mandate.level,
        aimed_at=mandate.aimed_at,
        answer_due_on=mandate.answer_due_on,
        slug=process.slug,
        title=str(process.record.title),
        text=str(process.record.text),
        language=language,
        asks=process.asks,
        use_of_input=process.use_of_input,
        not_negotiable=process.not_negotiable,
        in_clear=process.in_clear,
        uses_tu=process.uses_tu,
        method=process.template,
        expected=(settled.expected_voices if settled else None) or EXPECTED,
        stages=_lines(process.stages.order_by("rank"), authority.time_zone),
        sample=tuple(each.told(language) for each in method.sample),
    )


def _lines(stages: Iterable[Stage], zone: str) -> tuple[StageLine, ...]:
    return tuple(
        StageLine(
            stage.step,
            local_day(stage.opens_at, zone),
            local_day(stage.closes_at - timedelta(seconds=1), zone),
        )
        for stage in stages
    )
