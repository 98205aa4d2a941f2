"""Writing to someone first: her next word opens the flow that she was invited to."""

from collections.abc import Iterable

from democratic.messaging.models import Correspondent
from democratic.participation.conversations.models import FlowCode, FlowInvitation


def invite_to(code: FlowCode, correspondents: Iterable[Correspondent], *, why: str) -> None:
    """The last invitation holds; in one statement."""
    rows = [FlowInvitation(correspondent=each, code=code, why=why) for each in correspondents]
    FlowInvitation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["correspondent"],
        update_fields=["code", "why", "is_open"],
        batch_size=1000,
    )


def code_invited_to(her: Correspondent) -> str:
    """Empty when she was not, or has answered since."""
    invited = FlowInvitation.objects.select_related("code").filter(correspondent=her, is_open=True).first()
    return invited.code.code if invited else ""


def note_answered(her: Correspondent) -> None:
    FlowInvitation.objects.filter(correspondent=her, is_open=True).update(is_open=False)
