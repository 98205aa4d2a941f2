"""Leaving a step for later, and taking it up again. Nothing here is public: no Entry."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from democratic.communities.settling.queries import steps_of
from democratic.communities.settling.states import StepState
from democratic.communities.steps import SetAside, Step
from democratic.kernel.clock import Clock
from democratic.kernel.refusals import Conflict
from democratic.people.models import Person
from democratic.thread.models import Authority


@transaction.atomic
def set_step_aside(*, authority: Authority, step: Step, by: Person, clock: Clock) -> SetAside:
    """Who and when are kept from the first time. Conflict: the step is done, and needs no later."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority.pk)
    now = clock.now()
    state = next(each.state for each in steps_of(authority, now) if each.step == step)
    if state == StepState.DONE:
        raise Conflict(_("C’est déjà fait : il n’y a rien à mettre de côté."))
    aside, _is_new = SetAside.objects.get_or_create(
        authority=authority, step=step, defaults={"by": by, "at": now}
    )
    return aside


@transaction.atomic
def take_step_up(*, authority: Authority, step: Step) -> None:
    SetAside.objects.filter(authority=authority, step=step).delete()
