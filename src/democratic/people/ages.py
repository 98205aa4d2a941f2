"""What may be kept of whom, by age: one table, that every door reads. Pure: no clock, no database.

Fifteen is the age of « loi Informatique et Libertés », article 45: before it, a parent agrees with the child.
"""

from datetime import date
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from democratic.kernel.refusals import NotAllowed
from democratic.people.models import AgeBand


class Regime(StrEnum):
    """Who stands at a door. What was not said counts as under 15."""

    CHILD = "child"
    AGREED = "agreed"
    TEEN = "teen"
    ADULT = "adult"


class Door(StrEnum):
    """What a door would keep beside the words themselves; ``SAY`` and ``MARK`` keep no more than they must."""

    SAY = "say"
    MARK = "mark"
    BYLINE = "byline"
    PLACE = "place"
    PHOTO = "photo"
    ADDRESS = "address"
    FOLLOW = "follow"
    ACCOUNT = "account"
    CLAIM = "claim"
    ROLE = "role"
    JOIN = "join"
    SPEAK = "speak"
    JUDGE = "judge"


_ANONYMOUS = frozenset({Door.SAY, Door.MARK})
# What a parent and a child agree to together: that she is told. Nothing public, and no account yet.
_TOGETHER = _ANONYMOUS | {Door.ADDRESS, Door.FOLLOW}
_OPEN: dict[Regime, frozenset[Door]] = {
    Regime.CHILD: _ANONYMOUS,
    Regime.AGREED: _TOGETHER,
    Regime.TEEN: frozenset(Door),
    Regime.ADULT: frozenset(Door),
}
# Left empty until she fills them herself.
_PROPOSED: dict[Regime, frozenset[Door]] = {
    **dict.fromkeys(Regime, frozenset()),
    Regime.ADULT: frozenset({Door.BYLINE}),
}
NO_ADDRESS = _("Avant 15 ans, nous ne gardons pas d’adresse. Le code suffit pour suivre.")
_WHY: dict[Door, Promise] = {
    Door.ADDRESS: NO_ADDRESS,
    Door.FOLLOW: NO_ADDRESS,
    Door.ACCOUNT: _("Avant 15 ans, on n’ouvre pas de compte. Le code suffit."),
    Door.CLAIM: _("Avant 15 ans, vos paroles ne sont reliées à aucun compte."),
    Door.ROLE: _("Avant 15 ans, on ne tient pas de rôle ici."),
    Door.JOIN: _("Avant 15 ans, nous ne gardons pas la liste de vos organisations."),
    Door.JUDGE: _("Avant 15 ans, aucun nom n’est publié : on ne siège pas dans un observatoire."),
    Door.SPEAK: _("Avant 15 ans, aucun nom n’est publié : on ne parle pas pour une organisation."),
}
_WORDS_ALONE = _("Avant 15 ans, ou sans réponse, vos mots seuls sont gardés.")

GROWN = frozenset({AgeBand.YOUNG, AgeBand.ADULT, AgeBand.SENIOR})


def regime_of(*bands: str, says_15: bool = False, is_agreed: bool = False) -> Regime:
    """From all that she said of her age, here and before: the youngest answer wins.

    ``says_15``: she ticked « J’ai 15 ans ou plus », or opened an account, which demands it.
    """
    if AgeBand.UNDER_15 in bands:
        return Regime.AGREED if is_agreed else Regime.CHILD
    if AgeBand.TEENS in bands:
        return Regime.TEEN
    if says_15 or GROWN.intersection(bands):
        return Regime.ADULT
    return Regime.AGREED if is_agreed else Regime.CHILD


def band_on(band: str, turns_15_on: date | None, today: date) -> str:
    """A child is 15 from the first second of that day, where she agreed."""
    is_15 = turns_15_on is not None and today >= turns_15_on
    return AgeBand.TEENS if band == AgeBand.UNDER_15 and is_15 else band


def may(door: Door, regime: Regime) -> bool:
    return door in _OPEN[regime]


def is_proposed(door: Door, regime: Regime) -> bool:
    """Whether a form fills this in beforehand. Never for a minor: she may give her name, nobody gives it for her."""
    return door in _PROPOSED[regime]


def why_not(door: Door) -> Promise:
    return _WHY.get(door, _WORDS_ALONE)


def refuse_unless(door: Door, regime: Regime, *, field: str | None = None) -> None:
    if not may(door, regime):
        raise NotAllowed(why_not(door), field=field)
