"""« Conversations »: a few questions by chat, text message, page or kiosk; a sentence is a contribution as anywhere else."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.tools import Phase, Tool, register
from democratic.participation.conversations.publication import (
    copy_what_was_written,
    parts_written,
    throw_away_what_was_written,
)
from democratic.participation.processes.tool import Act

CONVERSATIONS = register(
    Tool(
        key="conversations",
        name=_("Conversations"),
        phases=(Phase("listening", frozenset({Act.SUBMIT_IDEA, Act.ANSWER_POLL})),),
        pages="democratic.web.talks.urls",
        thrown_away=throw_away_what_was_written,
        copied=copy_what_was_written,
        written=parts_written,
    )
)
