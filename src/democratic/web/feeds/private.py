"""The feeds of one's own follows: whoever holds the address reads them, so it is worth a password."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from democratic.kernel.limits import Limit, spend
from democratic.thread.queries.follows_address import follows_address_by
from democratic.web.feed_links import Form
from democratic.web.feeds import followed
from democratic.web.feeds.atom import write_atom
from democratic.web.feeds.calendar import write_calendar
from democratic.web.feeds.items import first_moment
from democratic.web.feeds.json_feed import write_json
from democratic.web.feeds.kept import give
from democratic.web.guests import network_of
from democratic.web.processes.days import today_of
from democratic.web.requests import Request

WRONG = Limit("wrong-follows-addresses", 100, 600)
READS = Limit("reads-of-follows-address", 60, 600)


@require_safe
def my_follows(request: Request, secret: str, form: str = Form.ICAL) -> HttpResponse:
    """Never stored: what it tells is made again each time, of what everyone may see now."""
    address = follows_address_by(secret)
    if address is None:
        spend(WRONG, network_of(request))
        raise Http404
    spend(READS, str(address.pk))
    authority, today = request.authority, today_of(request)
    if form == Form.ICAL:
        body = write_calendar(authority, followed.dates(address, today))
    elif form == Form.JSON:
        body = write_json(authority, followed.news(address, today))
    else:
        body = write_atom(authority, followed.news(address, today), first_moment(authority, today))
    response = give(request, Form(form), body)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
