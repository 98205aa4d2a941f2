"""What members do: see what waits, publish a hearing or a verdict, correct a hearing, resign."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from democratic.kernel.clock import local_day
from democratic.kernel.ids import read_code
from democratic.observatory.actions import (
    Finding,
    Held,
    correct_hearing,
    give_verdict,
    publish_hearing,
    resign,
)
from democratic.observatory.models import Observatory, Verdict
from democratic.observatory.queries import (
    awaiting,
    commitments_to_judge,
    evidence_about,
    get_hearing_for,
    heard_about,
    hearings_of,
    holding_verdicts,
    sitting,
)
from democratic.observatory.rules import seat_of
from democratic.observatory.states import Says
from democratic.participation.commitments.models import Commitment, CommitmentState
from democratic.participation.commitments.queries import get_commitment_for
from democratic.people.queries import person_and_claimed
from democratic.thread.actions import Words
from democratic.thread.queries import RecordNotFound
from democratic.web.accounts.doors import recently_authenticated
from democratic.web.formats import day, number
from democratic.web.observatory.access import for_members
from democratic.web.observatory.forms import CorrectionForm, HearingForm, VerdictForm
from democratic.web.observatory.mandates_forms import LeavingForm
from democratic.web.observatory.places import list_path, page_of, seat_path
from democratic.web.organisations.asking import Question, ask
from democratic.web.pages import Main, show
from democratic.web.places import at, record_path
from democratic.web.requests import Request, someone
from democratic.web.suites.fil.phrases import title_of
from democratic.web.suites.judged import hearing_row
from democratic.web.uploads import take_file

Trail = list[tuple[str, str]]


def trail_of(observatory: Observatory) -> Trail:
    return [(_("Observatoire"), list_path()), (title_of(observatory.record), page_of(observatory))]


def _bench_trail(observatory: Observatory) -> Trail:
    return [*trail_of(observatory), (_("Mon siège"), seat_path(observatory))]


def _ids(request: Request) -> list[Any]:
    return person_and_claimed(someone(request))


@require_GET
@for_members
def bench(request: Request, observatory: Observatory) -> HttpResponse:
    today = local_day(request.clock.now(), request.authority.time_zone)
    waiting, total = awaiting(observatory)
    seat = seat_of(observatory, _ids(request), today)
    context = {
        "prefix": at(""),
        "trail": [*trail_of(observatory), (_("Mon siège"), "")],
        "title": _("Mon siège"),
        "name": seat.name if seat else "",
        "until": day(seat.term_ends_on) if seat else "",
        "waiting": [
            {
                "title": title_of(each.record),
                "url": record_path(each.record.kind, each.record.code),
                "service": each.service.name,
                "state": CommitmentState(each.record.state).value,
                "judge_url": page_of(observatory, f"avis/{each.record.code}"),
            }
            for each in waiting
        ],
        "total": number(total),
        "hear_url": page_of(observatory, "auditions/nouvelle"),
        "again_url": page_of(observatory, "avis"),
        "resign_url": page_of(observatory, "quitter"),
        "hearings": [
            hearing_row(each) | {"correct_url": f"{record_path('hearing', each.record.code)}/corriger"}
            for each in hearings_of([observatory.pk])
        ],
    }
    return show(request, Main("web/observatory/bench.html", context, title=_("Mon siège")))


@require_GET
@for_members
def judged(request: Request, observatory: Observatory) -> HttpResponse:
    """All commitments, those that were judged too: what one finds may change, and the first verdict stays."""
    known = commitments_to_judge(request.viewer)
    held = holding_verdicts([each.pk for each in known])
    rows = []
    for each in known:
        ours = [one for one in held.get(each.pk, []) if one.observatory_id == observatory.pk]
        rows.append(
            {
                "title": title_of(each.record),
                "url": record_path(each.record.kind, each.record.code),
                "says": ours[0].says if ours else "",
                "judge_url": page_of(observatory, f"avis/{each.record.code}"),
            }
        )
    title = _("Tous les engagements")
    context = {
        "prefix": at(""),
        "trail": [*_bench_trail(observatory), (title, "")],
        "title": title,
        "rows": rows,
    }
    return show(request, Main("web/observatory/judge.html", context, title=title))


@require_http_methods(["GET", "POST"])
@for_members
def hear(request: Request, observatory: Observatory) -> HttpResponse:
    known = {str(each.pk): each for each in commitments_to_judge(request.viewer)}
    choices = [(pk, title_of(each.record)) for pk, each in known.items()]
    form = HearingForm(choices, request.POST or None, request.FILES or None)
    taken: dict[str, Any] = {}

    def prepare(cleaned: dict[str, Any]) -> None:
        taken["photo"] = take_file(request, cleaned["file"], cleaned["file_alt"])

    def act(cleaned: dict[str, Any]) -> str:
        held = Held(
            words=Words(title=cleaned["title"], text=cleaned["text"], language=get_language() or "fr"),
            held_on=cleaned["held_on"],
            place=cleaned["place"],
            heard=cleaned["heard"],
            commitments=[known[pk] for pk in cleaned["commitments"]],
            is_remote=cleaned["is_remote"],
            recording_url=cleaned["recording_url"],
            transcript=cleaned["transcript"],
            photo=taken.get("photo"),
        )
        hearing = publish_hearing(
            observatory=observatory, held=held, person_ids=_ids(request), clock=request.clock
        )
        return record_path("hearing", hearing.record.code)

    question = Question(
        title=_("Publier une audition"),
        lead=_("Elle ne sera jamais réécrite : une erreur se corrige par une ligne datée."),
        send=_("Publier l’audition"),
        done=_("L’audition est publiée."),
        trail=_bench_trail(observatory),
        public=_("Public dès que vous publiez, et inscrit au journal."),
    )
    return ask(request, form, act, question, prepare)


def _commitment(request: Request, code: str) -> Commitment:
    try:
        return get_commitment_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing


@require_http_methods(["GET", "POST"])
@for_members
def judge(request: Request, observatory: Observatory, commitment: str) -> HttpResponse:
    found = _commitment(request, commitment)
    today = local_day(request.clock.now(), request.authority.time_zone)
    evidence = {str(each.pk): each for each in evidence_about(found)}
    members = {str(each.pk): each for each in sitting(observatory, today)}
    form = VerdictForm(
        [(pk, title_of(each.record)) for pk, each in evidence.items()],
        [(pk, each.name or _("Un membre")) for pk, each in members.items()],
        request.POST or None,
        initial={"decided_on": today},
    )

    def act(cleaned: dict[str, Any]) -> str:
        finding = Finding(
            says=Says(cleaned["says"]),
            reasons=cleaned["reasons"],
            decided_on=cleaned["decided_on"],
            votes_for=cleaned["votes_for"],
            votes_against=cleaned["votes_against"],
            abstentions=cleaned["abstentions"],
            proved_by=[evidence[pk] for pk in cleaned.get("proved_by", [])],
            contradicted=[evidence[pk] for pk in cleaned.get("contradicted", [])],
            minority=cleaned["minority"],
            dissenters=[members[pk] for pk in cleaned.get("dissenters", [])],
            language=get_language() or "fr",
        )
        given = give_verdict(
            observatory=observatory, commitment=found, finding=finding, person_ids=_ids(request),
            clock=request.clock,
        )  # fmt: skip
        return record_path("verdict", given.record.code)

    question = Question(
        title=_("Juger : %(title)s") % {"title": title_of(found.record)},
        lead=_lead(observatory, found),
        send=_("Publier l’avis"),
        done=_("L’avis est publié. Personne de la collectivité ne peut le changer ni le cacher."),
        trail=_bench_trail(observatory),
        public=_("Public dès que vous publiez, et inscrit au journal."),
    )
    return ask(request, form, act, question)


def _lead(observatory: Observatory, found: Commitment) -> str:
    heard = len(heard_about(found.pk))
    says = CommitmentState(found.record.state).label.lower()
    ours: list[Verdict] = [
        each
        for each in holding_verdicts([found.pk]).get(found.pk, [])
        if each.observatory_id == observatory.pk
    ]
    told = [
        _("La collectivité dit : %(says)s. Auditions publiées : %(n)s.") % {"says": says, "n": number(heard)}
    ]
    if ours:
        told.append(_("Vous l’avez déjà jugé : le premier avis restera lisible, celui-ci s’ajoutera."))
    return " ".join(told)


@require_http_methods(["GET", "POST"])
def correct(request: Request, code: str) -> HttpResponse:
    """A hearing's own address leads to its observatory, whose members alone enter."""
    try:
        hearing = get_hearing_for(request.viewer, read_code(code) or "")
    except RecordNotFound as missing:
        raise Http404 from missing

    def page(request: Request, observatory: Observatory) -> HttpResponse:
        back = record_path("hearing", hearing.record.code)

        def act(cleaned: dict[str, Any]) -> str:
            correct_hearing(
                hearing=hearing, note=cleaned["note"], strike=cleaned["strike"], person_ids=_ids(request),
                clock=request.clock,
            )  # fmt: skip
            return back

        question = Question(
            title=_("Corriger une audition"),
            lead=title_of(hearing.record),
            send=_("Publier la correction"),
            done=_("La correction est publiée, avec sa date."),
            trail=[*_bench_trail(observatory), (title_of(hearing.record), back)],
            public=_("Public dès que vous publiez, et inscrit au journal."),
        )
        return ask(request, CorrectionForm(request.POST or None), act, question)

    return for_members(page)(request, code=hearing.observatory.record.code)


@require_http_methods(["GET", "POST"])
@for_members
@recently_authenticated
def leave(request: Request, observatory: Observatory) -> HttpResponse:
    today = local_day(request.clock.now(), request.authority.time_zone)
    seat = seat_of(observatory, _ids(request), today)
    if seat is None:
        raise Http404

    def act(cleaned: dict[str, Any]) -> str:
        resign(seat=seat, person_ids=_ids(request), reason=cleaned["reason"], clock=request.clock)
        return page_of(observatory)

    question = Question(
        title=_("Quitter l’observatoire"),
        lead=_("Votre mandat se termine aujourd’hui, en public. Ce que vous avez jugé reste jugé."),
        send=_("Terminer mon mandat"),
        done=_("Votre mandat est terminé."),
        trail=_bench_trail(observatory),
    )
    return ask(request, LeavingForm(request.POST if request.method == "POST" else None), act, question)
