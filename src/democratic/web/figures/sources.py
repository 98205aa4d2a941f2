"""Which figures there are, and how each is made: of a process, or of the authority."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from democratic.participation.commitments.queries import commitment_groups, tally_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for, process_id_for
from democratic.participation.reports.answer_counts import answers_in, answers_of_authority
from democratic.participation.reports.answering import answering_of
from democratic.participation.reports.balance import balance_of
from democratic.participation.reports.figures import VoicesInTime, in_time, said_in
from democratic.participation.reports.heard import heard_in
from democratic.thread.rules import Viewer
from democratic.web.charts.acts import answers_chart, promises_chart
from democratic.web.charts.chart import Chart
from democratic.web.charts.frame import figures_path, source_of
from democratic.web.charts.voices import origins_chart, weeks_chart
from democratic.web.places import at, process_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.suites.commitments_list import title_of_tally
from democratic.web.suites.reports.balance import tally_title
from democratic.web.suites.reports.heard import published_of, themes_chart
from democratic.web.suites.reports.picture import flow_chart

Make = Callable[[], Chart | None]


@dataclass(frozen=True, slots=True)
class Source:
    """``scope``: of whose version its pages are; ``slug``: empty for the authority's."""

    scope: UUID
    slug: str
    makes: Mapping[str, Make]
    trail: tuple[tuple[str, str], ...]

    def chart(self, key: str) -> Chart:
        """Http404: there is no such figure, or nothing to draw yet."""
        make = self.makes.get(key)
        chart = make() if make else None
        if chart is None:
            raise Http404
        return chart

    def charts(self) -> list[Chart]:
        made = (make() for make in self.makes.values())
        return [chart for chart in made if chart is not None]


def of_process(request: Request, slug: str) -> Source:
    """RecordNotFound. The process itself is read when one of its figures is made."""
    viewer, today = anyone(request), today_of(request)
    base, told = figures_path(slug), source_of(viewer.authority)

    def process() -> Process:
        return get_process_for(viewer, slug)

    def themes() -> Chart | None:
        heard = heard_in(process(), viewer, with_quotes=False)
        return themes_chart(heard, base, told) if heard.voices.attached else None

    def answers() -> Chart | None:
        counted = answers_in(answering_of(process(), viewer, today))
        return answers_chart(counted, base, told) if counted.total else None

    def promises() -> Chart | None:
        balance = balance_of(process(), viewer, today)
        return promises_chart(balance.tally, tally_title(balance), base, told) if balance.promises else None

    def flow() -> Chart | None:
        balance = balance_of(process(), viewer, today)
        published = published_of(in_time(said_in(viewer, scope)))
        return flow_chart(balance, published, base, told) if balance.voices.said else None

    scope = process_id_for(viewer, slug)
    voices = _voices(viewer, scope, base, told)
    makes = {"sujets": themes, **voices, "reponses": answers, "engagements": promises, "parcours": flow}
    return Source(scope, slug, makes, ((_("Ce qu’on a entendu"), process_path(slug, "entendu")),))


def of_authority(request: Request) -> Source:
    viewer, today = anyone(request), today_of(request)
    base, told = figures_path(), source_of(viewer.authority)

    def answers() -> Chart | None:
        counted = answers_of_authority(viewer, today)
        return answers_chart(counted, base, told) if counted.total else None

    def promises() -> Chart | None:
        tally = tally_of(commitment_groups(viewer.authority.pk, today))
        total = sum(tally.values())
        return promises_chart(tally, title_of_tally(tally, total), base, told) if total else None

    makes = {**_voices(viewer, None, base, told), "reponses": answers, "engagements": promises}
    trail = ((_("Suivre les décisions"), at("/engagements")), (_("Les chiffres"), at("/chiffres")))
    return Source(viewer.authority.pk, "", makes, trail)


def _voices(viewer: Viewer, process_id: UUID | None, base: str, told: str) -> dict[str, Make]:
    """Both figures are made of one reading."""
    read: list[VoicesInTime | None] = []

    def voices() -> VoicesInTime | None:
        if not read:
            read.append(in_time(said_in(viewer, process_id)))
        return read[0]

    def origins() -> Chart | None:
        found = voices()
        return origins_chart(found, base, told) if found else None

    def weeks() -> Chart | None:
        found = voices()
        return weeks_chart(found, base, told) if found else None

    return {"origines": origins, "semaines": weeks}
