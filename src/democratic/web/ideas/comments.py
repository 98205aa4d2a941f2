"""Writing a comment, with no script: the form stands under every idea, and alone for a reply."""

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from democratic.communities.models import SpeakingMandate
from democratic.communities.organisations.actions import comment_for
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_text
from democratic.participation.processes.rules import refuse_unless_open
from democratic.participation.processes.tool import Act
from democratic.people.ages import Door, is_proposed, may
from democratic.people.models import Person
from democratic.thread.actions import Words, post_comment
from democratic.thread.models import Comment, Kind, Record, Visibility
from democratic.thread.queries import RecordNotFound, get_record_for, get_record_to_act_on
from democratic.thread.queries.comments import Whereabouts, find_comment, whereabouts_of
from democratic.web import acts
from democratic.web.ages import regime_for
from democratic.web.guests import network_of
from democratic.web.ideas.forms import CommentForm
from democratic.web.ideas.gone import shown_or_gone
from democratic.web.ideas.in_whose_name import chosen_among, mandates_of
from democratic.web.ideas.intake import line, readable
from democratic.web.ideas.phrases import shown_words
from democratic.web.pages import Main, show
from democratic.web.places import record_path
from democratic.web.requests import Request

COMMENTED = (Kind.IDEA, Kind.DEBATE)
# Identical comments from one place, without a cookie, within this time are one tap too many; later, two people.
SAME_TAP_SECONDS = 60


@require_http_methods(["GET", "HEAD", "POST"])
@readable
@shown_or_gone
def comment(request: Request, code: str) -> HttpResponse:
    get = get_record_to_act_on if request.method == "POST" else get_record_for
    subject = get(request.viewer, code, *COMMENTED)
    parent = _parent(subject, line(request.POST or request.GET, "a"))
    mandates = mandates_of(request)
    form = _form(request, subject, parent, mandates)
    if request.method == "POST":
        done = acts.attempt(request, form, partial(_post, request, subject, parent, mandates))
        if done is not None:
            messages.success(request, _("Votre commentaire est publié."))
            return done
    return _page(request, subject, parent, form)


def _parent(subject: Record, code: str) -> Comment | None:
    """What is answered; None for a first comment, or when it is no longer there."""
    if not code:
        return None
    found = Comment.objects.filter(
        subject=subject, record__code=code, record__visibility=Visibility.PUBLIC
    ).select_related("record__wording")
    return found.first()


def _form(
    request: Request, subject: Record, parent: Comment | None, mandates: Sequence[SpeakingMandate]
) -> CommentForm:
    if request.method != "POST":
        person: Person | None = request.person
        named = person.name if person and is_proposed(Door.BYLINE, regime_for(request)) else ""
        return CommentForm(initial={"byline": named}, mandates=mandates)
    # acts.attempt reads the key where every other form carries its own.
    request.POST = _keyed(request, subject, parent)  # type: ignore[assignment]
    return CommentForm(request.POST, mandates=mandates, regime=partial(regime_for, request))


def _keyed(request: Request, subject: Record, parent: Comment | None) -> QueryDict:
    """The form under an idea is the same for everyone and carries no key: its words make one."""
    said = request.POST.copy()
    if not said.get("key"):
        parts = [
            _sender(request),
            str(subject.pk),
            str(parent.pk if parent else ""),
            *(said.get(name, "") for name in ("alignment", "speaks_for", "byline", "age_band", "text")),
        ]
        said["key"] = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return said


def _sender(request: Request) -> str:
    person: Person | None = request.person
    if person is not None:
        return str(person.pk)
    window = int(request.clock.now().timestamp()) // SAME_TAP_SECONDS
    return f"{network_of(request)}\x1f{request.headers.get('User-Agent', '')}\x1f{window}"


def _post(
    request: Request,
    subject: Record,
    parent: Comment | None,
    mandates: Sequence[SpeakingMandate],
    person: Person,
    said: dict[str, Any],
) -> str:
    if line(request.POST, "a") and parent is None:
        raise Conflict(_("Le commentaire auquel vous répondez n’est plus là."))
    if subject.process_id:
        refuse_unless_open(subject.process_id, Act.COMMENT, request.clock.now())
    if already := _said_already(subject, parent, person, said):
        return path_of(whereabouts_of(already), is_new=True)
    mandate = chosen_among(mandates, said)
    shared: Any = {
        "subject": subject,
        "author": person,
        "alignment": said["alignment"] or Comment.Alignment.NEUTRAL,
        "parent": parent,
        "clock": request.clock,
    }
    text, language = said["text"], get_language() or "fr"
    if mandate is not None:
        posted = comment_for(mandate=mandate, text=text, language=language, **shared)
    else:
        named = may(Door.BYLINE, regime_for(request, said["age_band"]))
        byline = said["byline"] if named else ""
        posted = post_comment(words=Words(text=text, language=language, byline=byline), **shared)
    # An address of its own, that no page was stored under: she sees her words at once.
    return path_of(whereabouts_of(posted.pk), is_new=True)


def _said_already(
    subject: Record, parent: Comment | None, person: Person, said: dict[str, Any]
) -> UUID | None:
    """The same words of the same person in the same place: she went back and sent the form again."""
    same = Comment.objects.filter(
        subject=subject,
        parent=parent,
        alignment=said["alignment"] or Comment.Alignment.NEUTRAL,
        record__author=person,
        record__visibility=Visibility.PUBLIC,
        record__wording__text=clean_text(said["text"]),
    )
    return same.values_list("pk", flat=True).first()


def path_of(where: Whereabouts, *, is_new: bool = False) -> str:
    """Among the others when it is on the first page, else its conversation alone."""
    name = ("nouveau" if is_new else "") if where.is_on_first_page else "fil"
    query = f"?{name}={where.code}" if name else ""
    return f"{record_path(where.subject_kind, where.subject_code)}{query}#c-{where.code}"


def draft_of(subject_code: str, parent_code: str = "") -> str:
    """The name under which a browser keeps what is being written."""
    return f"commentaire-{subject_code}-{parent_code}"


def _page(request: Request, subject: Record, parent: Comment | None, form: CommentForm) -> HttpResponse:
    title = _("Répondre à un commentaire") if parent else _("Commenter")
    words = parent.record.wording if parent else subject.wording
    said = words.text if parent and words else shown_words(words)[0]
    context = {
        "subject": subject,
        "parent": parent,
        "said": said,
        "by": (parent.record if parent else subject).byline or _("Sans nom"),
        "form": form,
        "draft": draft_of(subject.code, parent.record.code if parent else ""),
        "key": uuid4().hex,
        "is_signed_in": request.viewer.is_signed_in,
        "back": record_path(subject.kind, subject.code),
        "title": title,
    }
    main = Main(
        "web/ideas/comment.html",
        context,
        title=f"{title} · {subject.code}",
        section="participate",
        status=acts.refused(form),
    )
    return show(request, main)


@require_safe
@shown_or_gone
def comment_in_place(request: Request, code: str) -> HttpResponse:
    """A comment is read where it was said."""
    found = find_comment(request.viewer, code)
    if found is None:
        raise RecordNotFound(code)
    return redirect(path_of(whereabouts_of(found)))
