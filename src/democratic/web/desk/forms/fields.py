"""The fields that the desk's forms are made of. Labels are the public words: what is typed is what people read."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from democratic.communities.queries import officials_of, services_of
from democratic.kernel.links import SCHEMES
from democratic.kernel.text import clean_line
from democratic.thread.actions.records import TEXT_LIMIT, TITLE_LIMIT
from democratic.thread.models import Authority

MOST_EUROS = 10_000_000_000
MOST_PEOPLE = 1_000_000_000
LONGEST_URL = 500
LONGEST_LINE, LONGEST_TEXT = TITLE_LIMIT, TEXT_LIMIT
TOO_LONG = _("%(show_value)d signes : il en faut %(limit_value)d au plus. Rien n’est perdu, raccourcissez.")
# A year typed short (0026) or with a sign too many would be published as it is, and break what counts days.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def refuse_other_centuries(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(_("Vérifiez l’année de cette date."), code="year")


def day_field(label: Any, **more: Any) -> forms.DateField:
    formats = ["%Y-%m-%d", "%d/%m/%Y"]
    return forms.DateField(
        label=label, widget=DayInput(), input_formats=formats, validators=[refuse_other_centuries], **more
    )


class Uncut:
    """No ``maxlength`` in the page: a browser would cut what is pasted there, and say nothing."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs: dict[str, Any] = super().widget_attrs(widget)  # type: ignore[misc]
        attrs.pop("maxlength", None)
        return attrs


class Written(Uncut, forms.CharField):
    """What people will read: signs that nobody sees fill in nothing. Too long, it is kept, and said so."""

    default_error_messages: ClassVar = {"max_length": TOO_LONG}

    def __init__(self, *, max_length: int = LONGEST_LINE, **more: Any) -> None:
        super().__init__(max_length=max_length, **more)

    def to_python(self, value: Any) -> str:
        """An end of line is one sign, as everywhere once it is kept."""
        return (super().to_python(value) or "").replace("\r\n", "\n")

    def validate(self, value: Any) -> None:
        super().validate(value)
        if self.required and not clean_line(value):
            raise ValidationError(self.error_messages["required"], code="required")


def text_field(label: Any, *, rows: int = 4, max_length: int = LONGEST_TEXT, **more: Any) -> Written:
    return Written(label=label, max_length=max_length, widget=forms.Textarea(attrs={"rows": rows}), **more)


def euros_field(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_EUROS, required=False, **more)


def people_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_PEOPLE, required=False)


class Address(Uncut, forms.URLField):
    """A page of the web: Django's own field takes ``ftp`` as well."""

    default_validators = [URLValidator(schemes=list(SCHEMES))]


class Slug(Uncut, forms.SlugField):
    default_error_messages: ClassVar = {"max_length": TOO_LONG}


def url_field(label: Any) -> forms.URLField:
    return Address(
        label=label,
        required=False,
        max_length=LONGEST_URL,
        assume_scheme="https",
        error_messages={"max_length": TOO_LONG},
    )


class OwnedForm(forms.Form):
    """A form that chooses among this authority's services or officials."""

    def __init__(self, authority: Authority, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(each.pk): each for each in services_of(authority)}
        self.officials = {str(each.pk): each for each in officials_of(authority)}
        if "service" in self.fields:
            self.fields["service"].choices = [(pk, s.name) for pk, s in self.services.items()]  # type: ignore[attr-defined]
        for name in ("answerer", "signer"):
            if name in self.fields:
                self.fields[name].choices = [  # type: ignore[attr-defined]
                    (pk, f"{o.name}, {o.function}") for pk, o in self.officials.items()
                ]
