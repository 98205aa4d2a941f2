from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, QuerySet, Subquery
from django.db.models.functions import Coalesce

from democratic.communities.invitations.states import is_waiting
from democratic.communities.models import Controller, Invitation, Logo, Official, Service
from democratic.communities.settling.facts import Facts, MailFacts
from democratic.communities.settling.states import Judged, judge
from democratic.communities.steps import MailTrial, SetAside
from democratic.thread.models import Authority, Kind, Outline, Place, Record, Visibility


def steps_of(authority: Authority, now: datetime) -> list[Judged]:
    """Where each step is, in four queries. As it stands now: what the request holds may be seconds old."""
    return judge(facts_of(authority, now))


def facts_of(authority: Authority, now: datetime) -> Facts:
    counted = _counts(authority, now)
    return Facts(
        controller=Controller.objects.filter(authority=authority).first(),
        has_colour=bool(counted["accent"] or counted["identity"]),
        has_logo=bool(counted["n_logos"]),
        has_outline=bool(counted["n_outlines"]),
        mail=mail_facts(authority),
        set_aside={
            each.step: each for each in SetAside.objects.filter(authority=authority).select_related("by")
        },
        **{name: counted[f"n_{name}"] for name in _COUNTED},
    )


_COUNTED = (
    "communes", "services", "without_titular", "without_deputy", "officials", "invited",
    "orders", "published_orders",
)  # fmt: skip


def _counts(authority: Authority, now: datetime) -> dict[str, Any]:
    """In one query."""
    services = Service.objects.all()
    orders = Record.objects.filter(kind=Kind.MANDATE)
    communes = Place.objects.filter(kind=Place.Kind.MUNICIPALITY, is_official=True)
    counts = {
        "logos": Logo.objects.all(),
        "outlines": Outline.objects.all(),
        "communes": communes,
        "services": services,
        "without_titular": services.filter(titular=None),
        "without_deputy": services.filter(deputy=None),
        "officials": Official.objects.filter(until=None),
        "invited": Invitation.objects.filter(is_waiting(now)),
        "orders": orders.filter(visibility__in=(Visibility.PUBLIC, Visibility.DRAFT)),
        "published_orders": orders.filter(visibility=Visibility.PUBLIC),
    }
    held = Authority.objects.filter(pk=authority.pk).annotate(
        **{f"n_{name}": _count(rows.filter(authority=authority)) for name, rows in counts.items()}
    )
    return held.values("accent", "identity", *(f"n_{name}" for name in counts)).get()


def _count(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("authority").annotate(n=Count("pk")).values("n")), 0)


def mail_server() -> str:
    """Where this installation's messages leave by; empty: they stay in the development mailbox."""
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}" if settings.EMAIL_URL else ""


def mail_facts(authority: Authority) -> MailFacts:
    """The newest trial; and whether one was confirmed through the server that is set now. One query."""
    server = mail_server()
    trials = MailTrial.objects.filter(authority=authority)
    confirmed = Exists(trials.filter(confirmed_at__isnull=False, server=server))
    last = trials.annotate(some_confirmed=confirmed).order_by("-asked_at", "-pk").first()
    return MailFacts(server, last, bool(last and last.some_confirmed))
