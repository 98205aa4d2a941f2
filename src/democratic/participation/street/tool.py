"""« Rendez-vous de rue »: going where people are, with what was heard counted and answered as anywhere else."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.tools import Phase, Tool, register

STREET_SESSIONS = register(
    Tool(
        key="street",
        name=_("Rendez-vous de rue"),
        phases=(Phase("planned"), Phase("held"), Phase("validated")),
        pages="democratic.web.street.urls",
    )
)
