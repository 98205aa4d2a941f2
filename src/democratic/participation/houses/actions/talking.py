"""What members say among themselves: to their own audience, under the name that they chose."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.houses.actions import hold
from democratic.communities.houses.models import House, HouseMember
from democratic.communities.houses.queries import members_at_home
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, NotAllowed, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.participation.houses.events import TOPIC_OPENED, WORD_SET_ASIDE
from democratic.participation.houses.models import HouseTopic
from democratic.thread.actions import NewRecord, Words, append_entry, open_record, post_comment
from democratic.thread.actions.records import bump_pages_of, set_shown
from democratic.thread.models import Comment, Kind, Record, Visibility


@transaction.atomic
def open_topic(*, house: House, words: Words, clock: Clock) -> HouseTopic:
    """A subject, nobody's in particular; the words said on it are each one's."""
    held = hold(house, clock)
    if not clean_line(words.title):
        raise Refusal(_("Il manque, en une ligne, de quoi on parle."), field="title")
    record = open_record(
        NewRecord(
            authority=held.record.authority,
            kind=Kind.DEBATE,
            words=words,
            event=TOPIC_OPENED,
            audience=held.house.organisation.audience,
        ),
        clock=clock,
    )
    return HouseTopic.objects.create(record=record, house=held.house)


@transaction.atomic
def say_in_topic(
    *, topic: HouseTopic, member: HouseMember, text: str, language: str, byline: str, clock: Clock
) -> Comment:
    held = hold(topic.house, clock)
    if not members_at_home(held.house).filter(pk=member.pk).exists():
        raise NotAllowed(_("Seuls les membres parlent ici."))
    return post_comment(
        subject=topic.record,
        author=member.membership.person,
        words=Words(text=text, language=language, byline=byline),
        clock=clock,
    )


@transaction.atomic
def set_word_aside(*, record: Record, house: House, reason: str, clock: Clock) -> None:
    """By who moderates the house: not shown any more, with a reason that all members read. Nothing is deleted."""
    why = clean_text(reason)
    if not why:
        raise Refusal(_("Il faut un motif : tous les membres le liront."), field="reason")
    held = hold(house, clock)
    locked = Record.objects.select_for_update(of=("self",)).select_related("authority").get(pk=record.pk)
    if locked.audience_id != held.house.organisation.audience_id or locked.visibility != Visibility.PUBLIC:
        raise Conflict(_("Cette parole n’est plus affichée ici."))
    set_shown(record=locked, visibility=Visibility.HIDDEN)
    append_entry(WORD_SET_ASIDE, record=locked, now=held.now, words={"reason": why})
    bump_pages_of(locked)
