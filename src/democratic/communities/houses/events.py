"""Public facts of a house, on the Record of its body. Never who: numbers, functions and dates."""

from democratic.thread.events import event

HOUSE_OPENED = event("house_opened", words={"service", "function"})
FACILITATOR_NAMED = event("facilitator_named", words={"function"})
FACILITATOR_LEFT = event("facilitator_left", words={"function"})
# {right, was_on}: it would have ended on that day.
RIGHT_GIVEN_UP = event("right_given_up")
# {version, way, counts, role_months, turns, votes_bind, steps}; articles: [{title, text}].
CHARTER_ADOPTED = event("charter_adopted", words={"articles"})
CHARTER_REFUSED = event("charter_refused")
ROLE_GIVEN = event("role_given")
ROLE_LAID_DOWN = event("role_laid_down")
# {role, seed, draws_on, numbers}: whoever reads it finds the draw again.
DRAW_ANNOUNCED = event("draw_announced")
ROLE_DRAWN = event("role_drawn")
MANDATE_BEGUN = event("mandate_begun")
