"""Fields of what people type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from democratic.kernel.text import clean_text


class Typed(forms.CharField):
    """Text as it was typed, but for the one sign that no database takes."""

    def to_python(self, value: Any) -> str:
        return super().to_python(str(value or "").replace("\x00", "")) or ""


class Said(Typed):
    """What someone says: signs that nobody sees say nothing."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if not clean_text(value):
            raise ValidationError(self.error_messages["required"], code="required")


def too_long(limit: int) -> dict[str, Any]:
    return {"max_length": _("Il faut %(n)d signes au plus.") % {"n": limit}}
