"""What is done with the conversations that are ticked: each act says how many it reached."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from democratic.communities.queries import services_of
from democratic.kernel.ids import read_code
from democratic.kernel.refusals import Refusal
from democratic.participation.inbox.actions import assign, close_conversations, group_with
from democratic.participation.inbox.tagging import tag_conversations
from democratic.thread.models import Kind, Record, Visibility
from democratic.web.requests import Request, someone

GROUPABLE = (Kind.IDEA, Kind.THEME, Kind.PROCESS, Kind.DEBATE, Kind.COMMITMENT)


@dataclass(frozen=True, slots=True)
class Ticked:
    request: Request
    ids: list[UUID]

    def tag(self) -> str:
        names = self.request.POST.get("tags", "").split(",")
        n = tag_conversations(authority=self.request.authority, conversations=self.ids, names=names)
        return ngettext("%(n)d échange classé.", "%(n)d échanges classés.", n) % {"n": n}

    def give(self) -> str:
        wanted = self.request.POST.get("service", "")
        services = {str(each.pk): each for each in services_of(self.request.authority)}
        n = assign(
            authority=self.request.authority, conversations=self.ids, service=services.get(wanted),
            assignee=None, due_on=None, clock=self.request.clock,
        )  # fmt: skip
        return ngettext("%(n)d échange confié.", "%(n)d échanges confiés.", n) % {"n": n}

    def take(self) -> str:
        n = assign(
            authority=self.request.authority, conversations=self.ids, service=None,
            assignee=someone(self.request), due_on=None, clock=self.request.clock,
        )  # fmt: skip
        return ngettext("%(n)d échange est à vous.", "%(n)d échanges sont à vous.", n) % {"n": n}

    def group(self) -> str:
        about = record_about(self.request, self.request.POST.get("code", ""))
        n = group_with(authority=self.request.authority, conversations=self.ids, about=about)
        told = ngettext("%(n)d échange groupé avec %(code)s.", "%(n)d échanges groupés avec %(code)s.", n)
        return told % {"n": n, "code": about.code}  # fmt: skip

    def close(self) -> str:
        n = close_conversations(
            authority=self.request.authority, conversations=self.ids, clock=self.request.clock
        )
        return ngettext("%(n)d échange clos.", "%(n)d échanges clos.", n) % {"n": n}


ACTS: dict[str, Callable[[Ticked], str]] = {
    "classer": Ticked.tag,
    "confier": Ticked.give,
    "prendre": Ticked.take,
    "grouper": Ticked.group,
    "clore": Ticked.close,
}


def record_about(request: Request, typed: str) -> Record:
    found = Record.objects.filter(
        authority=request.authority, code=read_code(typed) or "", kind__in=GROUPABLE, visibility=Visibility.PUBLIC
    )  # fmt: skip
    about = found.select_related("process").first()
    if about is None:
        raise Refusal(_("Ce code n’est pas celui d’une parole, d’un sujet ou d’une concertation d’ici."))
    return about
