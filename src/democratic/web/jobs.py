"""What the worker does for pages: packages of archives; and what it asks again while it is down."""

import logging

from django.conf import settings
from procrastinate.contrib.django import app

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.kernel.outages import Part, probe_with
from democratic.web.accounts.identity.oidc import Service
from democratic.web.packages.making import make_packages

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */15")  # the sixth field is seconds
@app.task(queueing_lock="make_waiting_packages", pass_context=False)
def make_waiting_packages(timestamp: int) -> None:  # noqa: ARG001  procrastinate gives the planned time
    """Every fifteen seconds: the archives of processes that were closed, or whose words were erased since."""
    if made := make_packages(DATABASE_CLOCK):
        logger.info("archives: %d packages published", made)


def ask_services() -> None:
    """ServiceDown while one of them does not describe itself. SAML's are never asked: only browsers go there."""
    for provider in settings.IDENTITY.providers:
        if not provider.is_saml:
            Service(provider).described(anew=True)


probe_with(Part.IDENTITY, ask_services)
