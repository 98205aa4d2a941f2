"""One idea, or one debate: the words, what became of them, and what others say."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from democratic.communities.organisations.queries import spoken_for
from democratic.participation.debates.models import Debate
from democratic.participation.ideas.lineage import Lineage, Tie, lineage_of
from democratic.participation.ideas.models import IdeaState
from democratic.participation.ideas.queries import (
    Scope,
    get_scope_for,
    imported_tally_of,
    marks_of,
    open_acts,
    process_of,
    source_of,
    versions_of,
)
from democratic.participation.processes.queries import stages_of
from democratic.participation.processes.tool import Act
from democratic.people.queries import person_and_claimed
from democratic.thread.models import Kind, Origin, Record
from democratic.thread.queries import get_record_for
from democratic.thread.queries.attachments import attachment_of
from democratic.thread.queries.comments import Conversation, codes_of_own_comments, conversation_on
from democratic.thread.rules import Viewer
from democratic.web.feed_links import feeds_of
from democratic.web.files_shown import photo_of
from democratic.web.formats import day
from democratic.web.ideas.comments import draft_of
from democratic.web.ideas.forms import CommentForm
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.intake import line, moment_of
from democratic.web.ideas.keeping import show_kept
from democratic.web.ideas.outcome import outcome_of
from democratic.web.ideas.phrases import imported_votes, said, shown_words, what_became
from democratic.web.ideas.threads import draw_conversation, draw_withdraw
from democratic.web.pages import Main
from democratic.web.places import at, fil_path, process_path, record_path
from democratic.web.requests import Request, someone
from democratic.web.verified import among

DESCRIPTION_LENGTH = 160


@dataclass(frozen=True, slots=True)
class View:
    """Which comments an address asks for, by code: those ``after`` one, one thread ``only``, or a ``new`` one."""

    after: str = ""
    only: str = ""
    new: str = ""


@require_safe
@shown_or_gone
def idea(request: Request, code: str) -> HttpResponse:
    return _page(request, code, Kind.IDEA)


@require_safe
@shown_or_gone
def debate(request: Request, code: str) -> HttpResponse:
    return _page(request, code, Kind.DEBATE)


def _page(request: Request, code: str, kind: Kind) -> HttpResponse:
    viewer: Viewer = request.viewer
    scope = get_scope_for(viewer, code, kind)
    scope = replace(scope, now=moment_of(request, scope.now))
    view = View(line(request.GET, "suite"), line(request.GET, "fil"), line(request.GET, "nouveau"))
    build = partial(_build, viewer, scope, view)
    return show_kept(request, scope.process_id, build, personal=partial(_personal, request, scope))


def _build(viewer: Viewer, scope: Scope, view: View) -> Main:
    record = get_record_for(viewer, scope.code, Kind(scope.kind))
    process = process_of(scope.process_id)
    stages = stages_of([process.pk])[process.pk]
    acts, today = open_acts(stages, scope.now), timezone.localtime(scope.now).date()
    large, rest = shown_words(record.wording)
    title = process.record.wording.title if process.record.wording else process.slug
    is_idea = scope.kind == Kind.IDEA
    lineage = lineage_of(record) if is_idea else None
    context = {
        "record": record,
        "trail": [(title, process_path(process.slug)), *_trail(scope, process.slug)],
        "large": large,
        "rest": rest,
        "photo": photo_of(attachment_of(record)) if is_idea and not hasattr(record, "withdrawal") else None,
        "spoken_for": _spoken_for(viewer, record) if is_idea else None,
        "said": said(record.origin, record.happened_at, today),
        "process_title": title,
        "process_path": process_path(process.slug),
        "theme": record.theme.wording if record.theme else None,
        "theme_path": record_path(Kind.THEME, record.theme.code) if record.theme else "",
        "fil": fil_path(record.code),
        "signal": at(f"/signaler/{record.code}") if is_idea else "",
        "outcome": outcome_of(record, process, today, _answered_as(lineage)) if is_idea else None,
        "lineage": _lineage(lineage) if lineage else None,
        "is_rejoined": record.state == IdeaState.REJOINED,
        "versions": versions_of(record) if record.wording and record.wording.version > 1 else [],
        "form": CommentForm() if Act.COMMENT in acts else None,
        "comment_action": at(f"/paroles/{record.code}/commenter"),
        **_import(record, scope),
        **_support(record, is_open=Act.SUPPORT in acts),
        "draft": draft_of(record.code),
        **_comments(record, view, may_reply=Act.COMMENT in acts),
    }
    words = context["stub"] or large
    description = words if len(words) <= DESCRIPTION_LENGTH else f"{words[:DESCRIPTION_LENGTH]}…"
    return Main(
        "web/ideas/page.html",
        context,
        title=_("%(code)s · %(process)s") % {"code": record.code, "process": title},
        description=description,
        section="participate",
        feeds=feeds_of(f"/fil/{record.code}"),
    )


def _spoken_for(viewer: Viewer, record: Record) -> dict[str, str] | None:
    found = spoken_for(viewer, record)
    return {"name": found.title, "url": record_path(found.kind, found.code)} if found else None


def _answered_as(lineage: Lineage | None) -> Record | None:
    return lineage.into.other if lineage and lineage.into else None


def _lineage(lineage: Lineage) -> dict[str, Any]:
    return {
        "into": _tie(lineage.into) if lineage.into else None,
        "merged": [_tie(tie) for tie in lineage.merged],
        "whole": _tie(lineage.whole) if lineage.whole else None,
        "parts": [_tie(tie) for tie in lineage.parts],
    }


def _tie(tie: Tie) -> dict[str, Any]:
    other = tie.other
    figures = getattr(other, "figures", None)
    return {
        "code": other.code,
        "title": other.title,
        "url": record_path(other.kind, other.code),
        "on": day(tie.on),
        "reason": tie.reason,
        "function": tie.function,
        "comments": figures.comments if figures else 0,
        "became": what_became(other.state) if other.kind == Kind.IDEA else ("", ""),
    }


def _trail(scope: Scope, slug: str) -> list[tuple[str, str]]:
    ideas = [(_("Idées"), process_path(slug, "idees"))] if scope.kind == Kind.IDEA else []
    return [*ideas, (scope.code, "")]


def _import(record: Record, scope: Scope) -> dict[str, Any]:
    """Where it was before it was here: host and number, and votes that came without voters."""
    is_debate = scope.kind == Kind.DEBATE
    if record.origin != Origin.IMPORT and not is_debate:
        return {"stub": "", "source": None, "tally": ""}
    source, tally, stub = source_of(record), imported_tally_of(record), ""
    if is_debate and Debate.objects.filter(pk=record.pk, is_stub=True).exists():
        if source:
            values = {"id": source.external_id, "host": source.host}
            stub = _("Débat n° %(id)s (%(host)s), importé sans son titre") % values
        else:
            stub = _("Débat importé sans son titre")
    return {"stub": stub, "source": source, "tally": imported_votes(tally.count) if tally else ""}


def _support(record: Record, *, is_open: bool) -> dict[str, Any]:
    figures = getattr(record, "figures", None)
    return {
        "supports": figures.supports if figures else 0,
        "split": among(figures.supports, figures.verified) if figures else "",
        "may_support": is_open,
        "support_action": at(f"/paroles/{record.code}/soutenir"),
        "follow_action": at(f"/suivre/{record.code}"),
    }


def _comments(record: Record, view: View, *, may_reply: bool) -> dict[str, Any]:
    found = conversation_on(record.pk, record.audience_id, after=view.after, only=view.only)
    if not found.comments and (view.after or view.only):
        view, found = View(), conversation_on(record.pk, record.audience_id)
    path = record_path(record.kind, record.code)
    return {
        "comments": draw_conversation(
            found, subject_code=record.code, language=get_language() or "fr", may_reply=may_reply
        ),
        "next_comments": f"{path}?suite={found.next}#commentaires" if found.next else "",
        "all_comments": f"{path}#commentaires" if view.after or view.only else "",
        "is_one_thread": bool(view.only),
        "draft_done": _draft_done(record, found, view.new or view.only),
        "figures": getattr(record, "figures", None),
    }


def _draft_done(record: Record, found: Conversation, code: str) -> str:
    """The draft of the comment that was just posted, so that the browser forgets it."""
    posted = next((said for said in found.comments if said.code == code), None)
    if posted is None:
        return ""
    parent = next((said.code for said in found.comments if said.id == posted.parent_id), "")
    return draft_of(record.code, parent)


def _personal(request: Request, scope: Scope) -> dict[str, str]:
    """What the page says to one reader alone: her support, her follow, and what she may take back."""
    person, signed_in = someone(request), request.viewer.is_signed_in
    marks, ids = marks_of(person, scope.id), person_and_claimed(person)
    given = {
        "marks": marks,
        "supports": marks.supports,
        "is_author": scope.author_id in ids,
        "support_action": at(f"/paroles/{scope.code}/soutenir"),
        "follow_action": at(f"/suivre/{scope.code}"),
        "withdraw": at(f"/idees/{scope.code}/retirer"),
    }
    mine: dict[str, str] = {
        "support": render_to_string("web/ideas/support.html", given),
        "follow": render_to_string("web/ideas/follow_button.html", given),
        "author": render_to_string("web/ideas/own.html", given),
    }
    if signed_in:
        mine["age"] = ""
        mine["speaker"] = render_to_string(
            "web/ideas/speaker_link.html", {"comment": at(f"/paroles/{scope.code}/commenter")}
        )
    for code in codes_of_own_comments(scope.id, ids):
        mine[f"c-{code.lower()}"] = draw_withdraw(code)
    return mine
