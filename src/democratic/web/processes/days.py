from datetime import date

from democratic.kernel.clock import local_day
from democratic.thread.rules import Viewer
from democratic.web.requests import Request


def today_of(request: Request) -> date:
    """The day it is for this authority. Stored pages depend on it and on nothing finer."""
    return local_day(request.clock.now(), request.authority.time_zone)


def anyone(request: Request) -> Viewer:
    """Who a stored page is built for: nobody in particular."""
    return Viewer(request.authority)
