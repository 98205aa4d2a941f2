"""What the pre-flight looks at, read once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from democratic.kernel.clock import local_day
from democratic.kernel.files import lacks_of
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.models import Preparation, Process, Step
from democratic.thread.models import Attachment, Authority, Record, Visibility

Days = tuple[date, date]
FILE_LINK = re.compile(r"/fichiers/([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class ShownFile:
    """``alternative``: of a document, the words of its link; ``lacks``: what a screen reader would not find."""

    is_image: bool
    alternative: str
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one draft. ``texts``: by the name of their field; ``stages``: first and last day, by step."""

    authority: Authority
    texts: Mapping[str, str]
    stages: Mapping[Step, Days]
    today: date
    answer_due_on: date
    answerer: str
    answerer_in_office: bool
    answerer_has_account: bool
    service: str
    service_is_held: bool
    mandate_code: str
    mandate_stands: bool
    preparation: Preparation
    files: tuple[ShownFile, ...]

    @property
    def listening(self) -> Days:
        return self.stages[Step.LISTENING]


TEXTS = ("asks", "use_of_input", "not_negotiable", "in_clear")


def texts_of(process: Process, record: Record) -> Mapping[str, str]:
    """What a draft says, by the name of the field."""
    own = {name: str(getattr(process, name)) for name in TEXTS}
    return {"title": record.title, "text": record.text} | own


def facts_of(process: Process, today: date) -> Facts:
    """Five queries."""
    record = Record.objects.select_related("wording").get(pk=process.pk)
    mandate = Mandate.objects.select_related("record", "record__withdrawal", "answerer", "service").get(
        pk=process.mandate_id
    )
    texts = texts_of(process, record)
    answerer, service, zone = mandate.answerer, mandate.service, process.authority.time_zone
    return Facts(
        authority=process.authority,
        texts=texts,
        stages={
            Step(stage.step): (
                local_day(stage.opens_at, zone),
                local_day(stage.closes_at - timedelta(seconds=1), zone),
            )
            for stage in process.stages.order_by("rank")
        },
        today=today,
        answer_due_on=mandate.answer_due_on,
        answerer=answerer.name,
        answerer_in_office=answerer.until is None,
        answerer_has_account=answerer.person_id is not None,
        service=service.name,
        service_is_held=service.titular_id is not None or service.deputy_id is not None,
        mandate_code=mandate.record.code,
        mandate_stands=mandate.record.visibility == Visibility.PUBLIC
        and getattr(mandate.record, "withdrawal", None) is None,
        preparation=Preparation.objects.get(process=process),
        files=tuple(
            ShownFile(shown.file.is_image, shown.alternative, tuple(lacks_of(shown.file)))
            for shown in _files(record, texts)
        ),
    )


def _files(record: Record, texts: Mapping[str, str]) -> QuerySet[Attachment]:
    """Those that it shows, and those that its texts lead to, once each."""
    linked = {found[1] for text in texts.values() for found in FILE_LINK.finditer(text)}
    shown = Attachment.objects.filter(
        Q(record=record) | Q(file__in=linked, record__authority=record.authority_id)
    )
    return shown.select_related("file").order_by("file", "pk").distinct("file")
