"""The one personal part of these pages: whether the reader follows this Record."""

from uuid import UUID

from django.template.loader import render_to_string

from democratic.people.queries import person_and_claimed
from democratic.thread.queries.mine import is_followed
from democratic.web.places import at
from democratic.web.requests import Request

PART = "web/suites/parts/follow.html"


def follow_context(code: str, back: str) -> dict[str, str]:
    """``back``: where the reader is sent after she followed, or stopped."""
    return {"follow_url": at(f"/suivre/{code}"), "return_to": back}


def my_follow(request: Request, record_id: UUID, code: str, back: str) -> dict[str, str]:
    if request.person is None:
        return {}
    mine = is_followed(record_id, person_and_claimed(request.person))
    given = {**follow_context(code, back), "is_followed": mine}
    return {"follow": render_to_string(PART, given)}
