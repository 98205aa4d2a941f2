"""Asking an elected person whether she agrees, and what she says: bound to the very text that she read."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.messaging.actions import APPROVAL_ASKED, Notice, queue_messages
from democratic.participation.approvals.events import APPROVAL_GIVEN
from democratic.participation.approvals.links import LIFE, url_of
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.approvals.queries import Standing, approval_of
from democratic.participation.approvals.reading import Draft, draft_of
from democratic.participation.approvals.texts import asking_text
from democratic.participation.mandates.actions import publish_mandate
from democratic.participation.mandates.models import Mandate
from democratic.people.actions import address_of_work
from democratic.thread.actions import append_entry
from democratic.thread.models import Record, Visibility


@transaction.atomic
def ask_approval(*, record: Record, clock: Clock) -> ApprovalRequest:
    """One mail, with a link for seven days. Asked again, the link before opens nothing more."""
    locked, draft = _lock_draft(record)
    account = getattr(draft.official.person, "account", None)
    if draft.official.until is not None or account is None or not account.is_active:
        raise Refusal(_("Cette personne n’a pas de compte ici : son accord ne peut pas lui être demandé."))
    address = address_of_work(account=account)
    if address.stopped_at is not None:
        raise Refusal(_("Cette personne ne reçoit plus de messages : elle trouve ce texte à son bureau."))
    now = clock.now()
    ApprovalRequest.objects.filter(record=locked, answered_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    request = ApprovalRequest.objects.create(record=locked, official=draft.official, asked_at=now)
    text = asking_text(draft, url_of(request, locked.authority, address.language), address.language)
    notice = Notice(locked.authority, address, APPROVAL_ASKED, text.subject, text.body, about=request.pk)
    queue_messages([notice])
    return request


def _lock_draft(record: Record) -> tuple[Record, Draft]:
    found = Record.objects.select_for_update(of=("self",)).select_related("authority", "wording")
    locked = found.get(pk=record.pk)
    draft = draft_of(locked) if locked.visibility == Visibility.DRAFT else None
    if draft is None:
        raise Conflict(_("Ce texte est déjà publié, ou ne demande l’accord de personne."))
    return locked, draft


@transaction.atomic
def answer_request(
    *,
    request: ApprovalRequest,
    is_approved: bool,
    text_print: str,
    reason: str = "",
    is_by_delegation: bool = False,
    clock: Clock,
) -> ApprovalRequest:
    """Agree, or not and why. ``text_print``: of the text that the page showed; Conflict when it is another now."""
    _record, draft = _lock_draft(request.record)
    asked = ApprovalRequest.objects.select_for_update().get(pk=request.pk)
    now = clock.now()
    if asked.answered_at is not None:
        raise Conflict(_("Une réponse est déjà notée. Pour en changer, voyez avec le service."))
    if (
        asked.withdrawn_at is not None
        or now >= asked.asked_at + LIFE
        or asked.official_id != draft.official.pk
    ):
        raise Conflict(_("Ce lien n’est plus valable : votre accord vous sera demandé à nouveau."))
    if text_print != draft.text_print:
        raise Conflict(_("Le texte a changé depuis que vous l’avez ouvert. Relisez-le : le voici."))
    why = clean_text(reason)
    if not is_approved and not why:
        raise Refusal(_("Dites ce qui ne va pas : le service corrigera."), field="reason")
    asked.answered_at, asked.is_approved, asked.text_print = now, is_approved, draft.text_print
    asked.is_by_delegation, asked.reason = is_by_delegation, "" if is_approved else why
    asked.save(update_fields=["answered_at", "is_approved", "text_print", "is_by_delegation", "reason"])
    return asked


@transaction.atomic
def publish_as_approved(*, mandate: Mandate, clock: Clock) -> Mandate:
    """Publish an order. Approved as it stands, its page says by whom; refused as it stands, it is not published."""
    found = Record.objects.select_for_update(of=("self",)).select_related("authority", "wording")
    record = found.get(pk=mandate.record_id)
    draft = draft_of(record)
    if record.visibility != Visibility.DRAFT or draft is None:
        return mandate
    held = approval_of(record, draft, clock.now())
    if held.standing == Standing.REFUSED:
        raise Conflict(
            _("Cette commande n’a pas reçu l’accord demandé : corrigez-la, ou demandez-le à nouveau.")
        )
    published = publish_mandate(mandate=mandate, clock=clock)
    if held.standing == Standing.APPROVED and held.request is not None and held.request.answered_at:
        day = local_day(held.request.answered_at, record.authority.time_zone)
        append_entry(
            APPROVAL_GIVEN,
            record=published.record,
            now=clock.now(),
            data={"approved_on": day.isoformat(), "by_delegation": held.request.is_by_delegation},
            words={"name": draft.official.name, "function": draft.official.function},
            is_institutional=True,
        )
    return published
