"""The public pages: all that was judged, an observatory, a hearing, a verdict."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from democratic.observatory.models import Observatory
from democratic.observatory.queries import (
    PAGE,
    Judgements,
    beside_the_authority,
    commitments_heard,
    evidence_linked,
    get_hearing_for,
    get_observatory_for,
    get_verdict_for,
    hearings_of,
    judgements,
    observatories_of,
    public_seats,
    versions_of,
)
from democratic.observatory.states import Says
from democratic.thread.models import LinkKind, Record
from democratic.thread.queries.attachments import attachment_of
from democratic.thread.rules import Viewer
from democratic.web import words
from democratic.web.feed_links import feeds_of
from democratic.web.files_shown import photo_of
from democratic.web.formats import day, number
from democratic.web.observatory.places import LIST, list_path, members_path, page_of, seat_path
from democratic.web.observatory.seats import member
from democratic.web.pages import Main, show_stored
from democratic.web.places import at, record_path
from democratic.web.processes.days import anyone, today_of
from democratic.web.processes.paging import Paging, pager, paging_of
from democratic.web.requests import Request
from democratic.web.suites.fil.phrases import text_of, title_of
from democratic.web.suites.follow import follow_context, my_follow
from democratic.web.suites.judged import hearing_row, judged_row, votes_of
from democratic.web.suites.reading import by_code

SAYS, SPLIT = "avis", "desaccord"


@require_safe
def everything(request: Request) -> HttpResponse:
    viewer, today, paging = anyone(request), today_of(request), paging_of(request, PAGE)
    asked = request.GET.get(SAYS, "")
    says = asked if asked in Says.values else ""
    is_split = request.GET.get(SPLIT) == "1"
    return show_stored(
        request, request.authority.pk, lambda: _everything(viewer, today, says, paging, is_split=is_split)
    )


def _everything(viewer: Viewer, today: date, says: str, paging: Paging, *, is_split: bool) -> Main:
    observatories = observatories_of(viewer.authority)
    found = judgements(
        viewer.authority, today, says=[says] if says else [], only_disagreeing=is_split,
        offset=paging.offset, limit=paging.size,
    )  # fmt: skip
    total = sum(found.counts.values())
    context = {
        "prefix": at(""),
        "trail": [(_("Suivre les décisions"), at("/suivre")), (_("Observatoire"), "")],
        "title": _finding(found, total),
        "observatories": [_card(each) for each in observatories],
        "chart": _bars(found, total) if total else None,
        "tabs": _tabs(found, total, says, is_split=is_split),
        "rows": [judged_row(each) for each in found.rows],
        "pager": pager(
            paging,
            len(found.rows),
            found.matching,
            list_path(),
            **{SAYS: says, SPLIT: "1" if is_split else ""},
        ),
        "hearings": [hearing_row(each) for each in hearings_of([each.pk for each in observatories])[:PAGE]],
        "empty": _nothing(has_observatory=bool(observatories), is_narrowed=bool(total)),
    }
    title = _("L’observatoire des engagements")
    return Main(
        "web/observatory/list.html", context, title, _finding(found, total), "follow", feeds=feeds_of(LIST)
    )


def _finding(found: Judgements, total: int) -> str:
    if not total:
        return _("L’observatoire des engagements")
    judged = ngettext("%(n)s engagement jugé", "%(n)s engagements jugés", total) % {"n": number(total)}
    split = ngettext(
        "%(n)s en désaccord avec la collectivité",
        "%(n)s en désaccord avec la collectivité",
        found.disagreeing,
    ) % {"n": number(found.disagreeing)}
    return f"{judged}, {split}"


def _card(observatory: Observatory) -> dict[str, Any]:
    closing = getattr(observatory, "closing", None)
    return {
        "title": title_of(observatory.record),
        "url": page_of(observatory),
        "line": _("Dissous le %(day)s : ce qu’il a constaté reste.") % {"day": day(closing.closed_on)}
        if closing
        else _("Membres nommés par %(body)s") % {"body": observatory.body.name},
    }


def _bars(found: Judgements, total: int) -> dict[str, Any]:
    counts = [(words.state_word(value, "commitment"), found.counts[value]) for value in Says.values]
    told = ", ".join(f"{label.lower()} : {number(n)}" for label, n in counts)
    return {
        "id": "constats",
        "title": _("Ce que l’observatoire a constaté"),
        "n": _("Le dernier avis sur chacun des %(n)s engagements jugés") % {"n": number(total)},
        "rows": [
            {"label": label, "value": number(n), "share": f"{100 * n / total:.1f}", "mark": False}
            for label, n in counts
        ],
        "alt": told,
        "caption": _("Engagements par avis de l’observatoire"),
        "head": (_("Avis"), _("Engagements")),
        "downloads": [],
    }


def _tabs(found: Judgements, total: int, says: str, *, is_split: bool) -> list[tuple[str, str, bool]]:
    every, split = _("Tous"), _("En désaccord")
    tabs = [(f"{every} ({number(total)})", list_path(), not says and not is_split)]
    for value in Says.values:
        label = f"{words.state_word(value, 'commitment')} ({number(found.counts[value])})"
        tabs.append((label, f"{list_path()}?{SAYS}={value}", says == value and not is_split))
    label = f"{split} ({number(found.disagreeing)})"
    return [*tabs, (label, f"{list_path()}?{SPLIT}=1", is_split)]


def _nothing(*, has_observatory: bool, is_narrowed: bool) -> dict[str, Any]:
    if is_narrowed:
        return {
            "what": _("Aucun avis de cette sorte"),
            "why": _("L’observatoire en a rendu d’autres."),
            "who": "",
            "action": (_("Voir tous les avis"), list_path()),
        }
    if has_observatory:
        return {
            "what": _("Aucun engagement n’est encore jugé"),
            "why": _("Les membres entendent d’abord qui doit tenir les engagements, puis se prononcent."),
            "who": _("Chaque avis s’ajoutera ici, avec ses voix et ses preuves."),
            "action": (_("Voir les engagements"), at("/engagements")),
        }
    return {
        "what": _("Personne ne juge encore ce qui est promis"),
        "why": _(
            "Un observatoire est fait d’habitants que la collectivité ne nomme pas : ils disent si c’est tenu."
        ),
        "who": _(
            "La collectivité le crée par un acte public, qui désigne l’instance qui nommera ses membres."
        ),
        "action": (_("Voir les engagements"), at("/engagements")),
    }


@by_code
def observatory(request: Request, code: str) -> HttpResponse:
    viewer, today, paging = anyone(request), today_of(request), paging_of(request, PAGE)
    known = get_observatory_for(viewer, code)
    return show_stored(
        request,
        request.authority.pk,
        lambda: _observatory(viewer, known, today, paging),
        personal=lambda: my_follow(request, known.record_id, code, page_of(known)),
    )


def _observatory(viewer: Viewer, known: Observatory, today: date, paging: Paging) -> Main:
    record, title = known.record, title_of(known.record)
    found = judgements(viewer.authority, today, observatory=known.pk, offset=paging.offset, limit=paging.size)
    seats = public_seats(known)
    sits = [each for each in seats if each.until is None and each.term_ends_on >= today]
    context = {
        "prefix": at(""),
        "trail": [(_("Observatoire"), list_path()), (title, "")],
        "title": title,
        "text": text_of(record),
        "code": record.code,
        "closing": getattr(known, "closing", None),
        "facts": [
            (_("Créé par"), known.act_reference, _("le %(day)s") % {"day": day(known.act_on)}),
            (_("Membres nommés par"), known.body.name, str(known.get_choosing_display())),
            (
                _("Mandat"),
                ngettext("%(n)s mois", "%(n)s mois", known.mandate_months)
                % {"n": number(known.mandate_months)},
                "",
            ),
        ],
        "act_url": known.act_url,
        "body_url": record_path("organisation", known.body.record.code),
        "members": [member(each) for each in sits],
        "past": [member(each) for each in seats if each not in sits],
        "hearings": [hearing_row(each) for each in hearings_of([known.pk])],
        "rows": [judged_row(each) for each in found.rows],
        "pager": pager(paging, len(found.rows), found.matching, page_of(known)),
        "seat_url": seat_path(known),
        "members_url": members_path(known),
        "proof_url": at(f"/journal/preuve/{record.code}"),
        **follow_context(record.code, page_of(known)),
    }
    return Main("web/observatory/page.html", context, title, text_of(record)[:160], "follow")


@by_code
def hearing(request: Request, code: str) -> HttpResponse:
    viewer = anyone(request)
    return show_stored(request, request.authority.pk, lambda: _hearing(viewer, code))


def _hearing(viewer: Viewer, code: str) -> Main:
    found = get_hearing_for(viewer, code)
    record, title = found.record, title_of(found.record)
    row = hearing_row(found)
    context = {
        "prefix": at(""),
        "trail": [
            (_("Observatoire"), list_path()),
            (title_of(found.observatory.record), page_of(found.observatory)),
            (title, ""),
        ],
        "title": title,
        "text": text_of(record),
        "code": record.code,
        "facts": [
            (_("Tenue le"), row["when"], row["where"]),
            (_("Entendu"), found.heard, ""),
        ],
        "recording_url": found.recording_url,
        "transcript": record.spoken(found.transcript),
        "photo": photo_of(attachment_of(record)),
        "commitments": [_link(each) for each in commitments_heard(found)],
        "corrections": [
            {"when": day(each.corrected_on), "note": each.note, "strikes": each.strikes}
            for each in found.corrections.all()
        ],
        "correct_url": f"{record_path(record.kind, code)}/corriger",
        "proof_url": at(f"/journal/preuve/{code}"),
    }
    name = _("Audition : %(title)s") % {"title": title}
    return Main("web/observatory/hearing.html", context, name, text_of(record)[:160], "follow")


def _link(record: Record) -> dict[str, str]:
    return {"title": title_of(record), "url": record_path(record.kind, record.code)}


@by_code
def verdict(request: Request, code: str) -> HttpResponse:
    viewer, today = anyone(request), today_of(request)
    path = record_path("verdict", code)
    known = get_verdict_for(viewer, code)
    return show_stored(
        request,
        request.authority.pk,
        lambda: _verdict(viewer, code, today),
        personal=lambda: my_follow(request, known.commitment_id, known.commitment.record.code, path),
    )


def _verdict(viewer: Viewer, code: str, today: date) -> Main:
    found = get_verdict_for(viewer, code)
    (judged,) = beside_the_authority([found], today)
    record, commitment = found.record, found.commitment.record
    versions = versions_of(found)
    latest = versions[-1]
    reply = getattr(found, "reply", None)
    context = {
        "prefix": at(""),
        "trail": [
            (_("Observatoire"), list_path()),
            (title_of(found.observatory.record), page_of(found.observatory)),
            (_("Avis %(code)s") % {"code": code}, ""),
        ],
        "title": title_of(commitment),
        "code": code,
        "row": judged_row(judged),
        "text": text_of(record),
        "said_then": words.state_word(found.authority_said, "commitment"),
        "votes": votes_of(found),
        "minority": record.spoken(found.minority),
        "dissenters": [each.seat.name for each in found.dissenters.all()],
        "proved": [_link(each) for each in evidence_linked(found, LinkKind.PROVED_BY)],
        "contradicted": [_link(each) for each in evidence_linked(found, LinkKind.CONTRADICTS)],
        "reply": reply,
        "versions": [
            {
                "n": each.version,
                "says": each.says,
                "when": day(each.decided_on),
                "url": record_path("verdict", each.record.code),
                "is_this": each.pk == found.pk,
            }
            for each in versions
        ],
        "latest_url": record_path("verdict", latest.record.code) if latest.pk != found.pk else "",
        "proof_url": at(f"/journal/preuve/{code}"),
        **follow_context(commitment.code, record_path("verdict", code)),
    }
    name = _("Avis de l’observatoire : %(title)s") % {"title": title_of(commitment)}
    return Main("web/observatory/verdict.html", context, name, text_of(record)[:160], "follow")
