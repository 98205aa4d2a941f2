"""Field by field: what is kept of people and shown to nobody, or to her alone, is on no page of anyone else.

A word of its own stands in each column of each row; every page is read as each role, and what of it is found
there is compared with what docs/security/decisions.md says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from allauth.account.models import EmailAddress
from django.db import models

from civics.reach.rendering import Say
from democratic.communities.models import Invitation
from democratic.kernel.data_classes import LISTED
from democratic.kernel.personal_data import PersonalData
from democratic.messaging.correspondents import known_or_new, print_of_address
from democratic.messaging.models import Correspondent, OutgoingMessage
from democratic.messaging.telling import Errand, tell
from democratic.participation.campaigns.lists.models import AddressList, ListedAddress
from democratic.participation.conversations.models import FlowCode, FlowInvitation
from democratic.people.models import Account, Consent, ContactAddress, Person
from democratic.stewardship.declared import kept_of_people
from democratic.stewardship.models import SupportVisit
from matrix.crawling import path_of
from matrix.routes import all_routes
from matrix.test_matrix import client_for, world  # noqa: F401 -- the same world
from matrix.ties import ours
from matrix.visitors import Visitor, guest_author
from matrix.world import ROLES, World

PRIVATE = {
    "name of a person": (Person, "name"),
    "e-mail of an account": (Account, "email"),
    "e-mail of an account, as it was proved": (EmailAddress, "email"),
    "e-mail left without an account": (ContactAddress, "email"),
    "words of a consent": (Consent, "wording"),
    "subject of a mail": (OutgoingMessage, "subject"),
    "words of a mail": (OutgoingMessage, "body"),
    "e-mail of who is invited": (Invitation, "email"),
    "address of someone of a list": (Correspondent, "address"),
    "why someone of a list was written to": (FlowInvitation, "why"),
}
COLLEAGUES = frozenset({"agent", "administrator"})
# Who reads what of others, as the page of decisions says.
READ_BY = {
    "name of a person": COLLEAGUES,
    "e-mail of an account": frozenset({"administrator"}),
    "e-mail of who is invited": frozenset({"administrator"}),
    "reason of a visit": frozenset({"administrator"}),
}
SHOWN_TO_HER = ("name of a person", "e-mail of an account", "reason of a visit")
SHORTEST = 12  # signs of what is worth looking for
EVERYONE = {role: lambda made, role=role: Visitor(client_for(made, role)) for role in ROLES}
EVERYONE["guest_author"] = guest_author
# Who reads less than another one of them is tried by ``bin/prove``.
LESS = {"moderator", "official", "neighbour", "suspended"}
TRIED = [pytest.param(who, marks=pytest.mark.prove) if who in LESS else who for who in EVERYONE]


@dataclass(frozen=True)
class Planted:
    what: str
    word: str
    whose: UUID | None


def plant(world: World) -> list[Planted]:  # noqa: F811
    """A visit is written once and for all: it is made with its word."""
    now, admin, citizen = (
        world.territory.clock.now(),
        world.accounts["administrator"],
        world.accounts["citizen"],
    )
    SupportVisit.objects.create(
        authority=world.territory.authority, visitor=admin.person, visited=citizen.person, reason="canari-raison",
        started_at=now, ends_at=now + timedelta(minutes=15),
    )  # fmt: skip
    list_someone(world)
    planted = [Planted("reason of a visit", "canari-raison", citizen.person_id)]
    for at, (what, (model, column)) in enumerate(PRIVATE.items()):
        for n, row in enumerate(model._base_manager.order_by("pk")):
            word = f"canari-{at}-{n}-x"
            written = f"{word}@canari.example" if column == "email" else word
            model._base_manager.filter(pk=row.pk).update(**{column: written})
            planted.append(Planted(what, word, owner_of(row)))
    return planted


def list_someone(world: World) -> None:  # noqa: F811
    """Of a list that was given, and written to from it: her address is read again by nobody."""
    of_world = AddressList.objects.select_related("campaign__process__record__authority").get(pk=world.listed)
    authority, clock = of_world.campaign.process.record.authority, world.territory.clock
    there = print_of_address("sms", "+33612345601")
    (her,) = known_or_new(authority, "sms", {there: "+33612345601"}, language="fr")
    ListedAddress.objects.create(address_list=of_world, correspondent=her)
    FlowInvitation.objects.create(correspondent=her, code=FlowCode.objects.first(), why="…", is_open=True)
    tell(her, [Say("Le bus du soir ?")], Errand("wave:canari", is_first=True), now=clock.now())


def owner_of(row: models.Model) -> UUID | None:
    match row:
        case Person():
            return row.pk
        case EmailAddress():
            return row.user.person_id
        case OutgoingMessage():
            return row.address.person_id if row.address else row.correspondent.person_id
        case FlowInvitation():
            return row.correspondent.person_id
        case Invitation():
            return None
        case _:
            return row.person_id


def pages_of(visitor: Visitor, world: World) -> Iterator[str]:  # noqa: F811
    """All that is answered to who reads each address: headers, files and streams with it."""
    cookies = visitor.client.cookies.copy()
    for route in all_routes():
        answer = visitor.client.get(path_of(route, world, visitor))
        visitor.client.cookies = cookies.copy()
        parts = answer.streaming_content if answer.streaming else [answer.content]
        yield f"{b''.join(parts).decode(errors='replace')}\n{answer.headers}"


def test_each_kind_of_what_is_private_is_there_to_be_found(world):  # noqa: F811
    assert {each.what for each in plant(world)} == {*PRIVATE, "reason of a visit"}


def test_each_column_of_what_lists_hold_of_people_has_its_word():
    """Of the class of lists; the address itself is a correspondent's."""
    of_lists = [model for model, said in kept_of_people().items() if said.kind == LISTED]
    texts = {
        (model, field.attname)
        for model in of_lists
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
    }
    assert {ListedAddress, FlowInvitation} <= set(of_lists)
    assert texts <= set(PRIVATE.values())


def test_she_reads_what_is_hers(world):  # noqa: F811
    planted = plant(world)
    hers = {each.what: each.word for each in planted if each.whose == world.accounts["citizen"].person_id}
    read = "".join(pages_of(Visitor(client_for(world, "citizen")), world))
    assert [what for what in SHOWN_TO_HER if hers[what] not in read] == []


def hidden_columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in ours():
        said = model.personal_data
        for column in said.hidden if isinstance(said, PersonalData) else ():
            yield model, column


def hidden_values() -> set[str]:
    """Passwords' prints, keys of sessions, secrets of links and of keys: declared hidden on their models."""
    kept = set()
    for model, column in hidden_columns():
        values = model._base_manager.values_list(column, flat=True)
        kept |= {str(value) for value in values if isinstance(value, str) and len(value) >= SHORTEST}
    assert len(kept) > 10
    return kept


@pytest.mark.parametrize("who", TRIED)
def test_what_is_kept_of_someone_is_read_by_those_alone_who_may_and_what_opens_a_door_by_nobody(world, who):  # noqa: F811
    visitor = EVERYONE[who](world)
    planted, keys = plant(world), hidden_values()
    person = world.accounts[who].person_id if who in world.accounts else None
    others = [each for each in planted if each.whose is None or each.whose != person]
    read = "".join(pages_of(visitor, world))
    found = {each.what for each in others if each.word in read}
    assert found == {what for what, readers in READ_BY.items() if who in readers}
    assert [value for value in keys if value in read] == []
