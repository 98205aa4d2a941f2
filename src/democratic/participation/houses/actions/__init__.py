"""What a body does at home, and what leaves it: opinions, referrals, and what is handed over."""

from democratic.participation.houses.actions.handing import hand_over, write_hand_over
from democratic.participation.houses.actions.opinions import (
    MOST_POINTS,
    OpinionText,
    add_minority_view,
    count_opinion,
    draft_opinion,
    hold_minority_view,
    propose_opinion,
    write_opinion,
)
from democratic.participation.houses.actions.preparing import (
    convene_meeting,
    place_point,
    propose_point,
    support_point,
    withdraw_point,
)
from democratic.participation.houses.actions.promising import promise_point
from democratic.participation.houses.actions.rating import rate_answer, tell_rating
from democratic.participation.houses.actions.referrals import PointAnswer, answer_referral, refer
from democratic.participation.houses.actions.talking import open_topic, say_in_topic, set_word_aside

__all__ = [
    "MOST_POINTS",
    "OpinionText",
    "PointAnswer",
    "add_minority_view",
    "answer_referral",
    "convene_meeting",
    "count_opinion",
    "draft_opinion",
    "hand_over",
    "hold_minority_view",
    "open_topic",
    "place_point",
    "promise_point",
    "propose_opinion",
    "propose_point",
    "rate_answer",
    "refer",
    "say_in_topic",
    "set_word_aside",
    "support_point",
    "tell_rating",
    "withdraw_point",
    "write_hand_over",
    "write_opinion",
]
