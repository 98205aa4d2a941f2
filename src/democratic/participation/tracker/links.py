"""The signed link of a request: thirty days, one holder, the lines of one service. Its mail is its only copy."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db.models import F, Q, QuerySet

from democratic.communities.models import Service
from democratic.participation.tracker.models import UpdateLink
from democratic.people.models import Person
from democratic.thread.addresses import public_url
from democratic.thread.models import Authority, Grant, Role

LIFE = timedelta(days=30)
_SALT = "democratic.update"


def url_of(link: UpdateLink, authority: Authority, language: str) -> str:
    token = signing.dumps(str(link.pk), salt=_SALT)
    return public_url(authority, f"/point-d-etape/{token}", language)


def link_at(authority: Authority, token: str, now: datetime) -> UpdateLink | None:
    """None for one that never was, is too old, was put out, or whose holder holds the service no more."""
    try:
        pk = UUID(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError):
        return None
    return open_links(authority, now).filter(pk=pk).select_related("request__service__authority").first()


def open_links(authority: Authority, now: datetime) -> QuerySet[UpdateLink]:
    """Those that act today: their holder still holds the service, works here, and has an account that is open."""
    holds = Q(holder=F("request__service__titular")) | Q(holder=F("request__service__deputy"))
    return UpdateLink.objects.filter(
        holds,
        request__service__authority=authority,
        withdrawn_at=None,
        made_at__gt=now - LIFE,
        holder__account__is_active=True,
        holder__in=_at_work(authority),
    )


def holders_of(service: Service) -> list[tuple[Person, bool]]:
    """Who is there to read a mail about it, and whether as deputy: the titular first."""
    able = _at_work(service.authority).filter(account__is_active=True).select_related("account")
    there = {person.pk: person for person in able.filter(pk__in=[service.titular_id, service.deputy_id])}
    places = ((service.titular_id, False), (service.deputy_id, True))
    return [(there[pk], is_deputy) for pk, is_deputy in places if pk is not None and pk in there]


def _at_work(authority: Authority) -> QuerySet[Person]:
    running = Grant.objects.filter(
        authority=authority, process=None, until=None, role__in=(Role.AGENT, Role.ADMINISTRATOR)
    )
    return Person.objects.filter(pk__in=running.values("person"))
