"""What was typed for each line, sent: one line refused never loses the others, one sent twice is told once."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from democratic.kernel.idempotency import once
from democratic.kernel.refusals import Refusal
from democratic.participation.obligations.models import Obligation
from democratic.participation.tracker.models import UpdateLink
from democratic.participation.tracker.telling import tell_news
from democratic.web.acts import refused_by, spend_a_write
from democratic.web.requests import Request
from democratic.web.tracker.forms import LineForm


@dataclass(slots=True)
class Sent:
    """``told``: codes of the lines that are published; ``refused``: their forms, by code, with what was typed."""

    told: list[str] = field(default_factory=list)
    refused: dict[str, LineForm] = field(default_factory=dict)


def send_lines(request: Request, link: UpdateLink, lines: list[Obligation], today: date) -> Sent:
    """The line whose button was pressed, or all of them. One left blank is sent only when it is late."""
    spend_a_write(request)
    only, sent = request.POST.get("only", ""), Sent()
    for owed in lines:
        form = LineForm(owed, request.POST)
        code = owed.record.code
        if only and code != only:
            if not form.is_untouched:
                sent.refused[code] = form  # kept as typed, and not sent
            continue
        if form.is_untouched and not only and today <= owed.first_due_on:
            continue
        if _send(request, link, code, form):
            sent.told.append(code)
        else:
            sent.refused[code] = form
    return sent


def _send(request: Request, link: UpdateLink, code: str, form: LineForm) -> bool:
    if not form.is_valid():
        return False

    def act() -> str:
        tell_news(link=link, code=code, news=form.news(), clock=request.clock)
        return code

    key = request.POST.get("key", "")
    try:
        once(
            sender="update",
            key=f"{key}:{code}" if key else "",
            fields=_fields(form, link),
            act=act,
        )
    except Refusal as refusal:
        refused_by(form, refusal)
        return False
    return True


def _fields(form: LineForm, link: UpdateLink) -> dict[str, Any]:
    typed = {name: form.data.get(form.add_prefix(name), "") for name in form.fields}
    return {**typed, "link": str(link.pk)}
