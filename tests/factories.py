"""What most tests start from, made by actions only, at a fixed day in the middle of the listening stage."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from democratic.communities.actions import appoint_official, create_service
from democratic.communities.models import Official, Service
from democratic.kernel.clock import FixedClock
from democratic.participation.ideas.actions import Receipt, submit_idea
from democratic.participation.mandates.actions import Order, draft_mandate, publish_mandate
from democratic.participation.mandates.models import Level, Mandate
from democratic.participation.processes.actions import Promise, open_process
from democratic.participation.processes.models import Process
from democratic.people.actions import note_first_sign_in, open_account, welcome_guest
from democratic.people.models import Account, Person
from democratic.thread.actions import Words, give_role, open_authority
from democratic.thread.models import Authority, Origin, Role
from democratic.thread.rules import Viewer
from democratic.web.accounts.factors import FactorAdapter

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
FIRST_DAY = date(2026, 1, 12)
PASSWORD = "une phrase assez longue"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def clock_at(day: date, hour: int = 10) -> FixedClock:
    return FixedClock(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


@dataclass
class Territory:
    authority: Authority
    service: Service
    official: Official
    agent: Account
    elected: Account
    citizen: Account
    mandate: Mandate
    process: Process
    clock: FixedClock

    def viewer(self, person: Person | None = None) -> Viewer:
        return Viewer(self.authority, person, is_signed_in=person is not None)

    def say(self, text: str = "Le dernier bus part trop tôt.", **more: object) -> Receipt:
        words = Words(text=text, title=str(more.pop("title", "")), byline=str(more.pop("byline", "")))
        more.setdefault("clock", self.clock)
        more.setdefault("author", welcome_guest())
        return submit_idea(process=self.process, words=words, **more)


def verified_account(email: str, name: str, password: str | None = PASSWORD) -> Account:
    """An account whose address was proved, as sign-in asks."""
    account = open_account(email=email, name=name, password=password)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


def staff_account(email: str, name: str, password: str | None = PASSWORD) -> Account:
    """The same, with the second factor that a role demands: an application, whose secret all tests know."""
    account = verified_account(email, name, password)
    Authenticator.objects.create(
        user=account, type=Authenticator.Type.TOTP, data={"secret": FactorAdapter().encrypt(TOTP_SECRET)}
    )
    note_first_sign_in(account=account)  # no second factor is set up before
    return account


def totp_code(secret: str = TOTP_SECRET) -> str:
    """What that application shows now."""
    before, now, *_after = yield_hotp_counters_from_time()
    assert now == before + 1  # those of half a minute around are taken too (MFA_TOTP_TOLERANCE)
    return format_hotp_value(hotp_value(secret, now))


def signed_in_at(client: Client, account: Account, at: float) -> None:
    """As allauth notes it: this browser proved who it is at that second."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": at}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()


def build_territory(slug: str = "val-orbe", host: str = "", now: datetime = NOW) -> Territory:
    clock = FixedClock(now)
    authority = open_authority(slug=slug, name="Val-d’Orbe", kind_label="le Département", host=host)
    agent = staff_account(f"agent@{slug}.example", "Nathalie")
    elected = staff_account(f"elue@{slug}.example", "Odile Vasseur-Thiry")
    citizen = verified_account(f"citoyen@{slug}.example", "Gabriel")
    give_role(person=agent.person, role=Role.AGENT, authority=authority, clock=clock)
    give_role(person=elected.person, role=Role.OFFICIAL, authority=authority, clock=clock)
    start = clock_at(FIRST_DAY)
    service = create_service(authority=authority, name="Service jeunesse", titular=agent.person)
    official = appoint_official(
        authority=authority,
        name="Odile Vasseur-Thiry",
        function="vice-présidente, jeunesse et mobilités",
        person=elected.person,
        clock=start,
    )
    mandate = publish_mandate(
        mandate=draft_mandate(
            authority=authority,
            words=Words(title="Améliorer la mobilité des 15-25 ans", text="L’assemblée demande un plan."),
            order=Order(
                ordered_by="L’assemblée départementale",
                ordered_on=FIRST_DAY,
                decidable="Les lignes, les horaires, les tarifs.",
                not_decidable="Le budget voté et les trains.",
                level=Level.INVOLVE,
                aimed_at="Les 15-25 ans des quatre cantons",
                answer_due_on=date(2026, 6, 12),
                answerer=official,
                service=service,
                budget_cents=84_000_000,
            ),
            author=agent.person,
            clock=start,
        ),
        clock=start,
    )
    process = open_process(
        mandate=mandate,
        words=Words(title="Bouger à 15-25 ans", text="Comment rentrer le soir sans voiture ?"),
        promise=Promise(
            asks="Ce qui vous empêche de bouger.",
            use_of_input="Chaque parole est rattachée à un sujet, chaque sujet reçoit une réponse.",
            not_negotiable="Le budget voté.",
        ),
        first_day=FIRST_DAY,
        slug="bouger",
        clock=start,
        author=agent.person,
    )
    return Territory(authority, service, official, agent, elected, citizen, mandate, process, clock)


ALL_ORIGINS = tuple(Origin)
# In the analysis of the territory's process: themes are opened from its first day.
GROUPING = clock_at(date(2026, 4, 3))
LATER = timedelta(days=1)
