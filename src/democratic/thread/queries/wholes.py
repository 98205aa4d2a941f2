"""What was split, and its parts: a part is not one voice more than the whole that it was cut from."""

from django.db.models import FilteredRelation, Q, QuerySet

from democratic.thread.models import Link, LinkKind, Record


def its_cut() -> FilteredRelation:
    """The Link by which a Record was cut from its whole, though it was joined back; none is a voice of its own."""
    return FilteredRelation("links_out", condition=Q(links_out__kind=LinkKind.SPLIT_FROM))


def running_splits() -> QuerySet[Link]:
    return Link.objects.filter(kind=LinkKind.SPLIT_FROM, ended_by=None)


def parts_of(whole: Record) -> QuerySet[Record]:
    """All that was ever cut from it, word for word: shown or not, joined back or not."""
    cut = Link.objects.filter(kind=LinkKind.SPLIT_FROM, target=whole)
    return Record.objects.filter(pk__in=cut.values("source")).order_by("pk")
