"""Every declaration of personal data: our models' own, and what we declare of the libraries' tables."""

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Model

from democratic.kernel.data_classes import ACCOUNT, ALL_CLASSES, FACTOR
from democratic.kernel.personal_data import DataClass, Declaration, NoPersonalData, PersonalData, label_of

_IDS_ONLY = NoPersonalData("jobs carry identifiers only, and none of a person")
_UNUSED = NoPersonalData("Django's own; this product gives roles by Grant, and leaves these empty")

LIBRARIES: Mapping[str, Declaration] = {
    "account.EmailAddress": PersonalData(ACCOUNT, of=("user__person",)),
    "account.EmailConfirmation": PersonalData(ACCOUNT, of=("email_address__user__person",), hidden=("key",)),
    "mfa.Authenticator": PersonalData(FACTOR, of=("user__person",), hidden=("data",)),
    "auth.Permission": _UNUSED,
    "auth.Group": _UNUSED,
    "contenttypes.ContentType": NoPersonalData("names of tables"),
    "procrastinate.ProcrastinateJob": _IDS_ONLY,
    "procrastinate.ProcrastinateWorker": _IDS_ONLY,
    "procrastinate.ProcrastinateEvent": _IDS_ONLY,
    "procrastinate.ProcrastinatePeriodicDefer": _IDS_ONLY,
}


class Undeclared(LookupError):
    """A model that says nothing of what it keeps of people."""


def declaration_of(model: type[Model]) -> Declaration:
    said: Declaration | None = getattr(model, "personal_data", LIBRARIES.get(label_of(model)))
    if said is None:
        raise Undeclared(label_of(model))
    return said


def declarations() -> dict[type[Model], Declaration]:
    return {model: declaration_of(model) for model in apps.get_models()}


def kept_of_people() -> dict[type[Model], PersonalData]:
    """The tables that keep something of people, in a stable order."""
    known = sorted(declarations().items(), key=lambda each: label_of(each[0]))
    return {model: said for model, said in known if isinstance(said, PersonalData)}


def tables_of() -> dict[DataClass, list[type[Model]]]:
    """Each line of the register, with the tables behind it."""
    tables: dict[DataClass, list[type[Model]]] = {each: [] for each in ALL_CLASSES}
    for model, said in kept_of_people().items():
        tables[said.kind].append(model)
    return tables
