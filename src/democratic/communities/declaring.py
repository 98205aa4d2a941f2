"""To declare: a state follows from a rate, a rate from an audit, an audit from people who have a name and a day."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.accessibility.events import ACCESSIBILITY_DECLARED
from democratic.communities.accessibility.models import ALL, HALF, AccessibilityDeclaration, Conformity
from democratic.communities.models import Controller
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.links import refuse_a_bad_link
from democratic.kernel.pages import EVERY_PAGE, bump
from democratic.kernel.refusals import Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import append_entry
from democratic.thread.models import Authority


@dataclass(frozen=True, slots=True)
class Declared:
    """``rate``: per cent of the criteria of the RGAA that the audit found met."""

    state: Conformity
    rate: int | None = None
    audited_on: date | None = None
    audited_by: str = ""
    gaps: str = ""
    derogations: str = ""
    technologies: str = ""
    tested_with: str = ""
    contact_email: str = ""
    contact_url: str = ""
    plan_url: str = ""


def state_of(rate: int | None) -> Conformity:
    """As the law names it: partial from half of the criteria on, total when all are met."""
    if rate is None or rate < HALF:
        return Conformity.NONE
    return Conformity.PARTIAL if rate < ALL else Conformity.TOTAL


@transaction.atomic
def declare_accessibility(
    *, authority: Authority, declared: Declared, clock: Clock
) -> AccessibilityDeclaration:
    """Published at once, in place of the former one, which stays in the list; the foot of every page says it too."""
    held = Authority.objects.select_for_update().get(pk=authority.pk)
    now = clock.now()
    today = local_day(now, held.time_zone)
    by, gaps = clean_line(declared.audited_by)[:200], clean_text(declared.gaps)
    _refuse_without_audit(declared, by, today)
    _refuse_another_state(declared, gaps)
    if not (declared.contact_email or declared.contact_url):
        raise Refusal(
            _("Donnez une adresse à qui signaler un obstacle : la loi la demande."), field="contact_email"
        )
    for field in ("contact_url", "plan_url"):
        refuse_a_bad_link(getattr(declared, field), field)
    before = AccessibilityDeclaration.objects.filter(authority=held).count()
    made = AccessibilityDeclaration.objects.create(
        authority=held,
        version=before + 1,
        declared_on=today,
        state=declared.state,
        rate=declared.rate,
        audited_on=declared.audited_on,
        audited_by=by,
        gaps=gaps,
        derogations=clean_text(declared.derogations),
        technologies=clean_text(declared.technologies),
        tested_with=clean_text(declared.tested_with),
        contact_email=declared.contact_email,
        contact_url=declared.contact_url,
        plan_url=declared.plan_url,
    )
    # What the foot of every page reads without a query: see ``communities.queries.conformity_of``.
    said = {
        "accessibility_rate": declared.rate,
        "audited_on": declared.audited_on,
        "accessibility_gaps": gaps,
    }
    Controller.objects.update_or_create(
        authority=held, defaults=said, create_defaults={"legal_name": held.name, **said}
    )
    append_entry(
        ACCESSIBILITY_DECLARED,
        record=None,
        authority=held,
        now=now,
        data={"version": made.version, "state": made.state, "rate": made.rate},
        is_institutional=True,
    )
    bump([held.pk, EVERY_PAGE])
    return made


def _refuse_without_audit(declared: Declared, by: str, today: date) -> None:
    parts = (declared.rate is not None, declared.audited_on is not None, bool(by))
    if any(parts) and not all(parts):
        raise Refusal(
            _("Un audit a un taux, un jour et un nom : donnez les trois, ou aucun."), field="audited_by"
        )
    if declared.state != Conformity.NONE and not all(parts):
        raise Refusal(
            _(
                "Sans audit fait par des personnes, un site est non conforme : dites qui l’a audité, et quand."
            ),
            field="audited_by",
        )
    if declared.audited_on is not None and declared.audited_on > today:
        raise Refusal(_("Cet audit est daté d’un jour à venir."), field="audited_on")


def _refuse_another_state(declared: Declared, gaps: str) -> None:
    right = state_of(declared.rate)
    if declared.state != right:
        raise Refusal(
            _("À ce taux, la loi dit : %(state)s. Choisissez cet état, ou corrigez le taux.")
            % {"state": right.label},
            field="state",
        )
    if declared.state == Conformity.TOTAL and gaps:
        raise Refusal(
            _("Un site totalement conforme n’a pas de défaut à lister : corrigez l’un ou l’autre."),
            field="gaps",
        )
    if declared.state == Conformity.PARTIAL and not gaps:
        raise Refusal(_("Listez ce que l’audit a relevé : un défaut par ligne."), field="gaps")
