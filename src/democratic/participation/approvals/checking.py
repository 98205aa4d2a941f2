from datetime import datetime

from democratic.participation.processes.models import Process
from democratic.participation.processes.preflight import preflight
from democratic.thread.models import Kind, Record


def what_stands_in_the_way(record: Record, now: datetime) -> list[str]:
    """Of a process that would be published now, in the language of the moment; of anything else, nothing.

    It moves with the day, and is no part of the text that is approved.
    """
    if record.kind != Kind.PROCESS:
        return []
    process = Process.objects.select_related("authority", "preparation").get(pk=record.pk)
    return [str(finding.title) for finding in preflight(process, now) if finding.blocks]
