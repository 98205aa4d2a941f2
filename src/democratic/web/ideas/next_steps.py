"""What happens after someone spoke: the dates are those of the process, no promise is made here."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from democratic.participation.processes.models import Process, Stage, Step
from democratic.web.formats import day
from democratic.web.ideas.phrases import day_of


def next_steps(
    process: Process, stages: Sequence[Stage], due_on: date | None, today: date
) -> list[dict[str, Any]]:
    """For parts/steps.html, in its column form."""
    tu, who = process.uses_tu, process.mandate.answerer.name
    steps = [
        {
            "name": _("Aujourd’hui"),
            "when": _("Ta phrase est publiée, avec son code.")
            if tu
            else _("Votre phrase est publiée, avec son code."),
            "state": "done",
        }
    ]
    analysis = next((stage for stage in stages if stage.step == Step.ANALYSIS), None)
    if analysis:
        begins = timezone.localtime(analysis.opens_at).date()
        name = _("Dès le %(day)s") % {"day": day_of(analysis.opens_at, today)}
        steps.append(
            {
                "name": name if begins > today else _("Ces jours-ci"),
                "when": _("Elle est rapprochée des autres qui disent la même chose."),
                "state": "ahead",
            }
        )
    answer = _("%(who)s te répond, avec une raison.") if tu else _("%(who)s vous répond, avec une raison.")
    steps.append(
        {
            "name": _("Avant le %(day)s") % {"day": day(due_on)} if due_on else _("Puis"),
            "when": answer % {"who": who},
            "state": "ahead",
        }
    )
    after = (
        _("Si c’est oui, tu vois qui le fait, pour quand, et la preuve.")
        if tu
        else _("Si c’est oui, vous voyez qui le fait, pour quand, et la preuve.")
    )
    return [*steps, {"name": _("Ensuite"), "when": after, "state": "ahead"}]
