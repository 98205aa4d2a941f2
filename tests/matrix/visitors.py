"""Those who come beside the eight accounts of the table: each as a browser, with what she holds of her own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.test import Client

from bodies import enrolled
from democratic.communities.agreements.actions import agree_as_parent, ask_parent, confirm_as_child
from democratic.communities.agreements.queries import CHILD, PARENT, token_of
from democratic.communities.invitations.actions import invite_to_role
from democratic.communities.models import Membership, Official, Service
from democratic.communities.organisations.actions import make_join_link
from democratic.communities.provisioning.actions import make_provisioning_token
from democratic.kernel.clock import DATABASE_CLOCK
from democratic.messaging.links import confirm_url, stop_url
from democratic.participation.approvals import links as approvals
from democratic.participation.approvals.actions import ask_approval
from democratic.participation.tracker.events import UPDATES_ASKED
from democratic.participation.tracker.links import url_of
from democratic.participation.tracker.models import UpdateLink, UpdateRequest
from democratic.people.actions import welcome_guest
from democratic.people.models import Account, AgeBand, Person
from democratic.thread.actions import append_entry, end_grant, follow, give_role
from democratic.thread.models import Authority, Record, Role
from democratic.web.guests import COOKIE
from democratic.web.ideas.receipts import seal_receipt
from factories import NOW, PASSWORD, signed_in_at, staff_account, verified_account
from matrix.world import World

LONG_AGO = 24 * 3600
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@dataclass
class Visitor:
    """``holds``: for a route, the parts of its address that she has of her own; ``sends``: what she sends there."""

    client: Client
    holds: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sends: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


Comes = Callable[[World], Visitor]


def _signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def as_guest(person: Person) -> Client:
    client = Client()
    client.cookies[COOKIE] = signing.dumps(str(person.pk), salt="democratic.guest")
    return client


def _of_age(person: Person, band: AgeBand) -> Person:
    Person.objects.filter(pk=person.pk).update(age_band=band)
    person.refresh_from_db()
    return person


def guest(_world: World) -> Visitor:
    return Visitor(as_guest(welcome_guest()))


def guest_author(world: World) -> Visitor:
    """In the browser from which she spoke, with her receipt."""
    said = Record.objects.get(code=world.codes["idea"])
    token = seal_receipt(said.code, "", now=world.territory.clock.now())
    return Visitor(as_guest(said.author), {"receipt": {"token": token}})


def comment_author(world: World) -> Visitor:
    return Visitor(as_guest(Record.objects.get(code=world.codes["comment"]).author))


def account_author(world: World) -> Visitor:
    """What she said as a guest is tied to her account."""
    account = verified_account("lina@example.org", "Lina")
    said = Record.objects.get(code=world.codes["idea"])
    Person.objects.filter(pk=said.author_id).update(root=account.person)
    return Visitor(_signed_in(account))


def key_holder(world: World) -> Visitor:
    receipt = world.territory.say("Un abri.")
    return Visitor(Client(), sends={"use_key": {"secret": receipt.claim_secret, "acte": "donnees"}})


def unproved(_world: World) -> Visitor:
    """She gave the right password; her address waits for its code."""
    account = verified_account("pas.encore@example.org", "Max")
    EmailAddress.objects.filter(user=account).update(verified=False)
    client = Client()
    client.post("/connexion", {"login": account.email, "password": PASSWORD}, **HERE)
    return Visitor(client)


def guest_of_age(band: AgeBand) -> Comes:
    return lambda _world: Visitor(as_guest(_of_age(welcome_guest(), band)))


def account_of_age(band: AgeBand) -> Comes:
    def comes(_world: World) -> Visitor:
        account = verified_account("jeune@example.org", "Lina")
        _of_age(account.person, band)
        return Visitor(_signed_in(Account.objects.get(pk=account.pk)))

    return comes


def _asked(world: World, child: Person):
    record = Record.objects.get(code=world.codes["idea"])
    return ask_parent(
        record=record, child=child, email="parent@example.org", language="fr", clock=world.territory.clock
    )


def agreed_child(world: World) -> Visitor:
    child, clock = _of_age(welcome_guest(), AgeBand.UNDER_15), world.territory.clock
    agreement = _asked(world, child)
    birthday = NOW.date().replace(year=NOW.year + 2)
    agree_as_parent(agreement=agreement, turns_15_on=birthday, wording="Oui.", clock=clock)
    confirm_as_child(agreement=agreement, email="l@example.org", wording="…", language="fr", clock=clock)
    return Visitor(as_guest(child), {"agreement_child": {"token": token_of(agreement, CHILD)}})


def parent(world: World) -> Visitor:
    agreement = _asked(world, welcome_guest())
    return Visitor(Client(), {"agreement_parent": {"token": token_of(agreement, PARENT)}})


def addressee(world: World) -> Visitor:
    here = world.territory.authority
    stop, proof = stop_url(world.address, here), confirm_url(world.address, here)
    return Visitor(
        Client(),
        {
            "stop_mails": {"token": stop.rpartition("/")[2]},
            "confirm_address": {"token": proof.rpartition("/")[2]},
        },
    )


def holder_of_service(world: World) -> Visitor:
    """By the link of the month's mail; what she sends is about a line that is not of her service."""
    month = NOW.date().replace(day=1)
    entry = append_entry(
        UPDATES_ASKED, record=None, authority=world.territory.authority, now=NOW, is_institutional=True
    )
    request = UpdateRequest.objects.create(
        service=world.territory.service, month=month, asked_on=NOW.date(), entry=entry
    )
    link = UpdateLink.objects.create(
        request=request, holder=world.territory.agent.person, is_by_delegation=False,
        made_at=DATABASE_CLOCK.now(),
    )  # fmt: skip
    token = url_of(link, world.territory.authority, "fr").rpartition("/")[2]
    holds = {"tell_news": {"token": token}, "put_out_update_link": {"token": token}}
    return Visitor(Client(), holds, sends={"tell_news": {"only": "AAA-AAA"}})


