"""Jobs of participation: each may run twice without harm."""

import logging

from procrastinate.contrib.django import app

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.switches import read_only
from democratic.participation.approvals.actions import publish_process_as_approved
from democratic.participation.campaigns.carrying_out import carry_out_steps
from democratic.participation.campaigns.lists.writing import write_waves
from democratic.participation.conversations.carrying_out import carry_out_what_was_received
from democratic.participation.conversations.fetching import fetch_what_is_awaited
from democratic.participation.conversations.silences import notice_silences
from democratic.participation.meetings.live.forgetting import forget_old_events
from democratic.participation.paper.working import work as read_scans
from democratic.participation.polls.drifts import note_drifts
from democratic.participation.processes.actions import look_at_what_was_asked, publish_what_is_due

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */20")  # the sixth field is seconds
@app.task(queueing_lock="publish_processes", pass_context=False)
def publish_scheduled(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Three times a minute: the drafts whose hour has come."""
    if read_only() is None and (
        published := publish_what_is_due(DATABASE_CLOCK, publish_process_as_approved)
    ):
        logger.info("processes: %d published at their hour", published)


@app.periodic(cron="* * * * * */5")
@app.task(queueing_lock="look_at_drafts", pass_context=False)
def look_at_drafts(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every five seconds: the drafts whose links an agent asked to follow."""
    if read_only() is None and (looked := look_at_what_was_asked(DATABASE_CLOCK)):
        logger.info("drafts: links of %d followed", looked)


@app.periodic(cron="53 3 * * *")
@app.task(queueing_lock="compare_polls", pass_context=False)
def compare_polls(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every night: what was published of a question is what its rows and the journal say. Nothing is mended."""
    if read_only() is not None:
        return
    if wrong := note_drifts(DATABASE_CLOCK):
        logger.error("questions: what was published is not what was answered: %s", ", ".join(wrong))


@app.periodic(cron="* * * * * */2")  # the sixth field is seconds
@app.task(queueing_lock="hear_messages", pass_context=False)
def hear_messages(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every two seconds, as long as something waits: what connectors received."""
    if read_only() is not None:
        return
    while carry_out_what_was_received(DATABASE_CLOCK):
        pass


@app.periodic(cron="* * * * * */3")
@app.task(queueing_lock="fetch_files", pass_context=False)
def fetch_files(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every three seconds: photos and voices that a provider holds for us, apart from what people say."""
    if read_only() is None and (asked := fetch_what_is_awaited(DATABASE_CLOCK)):
        logger.info("conversations: %d files asked for", asked)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="notice_silences", pass_context=False)
def notice_silent(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every minute: conversations in which nobody answered for as long as they wait."""
    if read_only() is None and (silent := notice_silences(DATABASE_CLOCK)):
        logger.info("conversations: %d fell silent", silent)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="carry_out_campaigns", pass_context=False)
def carry_out_campaigns(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every minute: conversations that a campaign opens or shuts at this hour."""
    if read_only() is None and (done := carry_out_steps(DATABASE_CLOCK)):
        logger.info("campaigns: %d steps carried out", done)


@app.periodic(cron="* * * * * */20")  # the sixth field is seconds
@app.task(queueing_lock="write_waves", pass_context=False)
def write_list_waves(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Three times a minute: what campaigns write first to their lists, a minute ahead."""
    if read_only() is None and (written := write_waves(DATABASE_CLOCK)):
        logger.info("lists: %d messages written", written)


# No lock, as for messages: a worker that was killed would hold it for ever.
@app.periodic(cron="* * * * * */3")  # the sixth field is seconds
@app.task(queueing_lock="look_after_sheets", pass_context=False)
def look_after_sheets(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every three seconds: sheets of answers that came back are read, and those agreed to are written."""
    if read_only() is not None:
        return
    # Spreadsheets bring numpy and its threads, which a sequencer's signals would reach, and pages need nothing of.
    from democratic.participation.sheets.working import work  # noqa: PLC0415  heavy

    if done := work(DATABASE_CLOCK):
        logger.info("sheets: %d looked at", done)


@app.periodic(cron="* * * * * */3")
@app.task(queueing_lock="suggest_themes", pass_context=False)
def suggest_themes(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every three seconds: who asked for themes is given some to decide on."""
    if read_only() is not None:
        return
    from democratic.participation.suggestions.looking import look  # noqa: PLC0415  heavy: scipy

    if made := look(DATABASE_CLOCK):
        logger.info("suggestions: %d looks", made)


@app.periodic(cron="* * * * * */3")
@app.task(queueing_lock="look_after_scans", pass_context=False)
def look_after_scans(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every three seconds: pages of paper that were scanned are read, each in a program of its own."""
    if read_only() is None and (done := read_scans(DATABASE_CLOCK)):
        logger.info("paper: %d pages looked at", done)


@app.periodic(cron="37 * * * *")
@app.task(queueing_lock="forget_what_screens_were_told", pass_context=False)
def forget_what_screens_were_told(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every hour: of meetings that ended a day ago, nothing but the last number stays."""
    if read_only() is None and (gone := forget_old_events()):
        logger.info("meetings: %d events of screens forgotten", gone)
