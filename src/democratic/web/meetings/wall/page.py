"""The wall of a meeting: what waits, what was answered, what is owed; and a question of one's own."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from democratic.kernel.ids import read_code
from democratic.participation.meetings.models import Form, Meeting
from democratic.participation.meetings.rules import can_facilitate
from democratic.participation.meetings.soundings.models import Sounding, SoundingKind
from democratic.participation.meetings.soundings.queries import get_sounding_for
from democratic.participation.meetings.states import MeetingState
from democratic.participation.meetings.wall.actions import put_question
from democratic.participation.meetings.wall.ordered import Order, wall_of
from democratic.participation.meetings.wall.queries import TABS, Shelf, WallCounts, wall_counts
from democratic.participation.meetings.wall.rules import takes_questions
from democratic.participation.reports.home import title_of
from democratic.people.ages import Door, Regime, may
from democratic.people.models import AgeBand, Person
from democratic.thread.actions import Words
from democratic.thread.models import Kind, Visibility
from democratic.thread.queries import RecordNotFound
from democratic.web import acts
from democratic.web.ages import regime_for
from democratic.web.formats import number
from democratic.web.ideas.intake import readable
from democratic.web.meetings.team import meeting_at
from democratic.web.meetings.votes.places import OBJECTION, vote_path
from democratic.web.meetings.wall.forms import AskForm
from democratic.web.meetings.wall.keys import key_on, show_with_key, with_key
from democratic.web.meetings.wall.limits import spend_a_question
from democratic.web.meetings.wall.places import question_path, sorting_path, wall_path
from democratic.web.meetings.wall.rows import rows_for
from democratic.web.pages import Main
from democratic.web.places import at, record_path
from democratic.web.processes.days import today_of
from democratic.web.processes.paging import pager, paging_of
from democratic.web.requests import Request

PAGE = 30
SHELF, ORDER = "voir", "tri"


@require_http_methods(["GET", "HEAD", "POST"])
@readable
def wall(request: Request, code: str) -> HttpResponse:
    meeting = meeting_at(request, code)
    refused = objected_in(request, meeting)
    form = _form(request, refused)
    if request.method == "POST":
        done = acts.attempt(
            request,
            form,
            lambda person, said: _ask(request, meeting, refused, person, said),
            lambda _said: spend_a_question(request),
        )
        if done is not None:
            return done
    return _show(request, meeting, refused, form)


def _form(request: Request, refused: Sounding | None) -> AskForm:
    knows_age = regime_for(request) in (Regime.TEEN, Regime.ADULT)
    return AskForm(
        request.POST if request.method == "POST" else None,
        asks_age=not knows_age,
        objects=refused is not None,
    )


def objected_in(request: Request, meeting: Meeting) -> Sounding | None:
    """The round of consent that this address names: what is said from it is an objection to it."""
    code = read_code(request.GET.get(OBJECTION, ""))
    if not code:
        return None
    try:
        sounding = get_sounding_for(request.viewer, code)
    except RecordNotFound:
        return None
    is_so = sounding.meeting_id == meeting.pk and sounding.kind == SoundingKind.CONSENT
    return sounding if is_so else None


def _ask(
    request: Request, meeting: Meeting, refused: Sounding | None, person: Person, said: dict[str, Any]
) -> str:
    regime = regime_for(request, said.get("age_band", AgeBand.UNSAID))
    named = said["byline"] if may(Door.BYLINE, regime) else ""
    receipt = put_question(
        meeting=meeting,
        words=Words(said["title"], said["text"], get_language() or "fr", named),
        author=person,
        clock=request.clock,
        objects_to=refused,
    )
    record = receipt.question.record
    waits = record.visibility == Visibility.HELD
    there = _("Votre objection est au mur.") if refused else _("Votre question est au mur.")
    told = _("Reçue. Elle est relue, puis elle paraît au mur.") if waits else there
    number_ = _("Numéro de suivi : %(code)s.") % {"code": record.code}
    messages.success(request, f"{told} {number_}")
    if said["byline"] and not named:
        messages.info(request, _("Elle est publiée sans nom : c’est la règle avant 15 ans, ou sans réponse."))
    return with_key(wall_path(meeting.record.code) if waits else question_path(record.code), receipt)


def shelf_of(request: Request) -> Shelf:
    asked = request.GET.get(SHELF, "")
    return Shelf(asked) if asked in TABS else Shelf.OPEN


def order_of(request: Request) -> Order:
    asked = request.GET.get(ORDER, "")
    return Order(asked) if asked in Order.values else Order.SUPPORTED


def _show(request: Request, meeting: Meeting, refused: Sounding | None, form: AskForm) -> HttpResponse:
    shelf, order, paging = shelf_of(request), order_of(request), paging_of(request, PAGE)
    counts, path, today = wall_counts(meeting), wall_path(meeting.record.code), today_of(request)
    found = wall_of(meeting, shelf, order, offset=paging.offset, limit=paging.size)
    kept = {} if shelf == Shelf.OPEN else {SHELF: shelf.value}
    ordered = {} if order == Order.SUPPORTED else {ORDER: order.value}
    name, secret = title_of(meeting.record), key_on(request)
    context = {
        "prefix": at(""),
        "trail": [(name, record_path(Kind.MEETING, meeting.record.code)), (_("Les questions"), "")],
        "name": name,
        "lead": _lead(meeting),
        "is_live": meeting.record.state == MeetingState.LIVE,
        "direct": record_path(Kind.MEETING, meeting.record.code) + "/direct",
        "tabs": _tabs(path, shelf, counts),
        "sorts": [
            (
                each.label,
                _query(path, **kept, **({} if each == Order.SUPPORTED else {ORDER: each.value})),
                each == order,
            )
            for each in Order
        ],
        "rows": rows_for(request.viewer, shelf, found, today, request.person),
        "secret": secret,
        "back": path if secret or request.method == "POST" else request.get_full_path(),
        "pager": pager(paging, len(found), counts.on(shelf), path, **kept, **ordered),
        "empty": _empty(shelf),
        **_asking(request, meeting, form),
        "refused": (title_of(refused.record), vote_path(refused)) if refused else None,
        "bin": f"{path}/ecartees",
        "table": f"{path}/tableau",
        "sorting": sorting_path(meeting.record.code) if can_facilitate(request.viewer, meeting) else "",
    }
    title = _("Les questions · %(meeting)s") % {"meeting": name}
    status = acts.refused(form)
    main = Main("web/meetings/wall/page.html", context, title, section="agenda", status=status)
    return show_with_key(request, main)


def _asking(request: Request, meeting: Meeting, form: AskForm) -> dict[str, Any]:
    return {
        "form": form,
        "key": request.POST.get("key") or uuid4().hex,
        "takes": takes_questions(meeting, request.clock.now()),
        "is_read_first": meeting.reads_questions_first,
    }


def _lead(meeting: Meeting) -> str:
    if meeting.form == Form.CYBERDEBATE:
        return _(
            "Posez votre question avant ou pendant l’heure de direct. Celle qui n’a pas de réponse en direct en reçoit"
            " une par écrit, avec une date."
        )
    return _(
        "Dans la salle, à distance ou plus tard : un seul mur, une seule file. Ce qui n’est pas répondu est dû par écrit."
    )


def _tabs(path: str, shelf: Shelf, counts: WallCounts) -> list[tuple[str, str, bool]]:
    return [
        (
            f"{each.label} ({number(counts.on(each))})",
            path if each == Shelf.OPEN else _query(path, **{SHELF: each.value}),
            each == shelf,
        )
        for each in TABS
    ]


def _query(path: str, **kept: str) -> str:
    return path + ("?" + "&".join(f"{name}={value}" for name, value in kept.items()) if kept else "")


def _empty(shelf: Shelf) -> dict[str, Any]:
    if shelf == Shelf.OPEN:
        return {
            "what": _("Aucune question n’attend"),
            "why": _(
                "Les questions posées à la rencontre paraissent ici, avec les voix de qui veut savoir aussi."
            ),
            "who": _("La prochaine peut être la vôtre."),
            "action": None,
        }
    return {
        "what": _("Rien ici pour l’instant"),
        "why": _(
            "Une réponse donnée en rencontre, ou promise par écrit, se lit ici avec sa fonction et sa date."
        ),
        "who": _("Qui répond le dit à voix haute ; une aide l’écrit ; c’est publié une fois approuvé."),
        "action": None,
    }
