"""Jobs of the worker about who works here."""

from procrastinate.contrib.django import app

from democratic.communities.invitations.actions import forget_old_invitations


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="tidy_invitations", pass_context=False)
def tidy_invitations(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every hour: invitations are kept no longer than they explain who was let in."""
    forget_old_invitations()
