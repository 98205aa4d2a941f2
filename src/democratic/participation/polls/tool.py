"""« Une question » : one question, one tap, a result that everyone can check."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.tools import Phase, Tool, register
from democratic.participation.processes.tool import Act

POLLS = register(
    Tool(
        key="polls",
        name=_("Une question"),
        phases=(Phase("answering", allows=frozenset({Act.ANSWER_POLL})),),
        pages="democratic.web.polls.urls",
    )
)

REQUIRES = _("Rien : ni compte, ni adresse.")
WHY = _(
    "Une réponse se donne d’un geste. En échange, elle est consultative : nous ne vérifions pas qui répond, et"
    " le résultat le dit."
)
