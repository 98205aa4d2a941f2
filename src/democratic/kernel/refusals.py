"""Refusals: what an action raises instead of writing. The message is for the person, in her language."""

from django.utils.functional import Promise


class Refusal(Exception):
    """An act that can't be done as asked. ``field`` names the input at fault, where there is one."""

    status = 400

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotAllowed(Refusal):
    status = 403


class Conflict(Refusal):
    """The act met another that had come first, or a state that no longer allows it."""

    status = 409


class TooMany(Refusal):
    status = 429
