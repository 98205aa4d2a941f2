"""How a process says where it stands: phase, days left, lateness. Dates in words, never « bientôt »."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from democratic.participation.obligations.queries import Due
from democratic.participation.processes.models import Step
from democratic.participation.processes.timeline import Place, StepLine, current
from democratic.thread.models import Record
from democratic.web.formats import day
from democratic.web.sentences import tell

SOON = 30  # days: nearer, they are counted; further, the date says more

PHASES: dict[str, str | Promise] = {
    Step.ORDER: gettext_lazy("Commande publiée"),
    Step.LISTENING: gettext_lazy("Écoute en cours"),
    Step.ANALYSIS: gettext_lazy("Analyse en cours"),
    Step.ANSWER: gettext_lazy("Réponses en cours"),
    Step.DECISION: gettext_lazy("Décision en cours"),
    Step.ACTION: gettext_lazy("Action en cours"),
    Step.REPORT: gettext_lazy("Bilan en cours"),
}


@dataclass(frozen=True, slots=True)
class Pill:
    text: str
    note: str = ""
    tone: str = ""


def near(value: date, today: date) -> str:
    """A day, with its year when that is not this year."""
    return day(value, "short" if value.year == today.year else "")


def days_left(until: date, today: date) -> str:
    left = (until - today).days
    if left < 0:
        return ""
    if left == 0:
        return _("dernier jour")
    if left <= SOON:
        return ngettext("plus qu’un jour", "plus que %(n)d jours", left) % {"n": left}
    return _("jusqu’au %(day)s") % {"day": near(until, today)}


def phase_pill(steps: Sequence[StepLine], today: date) -> Pill:
    here = current(steps)
    if here:
        return Pill(str(PHASES[here.step]), days_left(here.closes_on, today))
    ahead = next((step for step in steps if step.place == Place.AHEAD), None)
    if ahead:
        return Pill(_("Ouvre le %(day)s") % {"day": near(ahead.opens_on, today)}, tone="soon")
    last = steps[-1] if steps else None
    note = _("le %(day)s") % {"day": near(last.done_on or last.closes_on, today)} if last else ""
    return Pill(_("Terminée"), note, "done")


def late_days(days: int) -> str:
    return ngettext("%(n)d jour de retard", "%(n)d jours de retard", days) % {"n": days}


def late_pills(answer: Due | None, late_commitments: int) -> list[Pill]:
    pills = []
    if answer and answer.is_late:
        pills.append(Pill(_("Réponse : %(late)s") % {"late": late_days(answer.days_late)}, tone="late"))
    if late_commitments:
        text = ngettext("%(n)d engagement en retard", "%(n)d engagements en retard", late_commitments)
        pills.append(Pill(text % {"n": late_commitments}, tone="late"))
    return pills


def promise_state(answer: Due | None, today: date) -> tuple[str, str]:
    """(code of a state, sentence) about the political answer: due, late, given, given late."""
    if answer is None:
        return "", ""
    if answer.met_on and answer.days_late:
        late = late_days(answer.days_late)
        return "kept", _("Réponse donnée le %(day)s, avec %(late)s") % {
            "day": near(answer.met_on, today),
            "late": late,
        }
    if answer.met_on:
        return "kept", _("Réponse donnée le %(day)s, à temps") % {"day": near(answer.met_on, today)}
    if answer.ended_on:
        return "unkept", _("Réponse abandonnée le %(day)s") % {"day": near(answer.ended_on, today)}
    if answer.is_late:
        return "late", _("Réponse promise le %(day)s : %(late)s") % {
            "day": near(answer.first_due_on, today),
            "late": late_days(answer.days_late),
        }
    return "due", _("Réponse promise pour le %(day)s") % {"day": near(answer.due_on, today)}


def steps_for_page(
    steps: Sequence[StepLine], today: date, notes: dict[Step, str], record: Record
) -> list[dict[str, str]]:
    """What parts/steps.html draws. ``notes``: what each step gave, in numbers; the stage's own words win."""
    return [
        {
            "name": str(step.step.label),
            "when": _when(step, today),
            "note": "" if step.place == Place.AHEAD else record.spoken(step.note) or notes.get(step.step, ""),
            "state": step.place.value,
            "late": late_days(step.days_late) if step.days_late else "",
            "reason": _planned(step, today, record) if step.days_late else "",
        }
        for step in steps
    ]


def _when(step: StepLine, today: date) -> str:
    if step.place == Place.AHEAD:
        return _("prévu à partir du %(day)s") % {"day": near(step.opens_on, today)}
    if step.place == Place.NOW and today <= step.closes_on:
        return _("jusqu’au %(day)s") % {"day": near(step.closes_on, today)}
    if step.is_owed:
        return _("pas encore rendue")
    if step.step == Step.ORDER:
        return near(step.opens_on, today)
    if step.step == Step.LISTENING:
        return f"{near(step.opens_on, today)} - {near(step.closes_on, today)}"
    return near(step.done_on or step.closes_on, today)


def _planned(step: StepLine, today: date, record: Record) -> str:
    first = near(step.first_closes_on, today)
    if step.reason:
        return tell(_("prévu le %(day)s. %(reason)s"), day=first, reason=record.spoken(step.reason))
    return _("prévu le %(day)s") % {"day": first}
