"""Which reserve runs on a day, by the calendar alone, and what it takes off."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from democratic.communities.reserve.models import ElectionReserve, Kept, ReserveException
from democratic.thread.models import Authority


@dataclass(frozen=True, slots=True)
class Running:
    """A reserve that runs, and what an exception keeps in spite of it."""

    reserve: ElectionReserve
    keeps: frozenset[str] = frozenset()

    def takes_off(self, what: Kept) -> bool:
        return what not in self.keeps


def reserve_on(authority: Authority, day: date) -> Running | None:
    """None on most days: one query, then one more while a reserve runs."""
    found = ElectionReserve.objects.filter(authority=authority, opens_on__lte=day, closes_on__gte=day)
    reserve = found.order_by("closes_on").last()
    return Running(reserve, kept_in(reserve, day)) if reserve else None


def kept_in(reserve: ElectionReserve, day: date) -> frozenset[str]:
    running = ReserveException.objects.filter(reserve=reserve, since__lte=day)
    return frozenset(running.filter(Q(until=None) | Q(until__gt=day)).values_list("keeps", flat=True))


def names_leave(authority: Authority, day: date) -> bool:
    """Whether mails, posters and the home page tell the function of officials, and not their names or photos."""
    running = reserve_on(authority, day)
    return running is not None and running.takes_off(Kept.NAMES)


def reserves_of(authority: Authority) -> list[ElectionReserve]:
    """The latest first, each with its exceptions in the order in which they were made."""
    held = ElectionReserve.objects.filter(authority=authority).order_by("-opens_on", "-pk")
    found = list(held)
    made = ReserveException.objects.filter(reserve__in=found).order_by("since", "pk")
    by_reserve: dict[object, list[ReserveException]] = {each.pk: [] for each in found}
    for each in made:
        by_reserve[each.reserve_id].append(each)
    for reserve in found:
        reserve.made = by_reserve[reserve.pk]  # type: ignore[attr-defined]
    return found
