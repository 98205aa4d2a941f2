"""What became of what was said in a conversation: the acts of the authority that follow from it, by Links."""

from django.db.models import Q

from democratic.participation.conversations.models import Flow, FlowAnswer
from democratic.participation.obligations.events import OBLIGATION_POSTPONED
from democratic.participation.processes.events import STAGE_DONE
from democratic.participation.processes.models import Step
from democratic.participation.reports.fil.facts import CHAIN
from democratic.participation.reports.process_page import Move, moves_where
from democratic.thread.events import AUTHORITY_WITHDREW
from democratic.thread.models import Link, LinkKind, Visibility
from democratic.thread.queries.walk import walk
from democratic.thread.rules import Viewer

MOST = 50
_MOST_STARTS = 200
# Of the process as a whole: what is owed to a tap, and to everyone who came.
_WHOLE = (OBLIGATION_POSTPONED, AUTHORITY_WITHDREW)
_AFTERWARDS = (Step.ANALYSIS, Step.ANSWER, Step.DECISION, Step.ACTION, Step.REPORT)
_FIRST = (LinkKind.GROUPED_IN, LinkKind.MERGED_INTO, *CHAIN)


def became_of(viewer: Viewer, flow: Flow, limit: int = MOST) -> list[Move]:
    """The newest first, in three queries. Of the whole flow, whatever the code: of a poster that few people saw, one
    would read who said what.
    """
    said = FlowAnswer.objects.filter(run__revision__flow=flow, record__visibility=Visibility.PUBLIC)
    first = Link.objects.filter(
        source__in=said.values("record"),
        kind__in=_FIRST,
        ended_by=None,
        target__visibility=Visibility.PUBLIC,
        target__audience__is_public=True,
    )
    starts = list(first.values_list("target", flat=True).distinct().order_by("target")[:_MOST_STARTS])
    steps = walk(starts, authority=viewer.authority, onward=_FIRST)
    reached = {*starts, *(step.target_id for step in steps)}
    of_stages = Q(kind=STAGE_DONE.kind, data__step__in=[step.value for step in _AFTERWARDS])
    whole = Q(record=flow.process_id) & (Q(kind__in=[event.kind for event in _WHOLE]) | of_stages)
    return moves_where((Q(record__in=reached) | whole) & Q(authority=viewer.authority), limit)
