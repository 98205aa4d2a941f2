from django.http import HttpResponse
from django.views.decorators.http import require_safe

from democratic.web.home.page import build_home
from democratic.web.pages import show_stored
from democratic.web.processes.days import anyone
from democratic.web.requests import Request


@require_safe
def home(request: Request) -> HttpResponse:
    return show_stored(
        request,
        request.authority.pk,
        lambda: build_home(anyone(request), request.clock.now()),
    )
