"""Who enters the screens of the wall: see ``web.meetings.team``."""

from democratic.web.meetings.team import for_team, meeting_at

__all__ = ["for_team", "meeting_at"]
