"""Who is told of a verdict of an observatory."""

from democratic.notices.texts import verdict_text
from democratic.notices.told import Told
from democratic.observatory.models import Verdict
from democratic.observatory.states import Says
from democratic.thread.addresses import public_url
from democratic.thread.journal.lines import JournalLine
from democratic.thread.models import Record


def judged(line: JournalLine, record: Record) -> Told:
    """To who follows the commitment, the observatory or the consultation; the authority is told like anybody."""
    verdict = Verdict.objects.select_related(
        "commitment__record__wording", "observatory__record__wording"
    ).get(pk=record.pk)
    about = verdict.commitment.record
    return Told(
        "verdict",
        set(),
        {about.pk, record.pk, verdict.observatory_id},
        lambda language: verdict_text(
            dict(line.words),
            (Says(verdict.says), about.title, verdict.observatory.record.title),
            public_url(record.authority, f"/avis/{record.code}", language),
            language,
        ),
    )
