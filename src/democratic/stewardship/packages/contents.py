"""What of a process is public, as tables: each row as anyone reads it, no time finer than the day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from democratic.kernel.clock import local_day
from democratic.participation.obligations.models import Obligation
from democratic.participation.obligations.queries import dues_of
from democratic.participation.processes.models import Process
from democratic.thread.models import Attachment, Link, Record
from democratic.thread.rules import Viewer, visible_records

Row = dict[str, Any]
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Table:
    """``columns``: name, what it holds in French, in English."""

    name: str
    columns: tuple[tuple[str, str, str], ...]


RECORDS = Table(
    "paroles-et-actes",
    (
        ("code", "numéro public", "public code"),
        (
            "kind",
            "nature : idée, réponse, décision, engagement…",
            "kind: idea, answer, decision, commitment…",
        ),
        ("state", "état au jour du dossier", "state on the day of the package"),
        ("origin", "d’où c’est venu : web, rue, papier…", "where it came from: web, street, paper…"),
        ("place", "lieu", "place"),
        ("day", "jour", "day"),
        ("byline", "signature montrée", "byline shown"),
        ("language", "langue", "language"),
        ("title", "titre", "title"),
        ("text", "texte", "text"),
    ),
)
LINKS = Table(
    "liens",
    (
        ("source", "numéro d’où l’on part", "code it starts from"),
        ("kind", "ce qui les lie", "what links them"),
        ("target", "numéro où l’on arrive", "code it leads to"),
    ),
)
DUES = Table(
    "echeances",
    (
        ("code", "numéro", "public code"),
        ("owed", "ce qui est dû : réponse, engagement, bilan…", "what is owed: answer, commitment, report…"),
        ("service", "service", "service"),
        ("first_due_on", "premier jour promis", "day first promised"),
        ("due_on", "jour promis après report", "day promised after postponement"),
        ("met_on", "jour où c’est fait", "day it was done"),
        ("days_late", "jours de retard sur la première promesse", "days late on the first promise"),
        ("reason", "dernier motif de report", "last reason for a postponement"),
    ),
)
FILES = Table(
    "fichiers",
    (
        ("sha256", "empreinte, et nom dans fichiers/", "hash, and name in fichiers/"),
        ("code", "numéro de ce qui le montre", "code of what shows it"),
        ("content_type", "type", "type"),
        ("alternative", "ce que l’image montre", "what the picture shows"),
    ),
)


def records_of(process: Process) -> "QuerySet[Record]":
    """All that anyone may read of the process, its order included."""
    own = Q(pk__in=(process.pk, process.mandate_id)) | Q(process=process.pk)
    return visible_records(Viewer(process.authority)).filter(own)


def record_rows(process: Process) -> Iterator[Row]:
    zone = process.authority.time_zone
    for record in records_of(process).select_related("wording").order_by("pk").iterator(chunk_size=CHUNK):
        yield {
            "code": record.code,
            "kind": record.kind,
            "state": record.state,
            "origin": record.origin,
            "place": record.place,
            "day": local_day(record.happened_at, zone).isoformat(),
            "byline": record.byline,
            "language": record.wording.language if record.wording else "",
            "title": record.title,
            "text": record.text,
        }


def link_rows(process: Process) -> Iterator[Row]:
    shown = records_of(process).values("pk")
    found = Link.objects.filter(source__in=shown, target__in=shown, ended_by=None).order_by("pk")
    for source, kind, target in found.values_list("source__code", "kind", "target__code").iterator():
        yield {"source": source, "kind": kind, "target": target}


def due_rows(process: Process, today: date) -> Iterator[Row]:
    """Late ones too: an archive hides nothing."""
    owed = Obligation.objects.filter(record__in=records_of(process).values("pk"))
    codes = dict(owed.values_list("record_id", "record__code"))
    for (record, kind), due in sorted(dues_of(list(codes), today).items(), key=str):
        yield {
            "code": codes[record],
            "owed": str(kind),
            "service": due.service,
            "first_due_on": due.first_due_on.isoformat(),
            "due_on": due.due_on.isoformat(),
            "met_on": due.met_on.isoformat() if due.met_on else "",
            "days_late": due.days_late,
            "reason": due.last_reason,
        }


def attachments_of(process: Process) -> "QuerySet[Attachment]":
    shown = records_of(process).values("pk")
    return Attachment.objects.filter(record__in=shown).select_related("file", "record").order_by("pk")
