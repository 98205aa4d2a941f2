"""What the kits of a process say: read once, in a fixed number of queries, for nobody in particular."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import dues_by_process, timeline_of
from democratic.participation.processes.timeline import StepLine
from democratic.participation.processes.tool import Act
from democratic.participation.reports.desk import themes_of
from democratic.participation.reports.home import question_of, title_of
from democratic.thread.addresses import public_address
from democratic.web.drawings import qr_path
from democratic.web.formats import day, typo
from democratic.web.kits.printable import Json

LONGEST_QUESTION, LONGEST_NAME = 260, 90
QUIET = 4  # modules of white around a code, as ISO/IEC 18004 asks


@dataclass(frozen=True, slots=True)
class Told:
    """``names_officials`` is False in an electoral reserve: their names leave what is printed for the street."""

    process: Process
    today: date
    steps: tuple[StepLine, ...]
    answer: Due | None
    themes: tuple[str, ...]
    names_officials: bool

    @property
    def name(self) -> str:
        return cut(title_of(self.process.record), LONGEST_NAME)

    @property
    def question(self) -> str:
        """A process without a text asks by its title."""
        asked, _details = question_of(self.process.record)
        return cut(asked or title_of(self.process.record), LONGEST_QUESTION)

    @property
    def listens_until(self) -> date | None:
        days = [step.closes_on for step in self.steps if Act.SUBMIT_IDEA in step.allows]
        return max(days, default=None)

    @property
    def answers_by(self) -> date:
        return self.answer.due_on if self.answer else self.process.mandate.answer_due_on

    @property
    def answerer(self) -> str:
        """Who promised the answer: a name and a function, or the service alone."""
        mandate = self.process.mandate
        if not self.names_officials:
            return mandate.service.name
        return f"{mandate.answerer.name}, {mandate.answerer.function}"

    @property
    def asker(self) -> str:
        return self.process.mandate.ordered_by if self.names_officials else self.process.authority.name

    @property
    def address(self) -> str:
        """What one types: the authority's host and the process's code, in no language."""
        return short_address(self.process)


def told_of(process: Process, today: date, *, names_officials: bool = True) -> Told:
    """Four queries. ``process`` comes with its record and its mandate."""
    dues = dues_by_process([process.pk], today)[process.pk]
    return Told(
        process,
        today,
        timeline_of(process, dues, today),
        dues.get(Owed.ANSWER),
        tuple(title for _code, title, _voices in themes_of(process)),
        names_officials,
    )


def short_address(process: Process) -> str:
    return f"{public_address(process.authority)}/{process.record.code}".split("://", 1)[1]


def cut(text: str, most: int) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def frame_of(process: Process, title: str) -> dict[str, Json]:
    """What every sheet says: its language, its title for who lists files, whose it is, and the code to scan."""
    return {
        "language": get_language() or "fr",
        "title": title,
        "spoken": process.record.wording.language if process.record.wording else get_language() or "fr",
        "authority": process.authority.name,
        "name": cut(title_of(process.record), LONGEST_NAME),
        "address": short_address(process),
        "qr": qr_of(f"{public_address(process.authority)}/{process.record.code}"),
    }


def qr_of(address: str) -> dict[str, Json]:
    path, side = qr_path(address)
    return {
        "svg": (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
            f'<path d="{path}" fill="#000"/></svg>'
        ),
        "alt": _("Code QR qui mène à %(address)s") % {"address": address.split("://", 1)[1]},
        "quiet": QUIET / (side + 2 * QUIET),
    }


def promise_of(told: Told) -> str:
    """« Votre parole recevra une réponse avant le 12 juin 2026. »"""
    when = {"day": day(told.answers_by)}
    if told.process.uses_tu:
        return typo(_("Ta parole recevra une réponse avant le %(day)s.") % when)
    return typo(_("Votre parole recevra une réponse avant le %(day)s.") % when)
