"""So many copies of a form: each with a number and a public code. Their keys: see ``keys``."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from civics.paper.layout import MOST_OPTIONS, lay_out
from civics.paper.pagecode import PageCode
from democratic.kernel.clock import Clock
from democratic.kernel.ids import new_code
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line
from democratic.participation.paper.models import PaperSheet, PrintRun
from democratic.participation.polls.models import Poll
from democratic.participation.polls.states import PollState, state_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.rules import refuse_unless_published
from democratic.people.models import AgeBand, Person
from democratic.thread.actions.records import reserve_codes
from democratic.thread.models import Place

MOST_COPIES, GROUP_LIMIT = 200, 80
BANDS = tuple(band.value for band in AgeBand if band is not AgeBand.UNSAID)
_CHECK_SIGNS = 8


@dataclass(frozen=True, slots=True)
class ForWhom:
    """What is said once of all who fill in a run: a class, its school, its municipality. Empty: each says it, or nobody."""

    group: str = ""
    age: str = ""
    place: str = ""

    @property
    def is_of_children(self) -> bool:
        return self.age == AgeBand.UNDER_15


@transaction.atomic
def print_forms(
    *, process: Process, poll: Poll | None, copies: int, by: Person, clock: Clock, whom: ForWhom = ForWhom()
) -> PrintRun:
    """Reserve as many numbers as there are copies. What is asked is kept as it is printed."""
    refuse_unless_published(process)
    whom = _known(process, whom, poll)
    if not 1 <= copies <= MOST_COPIES:
        raise Refusal(
            _("Imprimez entre 1 et %(most)d exemplaires à la fois.") % {"most": MOST_COPIES}, field="copies"
        )
    if poll is not None and state_of(poll, clock.now()) not in (PollState.OPEN, PollState.AHEAD):
        raise Conflict(_("Cette question n’est pas ouverte : elle ne s’imprime pas."), field="poll")
    options = options_of(poll)
    if len(options) > MOST_OPTIONS:
        raise Conflict(_("Cette question a trop de réponses pour tenir sur une feuille."), field="poll")
    run = PrintRun.objects.create(
        process=process,
        poll=poll,
        code=new_code().replace("-", ""),
        copies=copies,
        layout=lay_out(
            () if whom.age else BANDS,
            [rank for rank, _label in options],
            asks_words=not whom.is_of_children,
        ).as_json(),
        question=poll.record.title[:300] if poll else "",
        options=options,
        group=whom.group,
        age=whom.age,
        place=whom.place,
        printed_at=clock.now(),
        printed_by=by,
    )
    reserve_codes(copies, keep=partial(_number, run))
    return run


def _known(process: Process, whom: ForWhom, poll: Poll | None) -> ForWhom:
    if whom.age not in ("", *BANDS):
        raise Refusal(_("Choisissez une de ces tranches d’âge."), field="age")
    if whom.is_of_children and poll is None:
        raise Refusal(
            _("Avant 15 ans, seule la case cochée est gardée : choisissez la question de ces feuilles."),
            field="poll",
        )
    if whom.place and not municipalities_of(process).filter(name=whom.place).exists():
        raise Refusal(_("Choisissez une commune de la liste."), field="place")
    return replace(whom, group=clean_line(whom.group)[:GROUP_LIMIT])


def municipalities_of(process: Process) -> "QuerySet[Place]":
    """Those that a class may be said to be of."""
    return Place.objects.filter(authority=process.authority_id, kind=Place.Kind.MUNICIPALITY).order_by("name")


def options_of(poll: Poll | None) -> list[list[Any]]:
    """[[rank, words]], as a run keeps them; « Sans avis » has no words of its own."""
    return [[option.rank, option.label] for option in poll.options.all()] if poll else []


def _number(run: PrintRun, codes: list[str]) -> None:
    PaperSheet.objects.bulk_create(
        [PaperSheet(run=run, serial=n, code=code) for n, code in enumerate(codes, 1)]
    )


def said_by(run: PrintRun, serial: int) -> PageCode:
    """What the code of a page says; nobody else can make its check."""
    check = keyed_hash("paper", str(run.process.authority_id), run.code, str(serial))[:_CHECK_SIGNS].upper()
    return PageCode(run.code, serial, check)


def is_ours(run: PrintRun, said: PageCode) -> bool:
    expected = said_by(run, said.serial).check
    return 1 <= said.serial <= run.copies and hmac.compare_digest(expected, said.check)


def sheets_of(run: PrintRun) -> Sequence[PaperSheet]:
    return list(run.sheets.order_by("serial"))
