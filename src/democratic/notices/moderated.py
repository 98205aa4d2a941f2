"""Who is told of a decision of moderation: its author, with the reasons; and each person who had signalled."""

from collections.abc import Sequence

from democratic.notices import moderation_texts as texts
from democratic.notices.told import Told
from democratic.stewardship.moderation.models import Appeal, Notice, Ruling
from democratic.stewardship.moderation.rules import who_wrote
from democratic.thread.addresses import public_url
from democratic.thread.journal.lines import JournalLine
from democratic.thread.models import Record


def moderated(line: JournalLine, record: Record) -> Sequence[Told]:
    """Two messages that share no name: neither learns who the other is. An appeal's answer goes to both sides."""
    ruling = Ruling.objects.select_related("subject__wording").get(pk=record.pk)
    first = ruling.second_to_id or ruling.pk
    notifiers = Notice.objects.filter(ruling=first, notifier__isnull=False).values_list("notifier", flat=True)
    contesting = Appeal.objects.filter(ruling=first, person__isnull=False).values_list("person", flat=True)
    subject, authors = ruling.subject, who_wrote(ruling.subject)
    change = str(line.data["change"])
    told = []
    if authors and (change != "kept" or ruling.second_to_id):
        told.append(
            Told(
                "moderated",
                authors,
                set(),
                lambda language: texts.moderated_text(
                    dict(line.words), change, subject.title, _page(record, language), language
                ),
                is_for_process=False,
            )
        )
    others = ({*notifiers} | {*contesting}) - authors
    told.append(
        Told(
            "notice_answered",
            others,
            set(),
            lambda language: texts.notice_answered_text(
                dict(line.words), ruling.outcome, subject.code, _page(record, language), language
            ),
            is_for_process=False,
        )
    )
    return told


def published(line: JournalLine, record: Record) -> Told | None:
    """What waited to be read is published: its author was told that it waited."""
    if not line.data.get("was_held") or record.author_id is None:
        return None
    return Told(
        "published",
        {record.author_id},
        set(),
        lambda language: texts.published_text(
            record.title, public_url(record.authority, f"/fil/{record.code}", language), language
        ),
        is_for_process=False,
    )


def _page(record: Record, language: str) -> str:
    return public_url(record.authority, f"/moderation/{record.code}", language)
