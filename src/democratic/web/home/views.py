from django.http import HttpResponse
from django.views.decorators.http import require_safe

from democratic.kernel.clock import local_day
from democratic.web.home.page import build_home
from democratic.web.pages import Main, show_stored
from democratic.web.processes.days import anyone
from democratic.web.requests import Request


@require_safe
def home(request: Request) -> HttpResponse:
    authority = request.authority

    def build() -> Main:
        now = request.clock.now()
        return build_home(anyone(request), local_day(now, authority.time_zone), now)

    return show_stored(request, authority.pk, build)
