from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from democratic.participation.processes.models import Process


def said_at(process: Process, day: date) -> datetime:
    """Paper tells a day and no hour: noon, where the authority is."""
    return datetime.combine(day, time(12), tzinfo=ZoneInfo(process.authority.time_zone))
