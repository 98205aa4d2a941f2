"""Splitting an idea that says several things, by hand: each part is its author's own words, and is owed an answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.answers.grouping import (
    INADMISSIBLE,
    RECEIVED,
    REJOINED,
    SPLIT,
    leave,
    own_answer,
    refuse_merged,
    refuse_split,
)
from democratic.participation.answers.lineage import running_merges
from democratic.participation.ideas.events import IDEA_PART_OPENED, IDEA_REJOINED, IDEA_SPLIT
from democratic.participation.ideas.models import Idea
from democratic.participation.obligations.actions import reopen
from democratic.participation.obligations.models import Owed
from democratic.participation.processes.rules import refuse_before_its_stage
from democratic.participation.processes.tool import Act
from democratic.thread.actions import (
    NewRecord,
    Words,
    append_entry,
    bump_pages_of,
    end_link,
    link,
    open_record,
    refuse_if_withdrawn,
    set_state,
)
from democratic.thread.events import Event
from democratic.thread.models import Entry, Kind, Link, LinkKind, Origin, Record, Visibility
from democratic.thread.queries.wholes import running_splits

FEWEST, MOST = 2, 8


@dataclass(frozen=True, slots=True)
class Part:
    """A title given by the service, and words of the author's, copied and not changed."""

    title: str
    text: str


_NONE = Part("", "")


@transaction.atomic
def split_idea(
    *, record: Record, parts: Sequence[Part], reason: str, function: str, clock: Clock
) -> list[Record]:
    """Each part is answered by itself; the whole stays readable, keeps its supports, and counts as one voice."""
    whole = _locked(record)
    now = clock.now()
    why = _why(reason)
    _refuse_unless_splittable(whole)
    refuse_before_its_stage(whole.process.as_process, Act.GROUP, now)  # type: ignore[union-attr]
    cleaned = _verbatim(parts, whole)
    leave(whole, clock)
    set_state(whole, SPLIT)
    cut = [_open(whole, part, clock) for part in cleaned]
    entry = _tell(IDEA_SPLIT, whole, cut, why, function, clock)
    for part in cut:
        link(source=part, kind=LinkKind.SPLIT_FROM, target=whole, entry=entry)
    _owe_again(whole, clock)
    return cut


@transaction.atomic
def unsplit_idea(*, idea: Record, reason: str, function: str, clock: Clock) -> None:
    """Say in public that it was one thing: its parts are closed, and what was owed to them is owed to it."""
    whole, why = _locked(idea), _why(reason)
    if whole.state != SPLIT or whole.visibility != Visibility.PUBLIC:
        raise Conflict(_("Cette parole n’est pas scindée."))
    cut = _locked_parts(whole)
    _refuse_once_answered(cut)
    entry = _tell(IDEA_REJOINED, whole, cut, why, function, clock)
    for part in cut:
        leave(part, clock)
        end_link(source=part, kind=LinkKind.SPLIT_FROM, target=whole, entry=entry)
        set_state(part, REJOINED)
    set_state(whole, RECEIVED)
    _owe_again(whole, clock)


def _locked(idea: Record) -> Record:
    rows = Record.objects.select_for_update(of=("self",)).filter(pk=idea.pk)
    return rows.select_related("authority", "process__as_process", "theme", "wording", "author").get()


def _why(reason: str) -> str:
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Dites pourquoi : le motif est public."), field="reason")
    return why


def _refuse_unless_splittable(whole: Record) -> None:
    if whole.kind != Kind.IDEA or whole.visibility != Visibility.PUBLIC or whole.process is None:
        raise Conflict(_("On ne scinde qu’une parole publiée."))
    if whole.state == SPLIT:
        raise Conflict(_("Cette parole est déjà scindée."))
    refuse_split(whole)
    refuse_if_withdrawn(whole)
    if whole.state == INADMISSIBLE:
        raise Conflict(_("Une parole hors du champ ne se scinde pas : remettez-la d’abord dans le champ."))
    if running_splits().filter(source=whole).exists():
        raise Conflict(_("C’est déjà une part : scindez autrement la parole dont elle vient."))
    refuse_merged([whole.pk])
    if running_merges().filter(target=whole).exists():
        raise Conflict(_("D’autres paroles y sont fusionnées : défaites d’abord leur fusion."))
    if own_answer(whole):
        raise Conflict(_("Une parole qui a reçu sa propre réponse, signée, ne se scinde plus."))


