from django.utils.translation import gettext_lazy as _

from democratic.kernel.tools import Phase, Tool, register

MEETINGS = register(
    Tool(
        key="meetings",
        name=_("Rencontres"),
        phases=(Phase("announced"), Phase("held")),
        pages="democratic.web.processes.urls",
    )
)
