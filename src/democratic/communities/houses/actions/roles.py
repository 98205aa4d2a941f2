"""Roles with dates: given in turn or by a draw that anyone does again, over by themselves."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civics.sortition.tickets import in_drawn_order, next_in_turn
from democratic.communities.houses.actions.locking import Held, hold
from democratic.communities.houses.events import DRAW_ANNOUNCED, ROLE_DRAWN, ROLE_GIVEN, ROLE_LAID_DOWN
from democratic.communities.houses.models import (
    Charter,
    DrawNumber,
    House,
    HouseMember,
    Role,
    RoleDraw,
    RoleTerm,
)
from democratic.communities.houses.queries import (
    charter_in_force,
    members_at_home,
    running_terms,
    turns_taken,
)
from democratic.kernel.clock import Clock, local_day
from democratic.kernel.refusals import Conflict, Refusal
from democratic.kernel.text import clean_line, clean_text
from democratic.thread.actions import append_entry
from democratic.thread.actions.records import bump_pages_of

_DAYS_OF_A_MONTH, LONGEST_WORD = 30, 1000


@transaction.atomic
def give_role_in_turn(*, house: House, role: Role, clock: Clock) -> RoleTerm:
    """To the member whose turn it is: nobody chooses, whoever asks for it. Who holds one waits while others hold none."""
    held = hold(house, clock)
    charter = _charter_saying(held, Charter.Turns.ROTATING)
    _refuse_if_held(held, role)
    numbers = {member.number: member for member in members_at_home(held.house)}
    busy = {term.member.number for term in running_terms(held.house, held.today)}
    number = next_in_turn(numbers.keys() - busy or numbers, turns_taken(held.house, role))
    if number is None:
        raise Conflict(_("Personne n’est encore entré dans la maison."))
    term = _give(held, charter, role, numbers[number], Charter.Turns.ROTATING)
    data = {"role": role.value, "since": term.since.isoformat(), "until": term.until.isoformat()}
    append_entry(ROLE_GIVEN, record=held.record, now=held.now, data=data)
    bump_pages_of(held.record)
    return term


@transaction.atomic
def announce_draw(*, house: House, role: Role, draws_on: date, seed: str, clock: Clock) -> RoleDraw:
    """The seed and the numbers are public from now on, the draw is on a later day: nobody can try seeds."""
    held = hold(house, clock)
    _charter_saying(held, Charter.Turns.DRAWN)
    words = clean_line(seed)
    if not 8 <= len(words) <= 80:  # noqa: PLR2004  the column's length; fewer could be guessed
        raise Refusal(_("La graine a de 8 à 80 signes."), field="seed")
    if draws_on <= held.today:
        raise Refusal(
            _("Le tirage se fait un autre jour qu’aujourd’hui : chacun doit pouvoir lire la graine avant."),
            field="draws_on",
        )
    if held.house.draws.filter(role=role, drawn_on=None).exists():
        raise Conflict(_("Un tirage est déjà annoncé pour ce rôle."))
    members = list(members_at_home(held.house))
    if not members:
        raise Conflict(_("Personne n’est encore entré dans la maison."))
    draw = RoleDraw.objects.create(
        house=held.house, role=role, seed=words, announced_on=held.today, draws_on=draws_on
    )
    DrawNumber.objects.bulk_create(DrawNumber(draw=draw, member=member) for member in members)
    data = {
        "role": role.value,
        "seed": words,
        "draws_on": draws_on.isoformat(),
        "numbers": [member.number for member in members],
    }
    append_entry(DRAW_ANNOUNCED, record=held.record, now=held.now, data=data)
    bump_pages_of(held.record)
    return draw


@transaction.atomic
def stand_in_draw(*, draw: RoleDraw, member: HouseMember, stands: bool) -> None:
    """« Not me this time », or « me after all », until it is drawn."""
    locked = RoleDraw.objects.select_for_update().get(pk=draw.pk)
    if locked.drawn_on:
        raise Conflict(_("C’est déjà tiré."))
    if not locked.numbers.filter(member=member).update(stands=stands):
        raise Conflict(_("Ce numéro n’était pas encore là quand ce tirage a été annoncé."))


@transaction.atomic
def draw_role(*, draw: RoleDraw, clock: Clock) -> RoleTerm:
    """On its day or after: the lowest ticket among those who stand."""
    held = hold(draw.house, clock)
    locked = RoleDraw.objects.select_for_update().get(pk=draw.pk)
    if locked.drawn_on:
        raise Conflict(_("C’est déjà tiré."))
    if held.today < locked.draws_on:
        raise Conflict(_("Ce n’est pas encore le jour du tirage."))
    charter = charter_in_force(held.house)
    if charter is None:
        raise Conflict(_("Les rôles viennent de la charte : il en faut une d’abord."))
    role = Role(locked.role)
    _refuse_if_held(held, role)
    standing = {
        each.member.number: each.member
        for each in locked.numbers.filter(stands=True, member__membership__until=None).select_related(
            "member"
        )
    }
    if not standing:
        raise Conflict(_("Personne ne s’est présenté : il faut un autre tirage."))
    number = in_drawn_order(locked.seed, standing)[0]
    term = _give(held, charter, role, standing[number], Charter.Turns.DRAWN)
    RoleDraw.objects.filter(pk=locked.pk).update(drawn_on=held.today)
    data = {
        "role": role.value,
        "seed": locked.seed,
        "numbers": sorted(standing),
        "number": number,
        "since": term.since.isoformat(),
        "until": term.until.isoformat(),
    }
    append_entry(ROLE_DRAWN, record=held.record, now=held.now, data=data)
    bump_pages_of(held.record)
    return term


@transaction.atomic
def lay_down_role(*, term: RoleTerm, left_word: str, clock: Clock) -> RoleTerm:
    """Sooner than its date, with a word for the next one. The house knows that it is free, not why."""
    held = hold(term.house, clock)
    locked = running_terms(held.house, held.today).filter(pk=term.pk).first()
    if locked is None:
        raise Conflict(_("Ce rôle est déjà fini."))
    locked.ended_on = held.today
    locked.left_word = clean_text(left_word)[:LONGEST_WORD]
    locked.save(update_fields=["ended_on", "left_word"])
    append_entry(ROLE_LAID_DOWN, record=held.record, now=held.now, data={"role": locked.role})
    bump_pages_of(held.record)
    return locked


@transaction.atomic
def leave_word(*, term: RoleTerm, left_word: str, clock: Clock) -> None:
    """What the next one should know, as long as the role lasts."""
    locked = (
        RoleTerm.objects.select_for_update(of=("self",))
        .select_related("house__organisation__authority")
        .get(pk=term.pk)
    )
    today = local_day(clock.now(), locked.house.organisation.authority.time_zone)
    if locked.ended_on or today >= locked.until:
        raise Conflict(_("Ce rôle est déjà fini."))
    RoleTerm.objects.filter(pk=locked.pk).update(left_word=clean_text(left_word)[:LONGEST_WORD])


def _charter_saying(held: Held, turns: Charter.Turns) -> Charter:
    charter = charter_in_force(held.house)
    if charter is None:
        raise Conflict(_("Les rôles viennent de la charte : il en faut une d’abord."))
    if charter.turns != turns:
        raise Conflict(_("La charte dit que les rôles se donnent autrement."))
    return charter


def _refuse_if_held(held: Held, role: Role) -> None:
    if running_terms(held.house, held.today).filter(role=role).exists():
        raise Conflict(_("Quelqu’un tient déjà ce rôle, jusqu’à sa date."))


def _give(held: Held, charter: Charter, role: Role, member: HouseMember, how: Charter.Turns) -> RoleTerm:
    return RoleTerm.objects.create(
        house=held.house,
        role=role,
        member=member,
        how=how,
        since=held.today,
        until=date.fromordinal(held.today.toordinal() + charter.role_months * _DAYS_OF_A_MONTH),
    )
