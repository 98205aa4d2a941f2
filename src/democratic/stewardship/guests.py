"""Guests whose key was shown: what it opens is theirs alone, never what an account holds."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import Conflict
from democratic.people.models import Account, Person


class NotAGuest(Conflict):
    """A key may be shared: it opens what a guest left, and nothing that belongs to an account."""


def ids_of_guest(person: Person | None) -> list[UUID]:
    if person is None or person.erased_on:
        raise NotAGuest(_("Rien ne relie plus cette parole à une personne."))
    if person.root_id or Account.objects.filter(person=person).exists():
        raise NotAGuest(
            _("Cette parole est dans un compte. Connectez-vous : « Mes données » est dans « Mon compte ».")
        )
    return [person.pk]
