"""What is said once, on the next page: in a cookie that is signed, and as closed as the session's."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class FlashStorage(CookieStorage):
    cookie_name = f"{settings.OURS_ALONE}messages"
