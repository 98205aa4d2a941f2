"""« Une question » : one question, one tap, a result that everyone can check."""

from django.utils.translation import gettext_lazy as _

from democratic.kernel.tools import Phase, Tool, register
from democratic.participation.polls.publication import (
    TOOL,
    copy_what_was_written,
    findings_before_publication,
    open_what_was_written,
    parts_written,
    throw_away_what_was_written,
)
from democratic.participation.processes.tool import Act

POLLS = register(
    Tool(
        key=TOOL,
        name=_("Une question"),
        phases=(Phase("answering", allows=frozenset({Act.ANSWER_POLL})),),
        pages="democratic.web.polls.urls",
        preflight=findings_before_publication,
        published=open_what_was_written,
        thrown_away=throw_away_what_was_written,
        copied=copy_what_was_written,
        written=parts_written,
    )
)

REQUIRES = _("Rien : ni compte, ni adresse.")
WHY = _(
    "Une réponse se donne d’un geste. En échange, elle est consultative : nous ne vérifions pas qui répond, et"
    " le résultat le dit."
)
