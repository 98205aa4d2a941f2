"""What the kit of a code says: the flow's own words, the process's dates, and the address that the code opens."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from civics.reach.flow import Flow as WrittenFlow
from democratic.communities.reserve.queries import names_leave
from democratic.kernel.authority_colour import READABLE
from democratic.kernel.clock import local_day
from democratic.kernel.colour import contrast, is_colour
from democratic.kernel.spoken import Spoken
from democratic.participation.conversations.editing import read_flow
from democratic.participation.conversations.models import Flow, FlowCode, FlowRevision
from democratic.participation.conversations.relaying import has_kit, last_revision
from democratic.thread.addresses import public_url
from democratic.web.formats import day
from democratic.web.kits.told import LONGEST_QUESTION, Told, cut, told_of

GROUNDS = {"": "#0f5257", "ardoise": "#2f4858", "prune": "#5b2a4f"}  # of tokens.css: a test compares
WHITE = "#ffffff"
_SECONDS = {"text": 40, "message": 5, "rotating": 12}  # to answer one step; any other is a tap
_A_TAP = 10


@dataclass(frozen=True, slots=True)
class CodeTold:
    """``question``: the first that is asked, in the reader's language when the flow speaks it."""

    told: Told
    code: str
    question: Spoken
    minutes: int
    has_words: bool
    url: str
    made_on: date

    @property
    def uses_tu(self) -> bool:
        return self.told.process.uses_tu

    @property
    def address(self) -> str:
        """What one types."""
        return self.url.split("://", 1)[1]

    @property
    def authority(self) -> str:
        return self.told.process.authority.name

    @property
    def name_language(self) -> str:
        wording = self.told.process.record.wording
        return wording.language if wording else get_language() or "fr"

    @property
    def until(self) -> str:
        """The last day on which people are heard; nothing once it is past, or while nobody said it."""
        last = self.told.listens_until
        return day(last) if last is not None and self.told.today <= last else ""

    @property
    def answer_day(self) -> str:
        return day(self.told.answers_by)

    @property
    def time(self) -> str:
        """« une minute », « 3 minutes »."""
        return ngettext("une minute", "%(n)d minutes", self.minutes) % {"n": self.minutes}

    @property
    def becomes(self) -> str:
        """A sentence is owed an answer; a tap is owed what comes out of all of them."""
        when = {"day": self.answer_day}
        if self.has_words:
            return _("Chaque phrase reçoit une réponse publique avant le %(day)s.") % when
        return _("Ce qui en sort est publié, avec une réponse, avant le %(day)s.") % when

    @property
    def ground(self) -> str:
        return ground_of(self.told.process.authority.accent, self.told.process.authority.identity)


@dataclass(frozen=True, slots=True)
class FlowTold:
    """Read once for all the codes of a flow: eight queries at most."""

    told: Told
    written: WrittenFlow
    made_on: date

    def of(self, code: FlowCode) -> CodeTold:
        process, language = self.told.process, get_language() or "fr"
        return CodeTold(
            self.told,
            code.code,
            _question(self.written, self.told, language),
            minutes_of(self.written),
            any(step.kind == "text" for step in self.written.singles()),
            public_url(process.authority, f"/r/{code.code}", language),
            self.made_on,
        )


def told_for(flow: Flow, today: date) -> FlowTold | None:
    """None while there is nothing to announce: a draft, or a flow that is shut. ``flow``: with its process."""
    revision = last_revision(flow) if has_kit(flow) else None
    if revision is None:
        return None
    revision.flow = flow
    return flow_told(revision, today)


def flow_told(revision: FlowRevision, today: date) -> FlowTold:
    """``revision`` is read with its flow's process, its record and its mandate."""
    process = revision.flow.process
    told = told_of(process, today, names_officials=not names_leave(process.authority, today))
    made_on = local_day(revision.published_at, process.authority.time_zone)
    return FlowTold(told, read_flow(revision.content), made_on)


def _question(written: WrittenFlow, told: Told, language: str) -> Spoken:
    spoken = language if language in written.languages else written.languages[0]
    asked = next((step for step in written.singles() if step.kind != "message"), None)
    if asked is None:
        return Spoken(told.name, spoken)
    return Spoken(cut(written.in_language(asked.text, spoken), LONGEST_QUESTION), spoken)


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def minutes_of(written: WrittenFlow) -> int:
    """Never under one: nobody is told « thirty seconds », and then asked for a sentence."""
    seconds = sum(_SECONDS.get(step.kind, _A_TAP) for step in written.steps)
    return max(1, ceil(seconds / 60 - 0.5))


def ground_of(accent: str, identity: str) -> str:
    """The authority's colour when white reads on it, else the product's."""
    if is_colour(accent) and contrast(accent, WHITE) >= READABLE:
        return accent
    return GROUNDS.get(identity, GROUNDS[""])