def asked_to_approve(world: World) -> Visitor:
    record = Record.objects.get(code=world.codes["draft_answer"])
    asked = ask_approval(record=record, clock=DATABASE_CLOCK)
    token = approvals.url_of(asked, world.territory.authority, "fr").rpartition("/")[2]
    return Visitor(Client(), {"approve_draft": {"token": token}})


def invited(world: World) -> Visitor:
    account = verified_account("invitee@val-orbe.example", "Zoé")
    made = invite_to_role(
        authority=world.territory.authority, email=account.email, role=Role.AGENT, by=None,
        clock=world.territory.clock,
    )  # fmt: skip
    return Visitor(_signed_in(account), {"invitation": {"secret": made.link.rpartition("/")[2]}})


def _organisation(world: World):
    return Membership.objects.get(pk=world.membership).organisation


def joining(world: World) -> Visitor:
    made = make_join_link(
        organisation=_organisation(world), place=Membership.Place.MEMBER, by=None, clock=world.territory.clock
    )
    account = verified_account("hugo@example.org", "Hugo")
    return Visitor(_signed_in(account), {"join_organisation": {"secret": made.secret}})


def member(world: World) -> Visitor:
    account = verified_account("hugo@example.org", "Hugo")
    mine = enrolled(world.territory, _organisation(world), account)
    return Visitor(_signed_in(account), {"leave_organisation": {"membership": str(mine.pk)}})


def speaker(world: World) -> Visitor:
    """Inès, who keeps the page of her association and speaks in its name."""
    account = Membership.objects.get(pk=world.membership).person.account
    account.set_password(PASSWORD)
    account.save()
    own = {"leave_organisation": {"membership": str(world.membership)}}
    return Visitor(_signed_in(account), own)


def with_role(role: Role, *, over_process: bool = False, factor: bool = True, ended: bool = False) -> Comes:
    """As the eight accounts: agents and officials have a password, administrators and moderators none."""
    password = PASSWORD if role in (Role.AGENT, Role.OFFICIAL) and not ended else None

    def comes(world: World) -> Visitor:
        made = staff_account if factor else verified_account
        account, here = made("sam@val-orbe.example", "Sam", password), world.territory
        scope = here.process.record if over_process else None
        grant = give_role(
            person=account.person, role=role, authority=here.authority, process=scope, clock=here.clock
        )
        if ended:
            end_grant(grant=grant, clock=here.clock)
        return Visitor(_signed_in(account))

    return comes


def elsewhere(role: Role) -> Comes:
    def comes(world: World) -> Visitor:
        account = staff_account("sam@voisin.example", "Sam")
        there = Authority.objects.get(slug="voisin")
        give_role(person=account.person, role=role, authority=there, clock=world.territory.clock)
        return Visitor(_signed_in(account))

    return comes


def long_ago(comes: Comes) -> Comes:
    """The same, whose browser stayed open since yesterday."""

    def tired(world: World) -> Visitor:
        visitor = comes(world)
        account = Account.objects.get(pk=visitor.client.session["_auth_user_id"])
        signed_in_at(visitor.client, account, world.territory.clock.now().timestamp() - LONG_AGO)
        return visitor

    return tired


def account_of(name: str) -> Comes:
    return lambda world: Visitor(_signed_in(world.accounts[name]))


def deputy(world: World) -> Visitor:
    """Named as who stands in for a service, without a role."""
    account = staff_account("adjointe@val-orbe.example", "Ana", password=None)
    Service.objects.filter(pk=world.territory.service.pk).update(deputy=account.person)
    return Visitor(_signed_in(account))


def office_without_role(world: World) -> Visitor:
    account = staff_account("ancienne@val-orbe.example", "Odile", password=None)
    Official.objects.filter(pk=world.territory.official.pk).update(person=account.person)
    return Visitor(_signed_in(account))


def helping(world: World) -> Visitor:
    """An administrator who sees a citizen's pages to help her."""
    follow(record=world.territory.process.record, person=world.territory.citizen.person)
    client = _signed_in(world.accounts["administrator"])
    asked = {"email": world.territory.citizen.email, "reason": "Elle ne retrouve pas sa parole."}
    assert client.post("/bureau/aide", asked, **HERE).status_code == 302
    return Visitor(client)


def closed(_world: World) -> Visitor:
    account = verified_account("partie@example.org", "Max", password=None)
    client = _signed_in(account)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    return Visitor(client)


def directory(world: World) -> Visitor:
    token = make_provisioning_token(authority=world.territory.authority, clock=world.territory.clock)
    known = {"scim_user": {"account": str(world.territory.agent.pk)}}
    return Visitor(Client(headers={"authorization": f"Bearer {token}"}), known)


def directory_of_elsewhere(world: World) -> Visitor:
    token = make_provisioning_token(
        authority=Authority.objects.get(slug="voisin"), clock=world.territory.clock
    )
    known = {"scim_user": {"account": str(world.territory.agent.pk)}}
    return Visitor(Client(headers={"authorization": f"Bearer {token}"}), known)


def collector_of_figures(_world: World) -> Visitor:
    return Visitor(Client(headers={"authorization": f"Bearer {settings.METRICS_TOKEN}"}))
