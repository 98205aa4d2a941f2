"""Contesting a decision, for six months, and the answer of another person."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock, local_day
from democratic.kernel.ids import read_claim_secret
from democratic.kernel.limits import keyed_hash
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_text
from democratic.people.models import Person
from democratic.people.queries import person_and_claimed
from democratic.stewardship.moderation.actions.noticing import LONGEST_EXPLANATION, PURPOSE
from democratic.stewardship.moderation.actions.ruling import Finding, hide, lock_subject, open_ruling
from democratic.stewardship.moderation.actions.showing import show_again
from democratic.stewardship.moderation.models import Appeal, Notice, Ruling
from democratic.stewardship.moderation.rules import refuse_interested, refuse_unlawful, who_wrote
from democratic.stewardship.moderation.states import AppealState, Outcome, Side
from democratic.thread.models import ClaimSecret, Record, Visibility

Standing = tuple[Side, Person | None]


def standing_of(ruling: Ruling, person: Person | None, secret: str = "") -> Standing | None:
    """On which side someone may contest: known by her account or cookie, or by the key she was given.

    The key of a contribution is not spent: it still opens what it opened.
    """
    ids = person_and_claimed(person) if person else []
    wrote = who_wrote(ruling.subject)
    if wrote & set(ids):
        return Side.AUTHOR, ruling.subject.author or person
    told = Notice.objects.filter(ruling=ruling).select_related("notifier")
    if mine := told.filter(notifier__in=ids).first():
        return Side.NOTIFIER, mine.notifier
    if not secret:
        return None
    typed = read_claim_secret(secret)
    claims = ClaimSecret.objects.filter(record=ruling.subject_id, secret_hash=keyed_hash("claim", typed))
    if claims.exists():
        return Side.AUTHOR, ruling.subject.author
    if theirs := told.filter(secret_hash=keyed_hash(PURPOSE, typed)).first():
        return Side.NOTIFIER, theirs.notifier
    return None


def losing_side(ruling: Ruling) -> Side:
    """Who has something to contest: a word that is not shown is its author's, one that stays is the notifier's."""
    return Side.NOTIFIER if ruling.outcome == Outcome.KEPT else Side.AUTHOR


@transaction.atomic
def appeal(*, ruling: Ruling, standing: Standing | None, text: str, clock: Clock) -> Appeal:
    """Free, without a reason to be admitted; private until it is answered."""
    locked = _locked(ruling)
    if standing is None:
        raise NotAllowed(
            _("Cette clé n’est ni celle de la parole, ni celle d’un signalement sur elle."), field="secret"
        )
    side, person = standing
    if side != losing_side(locked):
        raise NotAllowed(_("Cette décision vous a donné raison : vous n’avez rien à contester."))
    _refuse_unless_open(locked, clock)
    why = clean_text(text)
    if not why:
        raise Refusal(_("Dites ce que vous contestez : une phrase suffit."), field="text")
    if len(why) > LONGEST_EXPLANATION:
        raise Refusal(
            _("Ce texte a %(n)d signes ; il en faut 2 000 au plus.") % {"n": len(why)}, field="text"
        )
    if Appeal.objects.filter(ruling=locked, side=side, person=person).exists():
        raise Conflict(_("Votre recours est déjà reçu : une autre personne l’examine."))
    return Appeal.objects.create(ruling=locked, side=side, person=person, text=why, received_at=clock.now())


def _refuse_unless_open(ruling: Ruling, clock: Clock) -> None:
    if ruling.second_to_id is not None or Ruling.objects.filter(second_to=ruling).exists():
        raise Conflict(_("Un recours a déjà été examiné : cette décision est définitive ici."))
    today = local_day(clock.now(), ruling.record.authority.time_zone)
    if ruling.appeal_until is None or today > ruling.appeal_until:
        raise Conflict(_("Le délai de six mois est passé."))
    if ruling.subject.visibility == Visibility.WITHDRAWN:
        raise Conflict(
            _("La personne qui avait écrit cette parole l’a retirée : il n’y a plus rien à juger.")
        )


def _locked(ruling: Ruling) -> Ruling:
    found = Ruling.objects.select_for_update(of=("self",)).select_related(
        "record__authority", "subject__author", "ruled_by"
    )
    return found.get(pk=ruling.pk)


@transaction.atomic
def answer_appeal(*, ruling: Ruling, finding: Finding, ruled_by: Person, clock: Clock) -> Ruling:
    """Confirm the first decision, or take the other one: by another person, to all who contested it, in public."""
    said = finding.cleaned()
    subject: Record = lock_subject(ruling.subject)
    first = _locked(ruling)
    ids = person_and_claimed(ruled_by)
    if first.ruled_by_id in ids:
        raise NotAllowed(_("Vous avez pris la première décision : une autre personne examine le recours."))
    refuse_interested(subject, ids)
    appeals = Appeal.objects.filter(ruling=first, state=AppealState.OPEN)
    if Ruling.objects.filter(second_to=first).exists() or not appeals.exists():
        raise Conflict(_("Ce recours a déjà reçu sa réponse : quelqu’un a décidé avant vous."))
    if appeals.filter(person__in=ids).exists():
        raise NotAllowed(_("C’est votre recours : une autre personne doit l’examiner."))
    second = open_ruling(
        subject, said, ruled_by, clock, was_flagged=first.was_flagged_automatically, second_to=first
    )
    is_same = said.outcome == first.outcome
    if said.outcome != Outcome.KEPT and not is_same:
        refuse_unlawful(subject, said.rule, said.ground)
    appeals.update(state=AppealState.UPHELD if is_same else AppealState.OVERTURNED)
    if not is_same:
        _apply(subject, said.outcome, clock)
    return second


def _apply(subject: Record, outcome: Outcome, clock: Clock) -> None:
    if outcome == Outcome.KEPT and subject.visibility == Visibility.HIDDEN:
        show_again(subject, clock)
    elif outcome != Outcome.KEPT and subject.visibility == Visibility.PUBLIC:
        hide(subject, clock)
    else:
        raise Conflict(_("Cette parole a changé entre-temps : rechargez la page avant de décider."))
