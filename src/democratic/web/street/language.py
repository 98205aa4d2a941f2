"""In which language the app is answered: its addresses have none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import override

from democratic.web.requests import Request

View = Callable[..., HttpResponse]


def in_the_language_of_the_app(view: View) -> View:
    """The app says which it speaks: its two pages share these addresses, and what a phone keeps."""

    @wraps(view)
    def said(request: Request, **named: Any) -> HttpResponse:
        asked = request.headers.get("Accept-Language", "").partition(",")[0].partition("-")[0].strip().lower()
        with override(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return view(request, **named)

    return said
