"""What an elected person promised in the street: hers to accept or to refuse before anything is published of it.

She is asked as about any draft (``approvals``): a link in her mail, a line on her own first page, and by delegation when
another than she answers.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.participation.approvals.actions import answer_request, publish_word_as_approved
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.street.becoming import heard
from democratic.participation.street.models import StreetCapture
from democratic.participation.street.planning import lock_session
from democratic.participation.street.telling import tell_when_all_is_read
from democratic.participation.street.validating import close, put_by, waiting
from democratic.people.models import Person
from democratic.thread.actions import bump_pages_of


@transaction.atomic
def answer_for_word(
    *,
    request: ApprovalRequest,
    is_approved: bool,
    reason: str = "",
    is_by_delegation: bool = False,
    signed_in: Person | None = None,
    clock: Clock,
) -> None:
    """Accepted, it is public at once; refused, it is set aside with her reason. As ``answer_request`` otherwise."""
    capture = StreetCapture.objects.filter(record=request.record_id).first()
    if capture is None:
        raise Conflict(_("Une réponse est déjà notée. Pour en changer, voyez avec le service."))
    session = lock_session(capture.session_id)  # first, as who validates does
    locked = waiting(capture, StreetCapture.State.ASKED)
    answered = answer_request(
        request=request,
        is_approved=is_approved,
        reason=reason,
        is_by_delegation=is_by_delegation,
        signed_in=signed_in,
        clock=clock,
    )
    if not is_approved:
        put_by(session, locked, answered.reason, clock)
        return
    commitment = publish_word_as_approved(record=answered.record, clock=clock)
    heard(session, commitment.decision.record, clock)
    locked.record = commitment.record
    close([locked], clock)
    tell_when_all_is_read(session=session, clock=clock)
    bump_pages_of(session.record)
