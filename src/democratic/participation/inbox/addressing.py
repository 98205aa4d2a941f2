"""The address to which an answer is answered: it names its conversation, and nobody makes one up.

``boite+K7P4RM.3f2a…@example.fr``: the code, and a keyed print of it (RFC 5233 calls it a detail).
"""

import hmac
import re

from django.conf import settings

from democratic.kernel.ids import read_code
from democratic.kernel.limits import keyed_hash
from democratic.participation.inbox.models import Conversation

_SIGNS = 16  # 64 bits: a guess a second would take longer than the conversation is kept
_DETAIL = re.compile(rf"\+([0-9a-z]{{6}})\.([0-9a-f]{{{_SIGNS}}})@", re.IGNORECASE)


def reply_address(conversation: Conversation) -> str:
    """Empty where the operator receives no mail: the answer then tells the page alone."""
    if not settings.INBOX_ADDRESS:
        return ""
    local, _, domain = settings.INBOX_ADDRESS.partition("@")
    signs = conversation.code.replace("-", "").lower()
    return f"{local}+{signs}.{_print(conversation.code)}@{domain}"


def code_in(addresses: str) -> str | None:
    """The code of the conversation that one of these addresses names, where its print is ours."""
    for signs, given in _DETAIL.findall(addresses):
        code = read_code(signs)
        if code and hmac.compare_digest(_print(code), given.lower()):
            return code
    return None


def _print(code: str) -> str:
    return keyed_hash("inbox", code)[:_SIGNS]
