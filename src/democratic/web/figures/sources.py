"""Which figures there are, and how each is made: of a process, or of the authority."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from democratic.participation.answers.queries import voices_of
from democratic.participation.commitments.queries import commitment_groups, tally_of
from democratic.participation.polls.queries import get_poll_for
from democratic.participation.polls.results import results_of
from democratic.participation.processes.models import Process
from democratic.participation.processes.queries import get_process_for, process_id_for
from democratic.participation.reports.answer_counts import answers_in, answers_of_authority
from democratic.participation.reports.answering import answering_of
from democratic.participation.reports.balance import balance_of
from democratic.participation.reports.figures import VoicesInTime, in_time, said_in
from democratic.participation.reports.fil import find_start
from democratic.participation.reports.heard import heard_in
from democratic.thread.models import Kind
from democratic.thread.queries import RecordNotFound
from democratic.thread.rules import Viewer, visible_records
from democratic.web.charts.acts import answers_chart, promises_chart
from democratic.web.charts.chart import Chart
from democratic.web.charts.frame import figures_path, source_of
from democratic.web.charts.meeting import meeting_chart
from democratic.web.charts.polls import poll_chart
from democratic.web.charts.voices import origins_chart, weeks_chart
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.fil.telling import figure_path
from democratic.web.suites.reports.heard import themes_chart
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
        return promises_chart(balance.tally, base, told) if balance.promises else None

    def flow() -> Chart | None:
        balance = balance_of(process(), viewer, today)
        return flow_chart(balance, base, told) if balance.voices.said else None

    scope = process_id_for(viewer, slug)
    voices = _voices(viewer, scope, base, told)
    makes = {"sujets": themes, **voices, "reponses": answers, "engagements": promises, "parcours": flow}
    return Source(scope, slug, makes, ((_("Ce qu’on a entendu"), process_path(slug, "entendu")),))


def of_fil(request: Request, code: str) -> Source:
    """Where voices meet: under a theme, or in a process. RecordNotFound."""
    viewer = anyone(request)
    start = find_start(viewer, code)
    if start.kind == Kind.POLL:
        return _of_poll(viewer, code)
    met = _MET_IN.get(Kind(start.kind))
    if met is None or start.scope is None:
        raise RecordNotFound(code)

    def voices() -> Chart | None:
        said = met(viewer, start.id)
        name = title_of(visible_records(viewer).select_related("wording").get(pk=start.id))
        return meeting_chart(said, name, figure_path(code), source_of(viewer.authority)) if said else None

    trail = ((_("Le fil de %(code)s") % {"code": code}, fil_path(code)),)
    return Source(start.scope, "", {"voix": voices}, trail)


def _of_poll(viewer: Viewer, code: str) -> Source:
    """What was published of a question: nothing before its closing, when totals are told then."""
    poll = get_poll_for(viewer, code)

    def answers() -> Chart | None:
        results = results_of(poll, list(poll.options.all()))
        return poll_chart(poll, results, figure_path(code), source_of(viewer.authority)) if results else None

    trail = ((title_of(poll.record), record_path(poll.record.kind, code)),)
    return Source(poll.process_id, "", {"voix": answers}, trail)


def _in_process(viewer: Viewer, process_id: UUID) -> Mapping[str, int]:
    voices = in_time(said_in(viewer, process_id))
    return voices.by_origin if voices else {}


_MET_IN: Mapping[Kind, Callable[[Viewer, UUID], Mapping[str, int]]] = {
    Kind.THEME: lambda _viewer, theme: voices_of([theme])[theme],
    Kind.PROCESS: _in_process,
}


def of_authority(request: Request) -> Source:
    viewer, today = anyone(request), today_of(request)
    base, told = figures_path(), source_of(viewer.authority)

    def answers() -> Chart | None:
        counted = answers_of_authority(viewer, today)
        return answers_chart(counted, base, told) if counted.total else None

    def promises() -> Chart | None:
        tally = tally_of(commitment_groups(viewer.authority.pk, today))
        return promises_chart(tally, base, told) if any(tally.values()) else None

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
