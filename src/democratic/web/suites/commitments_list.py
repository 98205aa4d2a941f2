"""Every commitment of an authority: the tally, and the list, a page at a time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from democratic.observatory.judgements import Judged
from democratic.observatory.models import Verdict
from democratic.observatory.queries import has_observatory, holding_verdicts
from democratic.participation.commitments.models import Commitment
from democratic.participation.commitments.queries import (
    commitment_groups,
    commitment_page,
    standing_of,
    tally_of,
)
from democratic.participation.obligations.models import Owed
from democratic.participation.obligations.queries import Due, dues_of
from democratic.participation.reports.commitment_lines import commitment_lines
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.feed_links import EVERY_FORM, feeds_of
from democratic.web.formats import number
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import paging_of
from democratic.web.requests import Request
from democratic.web.sentences import together
from democratic.web.suites.commitments_narrowed import (
    chips_of,
    csv_path,
    facets_of,
    filters_of,
    how_many,
    pager_of,
)
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.judged import disagreement
from democratic.web.suites.states import label_of, promised

MOST_KNOTS = 120  # beyond, a row of knots is no longer read one by one: figures say more


@require_safe
def commitments(request: Request) -> HttpResponse:
    viewer, page = anyone(request), paging_of(request, 15).number
    return show_stored(
        request,
        viewer.authority.pk,
        lambda: build_commitments(viewer, request.GET, today_of(request), page),
    )


def build_commitments(viewer: Viewer, asked: QueryDict, today: date, page: int) -> Main:
    groups = commitment_groups(viewer.authority.pk, today)
    filters = filters_of(asked, groups)
    found = commitment_page(viewer.authority.pk, today, filters, number=page)
    if page > 1 and not found.commitments:
        raise Http404
    dues = dues_of([each.pk for each in found.commitments], today)
    is_judged = has_observatory(viewer.authority)
    judged = holding_verdicts([each.pk for each in found.commitments]) if is_judged else {}
    tally, total = tally_of(groups), sum(group.n for group in groups)
    name = _("Les engagements")
    context = {
        "prefix": at(""),
        "trail": [(_("Suivre les décisions"), at("/suivre")), (name, "")],
        "title": title_of_tally(tally, total),
        "is_judged": is_judged,
        "tally": _knots(viewer, today) if 0 < total <= MOST_KNOTS else [],
        "tally_words": [{"code": code, "of": "commitment", "n": n} for code, n in tally.items() if n],
        "facets": facets_of(groups, filters),
        "chips": chips_of(groups, filters),
        "clear_url": at("/engagements"),
        "csv_path": csv_path(filters),
        "rows": [
            _row(each, dues.get((each.pk, Owed.COMMITMENT)), judged.get(each.pk, []))
            for each in found.commitments
        ],
        "pager": pager_of(found, how_many(groups, filters), filters),
        "empty": None if found.commitments else _empty(is_narrowed=bool(total)),
    }
    feeds = feeds_of("/engagements", EVERY_FORM)
    return Main(
        "web/suites/commitments.html", context, name, title_of_tally(tally, total), "follow", feeds=feeds
    )


def title_of_tally(tally: Mapping[str, int], total: int) -> str:
    if not total:
        return _("Les engagements")
    kept = ngettext("%(n)s tenu", "%(n)s tenus", tally["kept"]) % {"n": number(tally["kept"])}
    late = _("%(n)s en retard") % {"n": number(tally["late"])}
    all_ = ngettext("%(n)s engagement", "%(n)s engagements", total) % {"n": number(total)}
    return f"{all_}, {kept}, {late}"


def _knots(viewer: Viewer, today: date) -> list[dict[str, str]]:
    return [
        {
            "state": line.shown,
            "word": words.state_word(line.shown, "commitment"),
            "label": line.title,
            "url": record_path("commitment", line.code),
        }
        for line in commitment_lines(viewer, today)
    ]


def _row(commitment: Commitment, due: Due | None, judged: Sequence[Verdict]) -> dict[str, Any]:
    record = commitment.record
    standing = standing_of(record, due)
    found = [disagreement(Judged(each, standing)) for each in judged]
    meta = (commitment.service.name, promised(due), title_of(commitment.process.record), *found)
    return {
        "origin": record.origin,
        "title": title_of(record),
        "url": record_path(record.kind, record.code),
        "meta": together(" · ", *meta),
        "n": None,
        "state": standing,
        "of": "commitment",
        "state_label": label_of(standing, due),
    }


def _empty(*, is_narrowed: bool) -> dict[str, Any]:
    if is_narrowed:
        return {
            "what": _("Aucun engagement de cette sorte"),
            "why": _("Rien ne correspond à ces filtres."),
            "who": "",
            "action": (_("Voir tous les engagements"), at("/engagements")),
        }
    return {
        "what": _("Ce que la collectivité s’engage à faire"),
        "why": _("Aucun engagement n’est encore pris : il en vient après une décision."),
        "who": _("Chacun aura ici son service, sa date et ses preuves."),
        "action": (_("Voir les concertations"), at("/participer")),
    }
