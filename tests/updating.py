"""Services that owe something, and what asking them writes: for the tests of the tracker."""

import re
from datetime import date

from courses import DECIDED, answered, decided, grouped, planned, promised, said
from democratic.communities.actions import create_service
from democratic.messaging.models import OutgoingMessage
from democratic.participation.commitments.actions import Work, make_commitment
from democratic.thread.actions import Words, give_role
from democratic.thread.models import Role
from factories import clock_at, staff_account

# DECIDED is the 3rd of July 2026; the commitment is due on the 28th of August, its action on the 20th.
AUGUST, SEPTEMBER = clock_at(date(2026, 8, 3)), clock_at(date(2026, 9, 1))


def owe(territory):
    theme = grouped(territory, said(territory, 1))
    territory.decision = decided(territory, answered(territory, theme.record))
    territory.commitment = promised(territory, territory.decision)
    territory.action = planned(territory, territory.commitment)
    return territory


def deputy_of(territory, service=None):
    account = staff_account("suppleante@val-orbe.example", "Inès")
    give_role(person=account.person, role=Role.AGENT, authority=territory.authority, clock=territory.clock)
    service = service or territory.service
    service.deputy = account.person
    service.save(update_fields=["deputy"])
    return account


def another_service(territory, name="Service des transports", titular=None):
    """One that owes a commitment too."""
    service = create_service(
        authority=territory.authority, name=name, titular=titular or territory.agent.person
    )
    commitment = make_commitment(
        decision=territory.decision,
        words=Words(title=f"Promis par : {name}"),
        work=Work(service, date(2026, 10, 1)),
        author=None,
        clock=clock_at(DECIDED),
    )
    return service, commitment


def asked_mails():
    return OutgoingMessage.objects.filter(purpose="update_asked").order_by("created_at", "pk")


def path_in(message):
    return re.search(r"/point-d-etape/[\w:-]+", message.body)[0]