def _verbatim(parts: Sequence[Part], whole: Record) -> list[Part]:
    """Cleaned; refuses by its field the first part that has no title, no words, or others than the author's.

    A part that is wholly empty is none: the others keep the numbers under which they were typed.
    """
    typed = [Part(clean_line(part.title), clean_text(part.text)) for part in parts]
    if not FEWEST <= sum(part != _NONE for part in typed) <= MOST:
        raise Refusal(_("Scindez en deux à huit parts."), field="text_1")
    said = [_folded(words) for words in words_of(whole)]
    cleaned: list[Part] = []
    for n, words in enumerate(typed, start=1):
        if words == _NONE:
            continue
        if not words.title:
            raise Refusal(_("Donnez un titre à la part %(n)d.") % {"n": n}, field=f"title_{n}")
        if not words.text:
            raise Refusal(_("Copiez ce que dit la part %(n)d.") % {"n": n}, field=f"text_{n}")
        if not any(_is_said(_folded(words.text), each) for each in said):
            raise Refusal(
                _("La part %(n)d ne reprend pas mot pour mot la parole : copiez, sans rien changer.")
                % {"n": n},
                field=f"text_{n}",
            )
        if _folded(words.text) in [_folded(other.text) for other in cleaned]:
            raise Refusal(_("La part %(n)d dit ce que dit déjà une autre.") % {"n": n}, field=f"text_{n}")
        cleaned.append(words)
    return cleaned


def words_of(whole: Record) -> list[str]:
    """What its author wrote: not a title that was made of the first words of the text."""
    is_made = _folded(whole.text).startswith(_folded(whole.title.removesuffix("…")))
    return [whole.text] if is_made else [whole.title, whole.text]


def _folded(text: str) -> str:
    """Blanks of every kind are one: a copy may lose the end of a line or an unbreakable space."""
    return " ".join(clean_text(text).split())


def _is_said(words: str, text: str) -> bool:
    """Whole words in a row: « bus » is not said by « autobus »."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _open(whole: Record, part: Part, clock: Clock) -> Record:
    """Its author's, by the same identity: who claims or takes back the whole has its parts. No key of its own."""
    record = open_record(
        NewRecord(
            authority=whole.authority,
            kind=Kind.IDEA,
            process=whole.process,
            audience=whole.audience,
            words=Words(part.title, part.text, _language_of(whole), whole.byline),
            event=IDEA_PART_OPENED,
            author=whole.author,
            origin=Origin(whole.origin),
            state=RECEIVED,
            happened_at=whole.happened_at,
            is_institutional=True,
            data={"whole": whole.code},
        ),
        clock=clock,
    )
    Idea.objects.create(record=record, process=whole.process.as_process)  # type: ignore[union-attr]
    spoken = Link.objects.filter(source=whole, kind=LinkKind.SPOKEN_FOR, ended_by=None).select_related(
        "target"
    )
    for each in spoken:
        link(source=record, kind=LinkKind.SPOKEN_FOR, target=each.target, entry=record.entries.get())
    return record


def _language_of(whole: Record) -> str:
    return whole.wording.language if whole.wording else "fr"


def _locked_parts(whole: Record) -> list[Record]:
    running = running_splits().filter(target=whole).values("source")
    rows = Record.objects.select_for_update(of=("self",)).filter(pk__in=running).order_by("pk")
    return list(rows.select_related("authority", "theme"))


def _refuse_once_answered(cut: Sequence[Record]) -> None:
    shown = [part for part in cut if part.visibility == Visibility.PUBLIC]
    if any(part.state not in (RECEIVED, INADMISSIBLE) or own_answer(part) for part in shown):
        raise Conflict(_("Une de ses parts a reçu une réponse, signée : elles ne se réunissent plus."))
    ids = [part.pk for part in cut]
    if running_merges().filter(Q(source__in=ids) | Q(target__in=ids)).exists():
        raise Conflict(
            _("Une de ses parts est fusionnée avec une autre parole : défaites d’abord la fusion.")
        )


def _owe_again(whole: Record, clock: Clock) -> None:
    if whole.process:
        reopen(record=whole.process, owed=Owed.ANSWER, clock=clock)
    bump_pages_of(whole)


def _tell(event: Event, whole: Record, cut: Sequence[Record], why: str, function: str, clock: Clock) -> Entry:
    return append_entry(
        event,
        record=whole,
        now=clock.now(),
        data={"parts": [part.code for part in cut]},
        words={"reason": why, "function": clean_line(function)},
        is_institutional=True,
    )
