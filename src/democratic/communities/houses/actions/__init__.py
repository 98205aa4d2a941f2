"""A body's own house: opened by the authority, ruled by its members."""

from democratic.communities.houses.actions.adopting import (
    count_adoption,
    open_adoption,
    say_on,
)
from democratic.communities.houses.actions.charters import (
    CharterText,
    count_charter,
    propose_charter,
    write_charter,
)
from democratic.communities.houses.actions.entering import (
    MOST_DAYS,
    MOST_USES,
    GroupCode,
    end_code,
    enter_house,
    join_by_code,
    make_code,
)
from democratic.communities.houses.actions.leaving import leave_houses
from democratic.communities.houses.actions.locking import Held, hold
from democratic.communities.houses.actions.mandates import begin_mandate
from democratic.communities.houses.actions.opening import (
    Owing,
    end_facilitator,
    give_up_right,
    name_facilitator,
    open_house,
)
from democratic.communities.houses.actions.roles import (
    announce_draw,
    draw_role,
    give_role_in_turn,
    lay_down_role,
    leave_word,
    stand_in_draw,
)
from democratic.communities.houses.actions.skills import (
    ask_for_skill,
    confirm_skill,
    give_skill_back,
)

__all__ = [
    "MOST_DAYS",
    "MOST_USES",
    "CharterText",
    "GroupCode",
    "Held",
    "Owing",
    "announce_draw",
    "ask_for_skill",
    "begin_mandate",
    "confirm_skill",
    "count_adoption",
    "count_charter",
    "draw_role",
    "end_code",
    "end_facilitator",
    "enter_house",
    "give_role_in_turn",
    "give_skill_back",
    "give_up_right",
    "hold",
    "join_by_code",
    "lay_down_role",
    "leave_houses",
    "leave_word",
    "make_code",
    "name_facilitator",
    "open_adoption",
    "open_house",
    "propose_charter",
    "say_on",
    "stand_in_draw",
    "write_charter",
]
