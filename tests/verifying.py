"""People who are verified, by the action that notes it."""

from democratic.kernel.clock import DATABASE_CLOCK
from democratic.people.actions import welcome_guest
from democratic.people.verifications import note_desk_check


def verified(person=None):
    """She was seen at the desk: this one, or a new one."""
    person = person or welcome_guest()
    note_desk_check(person=person, by=welcome_guest(), source="Le guichet", clock=DATABASE_CLOCK)
    return person
