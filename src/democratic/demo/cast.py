"""The cast: the authority, its services, the ten accounts, and the crowd that supports and comments."""

from datetime import datetime

from allauth.account.models import EmailAddress

from democratic.communities.actions import appoint_official, create_service
from democratic.communities.models import Service
from democratic.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from democratic.demo.calendar import Calendar
from democratic.demo.story import Story
from democratic.demo.territory import draw_territory
from democratic.kernel.clock import FixedClock
from democratic.notices.actions import confirm_address
from democratic.people.actions import leave_address, open_account, welcome_guest
from democratic.people.models import Account, Person
from democratic.people.verifications import note_desk_check
from democratic.thread.actions import give_role, open_authority
from democratic.thread.models import Authority, Role

SLUG = "val-dorbe"
CROWD = 160
SEEN = 4  # of these, one in so many was seen with a document: at a desk that is not the authority's
ELSEWHERE = "Maison des services de Clairvoie"

ROLES = {
    "nathalie": Role.AGENT,
    "samir": Role.AGENT,
    "marc": Role.AGENT,
    "karim": Role.AGENT,
    "odile": Role.OFFICIAL,
    "dominique": Role.ADMINISTRATOR,
}
# Name, titular and deputy.
SERVICES = {
    "jeunesse": ("Service jeunesse", "nathalie", "karim"),
    "transports": ("Service transports", "samir", "nathalie"),
    "routes": ("Direction des routes", "marc", "samir"),
}
TOLD = ("gabriel", "ines")
CONSENT = "Me prévenir par e-mail de ce que deviennent les paroles et les engagements que je suis."


def gather(calendar: Calendar, moment: datetime) -> Story:
    """Everyone who plays, at the moment when the story begins."""
    clock = FixedClock(moment)
    authority = open_authority(slug=SLUG, name="Val-d’Orbe", kind_label="le Département", is_demo=True)
    draw_territory(authority, clock)
    people = {each.key: _account(each.email, each.name).person for each in DEMO_ACCOUNTS}
    for key, role in ROLES.items():
        give_role(person=people[key], role=role, authority=authority, clock=clock)
    for key in TOLD:
        address = leave_address(
            person=people[key], email=people[key].account.email, purpose="notices", wording=CONSENT,
            language="fr", clock=clock,
        )  # fmt: skip
        confirm_address(address=address, clock=clock)
    crowd = [welcome_guest() for _ in range(CROWD)]
    seen = [(people[key], authority.slug) for key in TOLD] + [(each, ELSEWHERE) for each in crowd[::SEEN]]
    for person, source in seen:
        note_desk_check(person=person, by=people["dominique"], source=source, clock=clock)
    return Story(
        calendar=calendar,
        authority=authority,
        people=people,
        crowd=crowd,
        services=_services(authority, people),
        elected=appoint_official(
            authority=authority,
            name="Odile Vasseur-Thiry",
            function="vice-présidente, jeunesse et mobilités",
            person=people["odile"],
            clock=clock,
        ),
    )


def _account(email: str, name: str) -> Account:
    account = open_account(email=email, name=name, password=DEMO_PASSWORD)
    # The sign-in page asks allauth whether the address was verified; nobody reads mail at these addresses.
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def _services(authority: Authority, people: dict[str, Person]) -> dict[str, Service]:
    return {
        key: create_service(
            authority=authority, name=name, titular=people[titular], deputy=people[deputy]
        )
        for key, (name, titular, deputy) in SERVICES.items()
    }  # fmt: skip
