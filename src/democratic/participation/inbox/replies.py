"""Reply templates: what the authority often answers, in each language, to begin from and always to be read again."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.inbox.models import ReplyTemplate
from democratic.thread.models import Authority

MOST_TEMPLATES = 100
FALLBACK = "fr"


def keep_template(
    *, authority: Authority, name: str, texts: Mapping[str, str], template: ReplyTemplate | None = None
) -> ReplyTemplate:
    """A new one, or ``template`` written again. ``texts``: by language; what is empty in one is left to the others."""
    kept = template or ReplyTemplate(authority=authority)
    kept.name = clean_line(name)[:60]
    kept.texts = {language: said for language, text in texts.items() if (said := clean_text(text))}
    if not kept.name:
        raise Refusal(_("Donnez-lui un nom, que vos collègues reconnaîtront."), field="name")
    if not kept.texts:
        raise Refusal(_("Écrivez la réponse, dans une langue au moins."))
    if template is None and ReplyTemplate.objects.filter(authority=authority).count() >= MOST_TEMPLATES:
        raise Refusal(_("Cent réponses types, c’est trop pour choisir : supprimez-en d’abord."))
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as same:
        raise Conflict(_("Une réponse type porte déjà ce nom."), field="name") from same
    return kept


@transaction.atomic
def drop_template(*, template: ReplyTemplate) -> None:
    """What was answered from it stays as it was sent."""
    ReplyTemplate.objects.filter(pk=template.pk).delete()


def templates_of(authority: Authority) -> list[ReplyTemplate]:
    return list(ReplyTemplate.objects.filter(authority=authority).order_by("name", "pk")[:MOST_TEMPLATES])


def text_in(template: ReplyTemplate, language: str) -> str:
    """In her language, where it was written; else in French, else as it was."""
    texts: dict[str, str] = template.texts
    return texts.get(language) or texts.get(FALLBACK) or next(iter(texts.values()))
