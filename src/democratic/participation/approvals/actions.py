"""Asking an elected person whether she agrees, and what she says: bound to the very text that she read."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.queries import refuse_unless_in_office
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.messaging.actions import APPROVAL_ASKED, Notice, queue_messages
from democratic.participation.approvals.checking import what_stands_in_the_way
from democratic.participation.approvals.events import APPROVAL_GIVEN
from democratic.participation.approvals.links import is_reachable, url_of, why_over
from democratic.participation.approvals.models import ApprovalRequest
from democratic.participation.approvals.queries import Approval, Standing, approval_of
from democratic.participation.approvals.reading import Draft, draft_of
from democratic.participation.approvals.texts import asking_text
from democratic.participation.commitments.actions import publish_given_word
from democratic.participation.commitments.models import Commitment, GivenWord
from democratic.participation.mandates.actions import publish_mandate
from democratic.participation.mandates.models import Mandate
from democratic.participation.processes.actions import NotReady, publish_when_ready
from democratic.participation.processes.actions.drafting import lock_draft
from democratic.participation.processes.models import Process
from democratic.people.actions import address_of_work
from democratic.people.models import Person
from democratic.thread.actions import append_entry
from democratic.thread.models import Kind, Record, Visibility


@transaction.atomic
def ask_approval(*, record: Record, clock: Clock) -> ApprovalRequest:
    """One mail, with a link for seven days. While she may still answer about this text, asking again sends nothing."""
    locked, draft = _lock_draft(record)
    now = clock.now()
    held = approval_of(locked, draft, now)
    if held.standing == Standing.WAITING and held.request is not None:
        return held.request
    account = getattr(draft.official.person, "account", None)
    if account is None or not is_reachable(draft.official):
        raise Refusal(_("Cette personne n’a pas de compte ici : son accord ne peut pas lui être demandé."))
    address = address_of_work(account=account)
    # A word given in the street waits on her own first page too; any other draft is for the service to show her.
    is_written_to = address.stopped_at is None
    if not is_written_to and locked.kind != Kind.DECISION:
        raise Refusal(_("Cette personne ne reçoit plus de messages : elle trouve ce texte à son bureau."))
    _close_open_ones(locked, clock)
    request = ApprovalRequest.objects.create(
        record=locked, official=draft.official, text_print=draft.text_print, asked_at=now
    )
    if not is_written_to:
        return request
    url = url_of(request, locked.authority, address.language)
    text = asking_text(draft, url, address.language, partial(what_stands_in_the_way, locked, now))
    purpose = f"{APPROVAL_ASKED}:{request.pk.hex}"
    queue_messages([Notice(locked.authority, address, purpose, text.subject, text.body)])
    return request


@transaction.atomic
def take_back_request(*, record: Record, clock: Clock) -> None:
    """The link that was sent opens nothing more. What she has answered stays answered."""
    locked, _draft = _lock_draft(record)
    _close_open_ones(locked, clock)


def _close_open_ones(record: Record, clock: Clock) -> None:
    still_open = ApprovalRequest.objects.filter(record=record, answered_at=None, withdrawn_at=None)
    still_open.update(withdrawn_at=clock.now())


def _lock_draft(record: Record) -> tuple[Record, Draft]:
    locked = _locked(record)
    draft = draft_of(locked) if locked.visibility == Visibility.DRAFT else None
    if draft is None:
        raise Conflict(_("Ce texte est déjà publié, ou ne demande l’accord de personne."))
    return locked, draft


def _locked(record: Record) -> Record:
    found = Record.objects.select_for_update(of=("self",)).select_related("authority", "wording")
    return found.get(pk=record.pk)


@transaction.atomic
def answer_request(
    *,
    request: ApprovalRequest,
    is_approved: bool,
    reason: str = "",
    is_by_delegation: bool = False,
    signed_in: Person | None = None,
    clock: Clock,
) -> ApprovalRequest:
    """Agree, or ask for a change and say which. Once: Conflict when it is answered, or when its link is over.

    ``signed_in``: who is signed in where the link was opened; another than she answers by delegation, ticked or not.
    """
    locked, draft = _lock_draft(request.record)
    related = ("official__person__account", "record")
    asked = (
        ApprovalRequest.objects.select_for_update(of=("self",)).select_related(*related).get(pk=request.pk)
    )
    refuse_unless_in_office(asked.official)
    if asked.answered_at is not None:
        raise Conflict(_("Une réponse est déjà notée. Pour en changer, voyez avec le service."))
    asked.record = locked
    now = clock.now()
    if why_over(asked, draft, now) is not None:
        raise Conflict(_("Ce lien n’est plus valable : votre accord vous sera demandé à nouveau."))
    why = "" if is_approved else clean_text(reason)
    if not is_approved and not why:
        raise Refusal(_("Dites ce qui est à changer : le service corrigera."), field="reason")
    is_someone_else = signed_in is not None and signed_in.pk != asked.official.person_id
    asked.answered_at, asked.is_approved, asked.reason = now, is_approved, why
    asked.is_by_delegation = is_by_delegation or is_someone_else
    asked.save(update_fields=["answered_at", "is_approved", "reason", "is_by_delegation"])
    return asked


@transaction.atomic
def publish_as_approved(*, mandate: Mandate, clock: Clock) -> Mandate:
    """Publish an order. Approved as it stands, its history says by whom; while she is asked, or refused, it waits."""
    record = _locked(mandate.record)
    draft = draft_of(record)
    if record.visibility != Visibility.DRAFT or draft is None:
        return mandate
    held = approval_of(record, draft, clock.now())
    if held.standing == Standing.REFUSED:
        raise Conflict(
            _("Un changement est demandé sur cette commande : elle ne se publie pas telle quelle.")
        )
    if held.standing == Standing.WAITING:
        raise Conflict(_("Son accord est demandé : attendez sa réponse, ou reprenez la demande."))
    published = publish_mandate(mandate=mandate, clock=clock)
    _tell(published.record, draft, held, clock)
    return published


@transaction.atomic
def publish_process_as_approved(*, process: Process, clock: Clock) -> Process:
    """The same for a process, whose pre-flight must pass too. NotReady: nothing was published."""
    locked = lock_draft(process.pk)
    draft = draft_of(locked.record)
    if draft is None:
        raise NotReady(_("Cette concertation n’est pas prête."))
    held = approval_of(locked.record, draft, clock.now())
    if held.standing == Standing.REFUSED:
        raise NotReady(
            _("Un changement est demandé sur cette concertation : elle ne se publie pas telle quelle.")
        )
    if held.standing == Standing.WAITING:
        raise NotReady(_("Son accord est demandé : attendez sa réponse, ou reprenez la demande."))
    published = publish_when_ready(process=locked, clock=clock)
    _tell(published.record, draft, held, clock)
    return published


@transaction.atomic
def publish_word_as_approved(*, record: Record, clock: Clock) -> Commitment:
    """What she promised face to face, once she has accepted it; its history says so. Conflict: she has not."""
    locked, draft = _lock_draft(record)
    held = approval_of(locked, draft, clock.now())
    if held.standing != Standing.APPROVED:
        raise Conflict(_("Cet engagement attend l’accord de la personne élue : rien n’en est publié avant."))
    word = GivenWord.objects.select_related("official", "process__record", "process__mandate__service")
    commitment = publish_given_word(word=word.get(pk=locked.pk), clock=clock)
    _tell(commitment.decision.record, draft, held, clock)
    return commitment


def _tell(record: Record, draft: Draft, held: Approval, clock: Clock) -> None:
    if held.standing != Standing.APPROVED or held.request is None or held.request.answered_at is None:
        return
    day = local_day(held.request.answered_at, record.authority.time_zone)
    append_entry(
        APPROVAL_GIVEN,
        record=record,
        now=clock.now(),
        data={"approved_on": day.isoformat(), "by_delegation": held.request.is_by_delegation},
        words={"name": draft.official.name, "function": draft.official.function},
        is_institutional=True,
    )
