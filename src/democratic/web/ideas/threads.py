"""A conversation as HTML, without a template: two hundred comments drawn by tags would be most of the page.

Whatever came from people passes through ``escape``; all the rest is ours, worked out once a page.
"""

from collections.abc import Mapping
from html import escape
from uuid import UUID

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from democratic.thread.models import Visibility
from democratic.thread.queries.comments import Conversation, Said
from democratic.web.formats import day
from democratic.web.places import at
from democratic.web.templatetags.face import bead, icon, stance
from democratic.web.verified import among


class _Drawing:
    """One page's conversation. ``language``: that of the page; words in another say so."""

    def __init__(self, bylines: Mapping[UUID, str], reply_path: str, language: str) -> None:
        self.bylines, self.reply_path, self.language = bylines, escape(reply_path), language
        self.nameless = _("Sans nom")
        self.voices, self.whom = _("voix"), _("à %(whom)s")
        answer = _("Lui répondre")
        self.reply = f"{icon('corner-down-right')} {escape(answer)}"
        self.gone = {
            Visibility.HIDDEN: _("Masqué par la modération."),
            Visibility.WITHDRAWN: _("Retiré par la personne qui l’avait écrit."),
        }
        self.why = _("La décision")
        self.signal = _("Signaler")
        self.stances = {alignment: stance(alignment) for alignment in (-1, 0, 1)}

    def comment(self, said: Said) -> str:
        moment = timezone.localtime(said.happened_at)
        is_shown = said.visibility == Visibility.PUBLIC
        reply = " comment--reply" if said.depth else ""
        by = escape((said.byline if is_shown else "") or self.nameless)
        when = f'<time datetime="{moment:%Y-%m-%d}">{day(moment)}</time>'
        head = f"{bead(said.origin, 'small')}<b>{by}</b>{self.to(said)}{when}"
        if is_shown:
            head += self.stances[said.alignment]
        body = self.words(said) if is_shown else self.line(said)
        return f'<li class="comment{reply}" id="c-{said.code}"><div class="comment__head">{head}</div>{body}</li>'

    def to(self, said: Said) -> str:
        """Below the first step replies are drawn in one column: they say whom they answer."""
        if said.depth <= 1 or said.parent_id is None:
            return ""
        whom = self.bylines.get(said.parent_id) or self.nameless
        to_whom = _("en réponse à %(whom)s") % {"whom": whom}
        return f"<span>{escape(to_whom)}</span>"

    def words(self, said: Said) -> str:
        other = said.language if said.language != self.language else ""
        lang = f' lang="{escape(other)}"' if other else ""
        told = ", ".join(part for part in (self.voices, among(said.supports, said.verified)) if part)
        supports = f"<span><b>{said.supports}</b> {escape(told)}</span>" if said.supports else ""
        return (
            f'<p class="comment__text"{lang}>{escape(said.text)}</p>'
            f'<div class="comment__foot">{supports}{self.answer(said)}'
            f'<a href="{at("/signaler/" + said.code)}" rel="nofollow">{escape(self.signal)}'
            f'<span class="visually-hidden"> {escape(self.whom_of(said))}</span></a>'
            f"<!--me:c-{said.code.lower()}--><!--/me--></div>"
        )

    def answer(self, said: Said) -> str:
        if not self.reply_path:
            return ""
        whom = escape(self.whom % {"whom": said.byline or self.nameless})
        return (
            f'<a href="{self.reply_path}?a={said.code}" rel="nofollow">{self.reply}'
            f'<span class="visually-hidden"> {whom}</span></a>'
        )

    def whom_of(self, said: Said) -> str:
        return _("le commentaire de %(whom)s") % {"whom": said.byline or self.nameless}

    def line(self, said: Said) -> str:
        told = escape(self.gone[Visibility(said.visibility)])
        if said.visibility == Visibility.HIDDEN:
            told += f' <a href="{at("/moderation/" + said.code)}" rel="nofollow">{escape(self.why)}</a>'
        return f'<p class="comment__gone">{told}</p>'


def draw_conversation(
    conversation: Conversation, *, subject_code: str, language: str, may_reply: bool
) -> SafeString:
    """The rows of ``ol.comments``. The marks in them take « Retirer » for their authors."""
    bylines = {said.id: said.byline for said in conversation.comments}
    reply_path = at(f"/paroles/{subject_code}/commenter") if may_reply else ""
    drawing = _Drawing(bylines, reply_path, language)
    return mark_safe("".join(map(drawing.comment, conversation.comments)))  # noqa: S308  escaped above


def draw_withdraw(code: str) -> SafeString:
    path = at(f"/commentaires/{code}/retirer")
    return format_html('<a href="{}">{}</a>', path, _("Retirer mon commentaire"))
