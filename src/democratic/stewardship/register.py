"""The register of processing (GDPR, article 30), made of the models' declarations and of what the jobs did."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from democratic.kernel.personal_data import DataClass, Term, label_of
from democratic.stewardship.declared import kept_of_people, tables_of
from democratic.stewardship.models import RetentionRun
from democratic.stewardship.retention import last_runs


@dataclass(frozen=True, slots=True)
class Table:
    """Where it is: a table, and its columns that hold more than an identity."""

    label: str
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """A term, and the last time that its job passed; None before the first."""

    term: Term
    last: RetentionRun | None


@dataclass(frozen=True, slots=True)
class Processing:
    kind: DataClass
    tables: tuple[Table, ...]
    applied: tuple[Applied, ...]


def processings() -> list[Processing]:
    """Every line of the register, in one query."""
    runs = last_runs()
    return [
        Processing(
            kind, tuple(_tables(models)), tuple(Applied(term, runs.get(term.job)) for term in kind.terms)
        )
        for kind, models in tables_of().items()
    ]


def _tables(models: Iterable[type[Model]]) -> Iterable[Table]:
    hidden = {model: said.hidden for model, said in kept_of_people().items()}
    for model in models:
        meta = model._meta  # noqa: SLF001  the schema itself is what is told
        columns = [field.attname for field in meta.concrete_fields if field.attname not in hidden[model]]
        yield Table(label_of(model), meta.db_table, tuple(columns))
