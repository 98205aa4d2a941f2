from democratic.thread.models import Entry, Link, LinkKind, Record


def link(*, source: Record, kind: LinkKind, target: Record, entry: Entry) -> Link:
    """Say that ``target`` follows from ``source``, by the act that ``entry`` tells."""
    made, _created = Link.objects.get_or_create(
        source=source, kind=kind, target=target, ended_by=None, defaults={"entry": entry}
    )
    return made


def end_link(*, source: Record, kind: LinkKind, target: Record, entry: Entry) -> None:
    Link.objects.filter(source=source, kind=kind, target=target, ended_by=None).update(ended_by=entry)
