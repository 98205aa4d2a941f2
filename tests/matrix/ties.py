"""Where a row belongs: the way from each table to an authority, found in the models' own foreign keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import F

from democratic.people.models import Person
from democratic.thread.models import Authority


@dataclass(frozen=True)
class Tie:
    """A foreign key between two tables that both belong to authorities."""

    model: type[models.Model]
    field: str
    own: str
    target: str

    def crossings(self) -> int:
        """Rows of one authority that point to a row of another."""
        there = f"{self.field}__{self.target}" if self.target else self.field
        rows = self.model._base_manager.filter(**{f"{self.field}__isnull": False})
        return rows.exclude(**{self.own: F(there)}).count()


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("democratic.")]


def _single(model: type[models.Model]) -> Iterator[models.ForeignKey]:
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is not Person:
            yield field


def ways() -> dict[type[models.Model], str]:
    """The shortest way of each model to its authority, by keys that are never empty: "record__authority"."""
    found: dict[type[models.Model], str] = {Authority: ""}
    grew = True
    while grew:
        grew = False
        for model in ours():
            if model in found:
                continue
            sure = [f for f in _single(model) if not f.null and f.related_model in found]
            if sure:
                best = min(sure, key=lambda f: len(found[f.related_model]))
                rest = found[best.related_model]
                found[model] = f"{best.name}__{rest}" if rest else best.name
                grew = True
    return found


def ties() -> list[Tie]:
    known = ways()
    return [
        Tie(model, field.name, known[model], known[field.related_model])
        for model in ours()
        if known.get(model)
        for field in _single(model)
        if field.related_model in known and known[model] != field.name
    ]
