from django.utils.translation import gettext_lazy as _

from democratic.kernel.tools import Phase, Tool, register
from democratic.participation.processes.tool import Act

IDEAS = register(
    Tool(
        key="ideas",
        name=_("Paroles"),
        phases=(
            Phase("listening", frozenset({Act.SUBMIT_IDEA, Act.COMMENT, Act.SUPPORT})),
            Phase("analysis", frozenset({Act.GROUP})),
            Phase("answering", frozenset({Act.ANSWER, Act.DECIDE})),
        ),
        pages="democratic.web.ideas.urls",
    )
)
