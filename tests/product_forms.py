"""Every form that the product shows, found by its class, and what each of its fields takes, in one line."""

import importlib
import pkgutil
from collections.abc import Iterator

from django import forms

from democratic import web
from democratic.web.uploads import SentFile


def forms_of_the_product() -> Iterator[type[forms.BaseForm]]:
    for module in pkgutil.walk_packages(web.__path__, "democratic.web."):
        importlib.import_module(module.name)
    waiting, seen = [forms.BaseForm], set()
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("democratic.") and form not in seen:
            seen.add(form)
            yield form


def fields_of(form: type[forms.BaseForm]) -> dict[str, forms.Field]:
    return dict(getattr(form, "base_fields", {}))


KINDS = (
    (forms.MultipleChoiceField, "some of a list"),
    (forms.ChoiceField, "one of a list"),
    (forms.EmailField, "an e-mail address"),
    (forms.URLField, "an http or https link"),
    (forms.SlugField, "letters, digits, hyphens"),
    (forms.DateField, "a day"),
    (forms.TimeField, "an hour"),
    (forms.DateTimeField, "a day and an hour"),
    (forms.BooleanField, "a box"),
    (SentFile, "a file"),
    (forms.FileField, "files"),
    (forms.IntegerField, "a whole number"),
    (forms.CharField, "text"),
)


def told(name: str, field: forms.Field) -> str:
    """``title`` text, 200 at most; a star is for what is demanded."""
    kind = next(words for cls, words in KINDS if isinstance(field, cls))
    bounds = [
        f"{word} {value}"
        for word, value in (
            ("at least", getattr(field, "min_length", None)),
            ("at most", getattr(field, "max_length", None)),
            ("from", getattr(field, "min_value", None)),
            ("to", getattr(field, "max_value", None)),
        )
        if value is not None
    ]
    star = "\\*" if field.required else ""
    return f"`{name}`{star} {', '.join([kind, *bounds])}"
