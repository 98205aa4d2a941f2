"""During an election reserve, a mail tells the function of who signed, and not her name."""

from datetime import date

import pytest

from courses import answered, grouped, said
from democratic.communities.reserve.actions import Dates, make_exception, schedule_reserve
from democratic.communities.reserve.models import Kept
from democratic.messaging.models import OutgoingMessage
from democratic.notices.actions import confirm_address
from democratic.notices.effects import NOTICES
from democratic.people.actions import leave_address
from democratic.thread.journal.projections import ensure_cursors
from democratic.thread.journal.running import drain
from factories import clock_at

VOTE = date(2026, 9, 13)  # its reserve opens on the first of March; answers are signed in June


@pytest.mark.parametrize(
    ("has_reserve", "is_excepted", "named"), [(False, False, True), (True, False, False), (True, True, True)]
)
def test_a_signed_answer_is_told_under_a_function_alone(territory, has_reserve, is_excepted, named):
    ensure_cursors([NOTICES])
    idea = said(territory, 1)[0]
    kept = leave_address(
        person=idea.author, email="lina@example.org", purpose="notices", wording="…", language="fr",
        clock=territory.clock,
    )  # fmt: skip
    confirm_address(address=kept, clock=territory.clock)
    if has_reserve:
        reserve = schedule_reserve(
            authority=territory.authority, election="municipales", dates=Dates(VOTE), clock=territory.clock
        )
    if is_excepted:
        make_exception(
            reserve=reserve, keeps=Kept.NAMES, reason="Avis légal.", function="x", clock=territory.clock
        )
    answered(territory, grouped(territory, [idea]).record)
    drain(clock=clock_at(date(2026, 6, 13)))
    body = OutgoingMessage.objects.get(purpose="answer").body
    assert ("Odile Vasseur-Thiry" in body, "vice-présidente, jeunesse et mobilités" in body) == (named, True)
