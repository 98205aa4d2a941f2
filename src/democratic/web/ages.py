"""Who stands at a door of these pages, for the table of ``people.ages``."""

from democratic.communities.agreements.queries import age_now
from democratic.people.ages import Regime, regime_of
from democratic.people.models import AgeBand, Person
from democratic.web.requests import Request


def regime_for(request: Request, band: str = AgeBand.UNSAID, *, says_15: bool = False) -> Regime:
    """With what she says on this form; who has an account said that she is 15, unless her parents agreed."""
    person: Person | None = request.person
    known, is_agreed = age_now(person, request.clock.now()) if person else ("", False)
    says_15 = says_15 or request.viewer.is_signed_in
    return regime_of(band, known, says_15=says_15, is_agreed=is_agreed)
