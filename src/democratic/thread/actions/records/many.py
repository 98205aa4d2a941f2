"""Drafts by the hundred, in a fixed number of statements: nothing is public.

So no Entry is written, and no search finds them: who publishes one gives its words to the index (``index_words``).
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from democratic.kernel.clock import Clock
from democratic.kernel.copying import copy_rows
from democratic.kernel.ids import new_code, uuid7
from democratic.kernel.refusals import Conflict
from democratic.kernel.text import clean_line
from democratic.thread.actions.records.words import NewRecord, Words
from democratic.thread.models import Audience, Record, Visibility, Wording

_TRIES = 5

_SAYS = """
update thread_record r set wording_id = said.wording
from unnest(%s::uuid[], %s::uuid[]) said(record, wording) where r.id = said.record
"""

Said = tuple[Record, Words]


def open_drafts(news: Sequence[NewRecord], *, clock: Clock) -> list[Record]:
    """As ``open_record`` for drafts of one authority, in the caller's transaction and their order."""
    if not news:
        return []
    if any(new.visibility != Visibility.DRAFT for new in news):
        raise ValueError("what is public is opened one by one, with its Entry")
    now, codes = clock.now(), _free_codes(len(news))
    audience = Audience.objects.get(authority=news[0].authority, is_public=True)
    said = [
        (
            Record(
                code=code,
                authority=new.authority,
                process=new.process,
                kind=new.kind,
                state=new.state,
                visibility=new.visibility,
                audience=new.audience or audience,
                author=new.author,
                origin=new.origin,
                place=clean_line(new.place)[:80],
                happened_at=new.happened_at or now,
                recorded_at=now,
                wording_id=uuid7(),
            ),
            new.words.cleaned(),
        )
        for new, code in zip(news, codes, strict=True)
    ]
    copy_rows([record for record, _words in said])
    _word(said, dict.fromkeys((record.pk for record, _words in said), 1), clock)
    return [record for record, _words in said]


def reword_drafts(said: Sequence[Said], *, clock: Clock) -> None:
    """As ``reword_record``: one version more for each of these drafts, which the caller has locked."""
    rows = Wording.objects.filter(record__in=[record for record, _words in said])
    last = dict(rows.order_by().values_list("record").annotate(last=Max("version")))
    cleaned = [(record, words.cleaned()) for record, words in said]
    for record, _words in cleaned:
        record.wording_id = uuid7()
    _word(cleaned, {record.pk: last.get(record.pk, 0) + 1 for record, _words in cleaned}, clock)
    records, wordings = [record.pk for record, _w in cleaned], [record.wording_id for record, _w in cleaned]
    with connection.cursor() as cursor:
        cursor.execute(_SAYS, [records, wordings])


def _word(said: Sequence[Said], versions: Mapping[UUID, int], clock: Clock) -> None:
    now = clock.now()
    copy_rows(
        [
            Wording(
                id=record.wording_id,
                record=record,
                version=versions[record.pk],
                language=words.language,
                title=words.title,
                text=words.text,
                created_at=now,
            )
            for record, words in said
        ]
    )


def _free_codes(wanted: int) -> Collection[str]:
    """Codes that no Record bears; one taken at the same instant is refused by the database, and tried again."""
    free: set[str] = set()
    for _attempt in range(_TRIES):
        free |= {new_code() for _ in range(wanted - len(free))}
        free -= set(Record.objects.filter(code__in=free).values_list("code", flat=True))
        if len(free) == wanted:
            return free
    raise Conflict(_("Aucun numéro de suivi libre n’a été trouvé. Réessayez."))
