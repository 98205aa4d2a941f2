from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_text
from democratic.people.models import Person
from democratic.thread.actions.records import NewRecord, Words, open_record
from democratic.thread.events import COMMENT_POSTED
from democratic.thread.models import Comment, Kind, Origin, Record, Visibility

DEEPEST = 20


@transaction.atomic
def post_comment(
    *,
    subject: Record,
    author: Person | None,
    words: Words,
    alignment: int = 0,
    parent: Comment | None = None,
    origin: Origin = Origin.WEB,
    happened_at: datetime | None = None,
    code: str = "",
    clock: Clock,
) -> Comment:
    """Comment a public Record. A reply belongs to the same subject as what it replies to.

    ``author`` is None for imports alone; ``happened_at`` is given with what was said elsewhere, before, and ``code``
    when it was said in the street, with the code on the slip.
    """
    if not clean_text(words.text):
        raise Refusal(_("Écrivez votre commentaire avant de l’envoyer."), field="text")
    if alignment not in Comment.Alignment.values:
        raise Refusal(_("Dites si vous êtes pour, contre ou neutre."), field="alignment")
    if subject.visibility != Visibility.PUBLIC:
        raise Conflict(_("On ne peut plus commenter : cette parole n’est plus publiée."))
    if parent is not None and parent.subject_id != subject.pk:
        raise Refusal(_("Ce commentaire répond à une autre parole. Rechargez la page."), field="parent")
    record = open_record(
        NewRecord(
            authority=subject.authority,
            kind=Kind.COMMENT,
            process=subject if subject.kind == Kind.PROCESS else subject.process,
            words=words,
            event=COMMENT_POSTED,
            author=author,
            origin=origin,
            happened_at=happened_at,
            data={"subject": subject.code, "alignment": int(alignment)},
            audience=subject.audience,
            code=code,
        ),
        clock=clock,
    )
    return Comment.objects.create(
        record=record,
        subject=subject,
        parent=parent,
        thread_start=parent.thread_start if parent else record.pk,
        depth=min(parent.depth + 1, DEEPEST) if parent else 0,
        alignment=alignment,
    )
