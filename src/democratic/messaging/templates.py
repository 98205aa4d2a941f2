"""Templates: written down here as the provider approved them, so that what leaves is what was approved."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from civics.reach.keywords import plain
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.messaging.models import MessageTemplate
from democratic.messaging.opening import use_of
from democratic.messaging.ports import capabilities
from democratic.thread.models import Authority

# What may stand in a place of a template.
PARAMETERS = {
    "authority": _("Le nom de la collectivité"),
    "code": _("Le code auquel répondre"),
    "source": _("D’où vient la liste"),
}
NEEDED = ("code", "source")
LONGEST = 1024  # signs of a body that Meta approves
_NAME = re.compile(r"[a-z0-9_]{1,120}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")
_PLACE = re.compile(r"\{\{(\d+)\}\}")


@transaction.atomic
def note_template(
    *, authority: Authority, kind: str, name: str, language: str, text: str, parameters: Sequence[str]
) -> MessageTemplate:
    """Refusal: it would not say where the address comes from, what to answer, or how to stop."""
    if not capabilities(use_of(authority, kind)).has_templates:
        raise Refusal(_("Ce canal n’a pas de modèles."), field="kind")
    said = clean_text(text)
    _refuse(clean_line(name), language, said, parameters)
    row: dict[str, Any] = {"text": said, "parameters": list(parameters)}
    try:
        with transaction.atomic():
            return MessageTemplate.objects.create(
                authority=authority, kind=kind, name=clean_line(name), language=language, **row
            )
    except IntegrityError as clash:
        raise Conflict(_("Ce modèle est déjà noté, dans cette langue."), field="name") from clash


def _refuse(name: str, language: str, text: str, parameters: Sequence[str]) -> None:
    if not _NAME.fullmatch(name):
        raise Refusal(
            _(
                "Recopiez son nom tel qu’il est chez Meta : « invitation_jeunes ». Minuscules, chiffres et « _ »."
            ),
            field="name",
        )
    if not _LANGUAGE.fullmatch(language):
        raise Refusal(_("Recopiez le code de sa langue : « fr » ou « en_US »."), field="language")
    if not text or len(text) > LONGEST:
        raise Refusal(_("Recopiez son texte : 1 024 signes au plus."), field="text")
    places = sorted({int(each) for each in _PLACE.findall(text)})
    if places != list(range(1, len(parameters) + 1)) or not set(parameters) <= set(PARAMETERS):
        raise Refusal(
            _("Dites ce qui va dans chaque place, dans l’ordre : {{1}}, {{2}}…"), field="parameters"
        )
    if any(each not in parameters for each in NEEDED):
        raise Refusal(_("Un modèle dit le code auquel répondre, et d’où vient la liste."), field="parameters")
    if "stop" not in plain(text).split():
        raise Refusal(_("Un modèle dit comment ne plus rien recevoir : « STOP »."), field="text")


@transaction.atomic
def retire_template(*, template: MessageTemplate, clock: Clock) -> None:
    """It is offered no more; what is on its way stops at once. Twice is once."""
    MessageTemplate.objects.filter(pk=template.pk, retired_at=None).update(retired_at=clock.now())


def filled(text: str, values: Sequence[str]) -> str:
    """As it is read on her side. Each place is filled once: a value that looks like a place stays as it is."""
    return _PLACE.sub(lambda place: values[int(place[1]) - 1], text)
