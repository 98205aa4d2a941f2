"""The pages of a body's house, for who is in none: what the table says of them.

No house stands at this body's address: its pages are there for nobody, whatever the role. Who is in one is tried in
tests/democratic/web/houses.
"""

from matrix.expectations import Expected, _all, _staff, agents_form, staff_reading

_NOBODY = _all(404, anonymous=302, suspended=302)
IN_NO_HOUSE = {
    "pk": "00000000-0000-7000-8000-000000000000", "right": "publish", "topic": "K7P-4RM", "said": "K7P-4RM",
    "opinion": "K7P-4RM", "referral": "K7P-4RM",
}  # fmt: skip
NO_HOUSE = Expected(_all(404), _all(405), "organisation")
OF_A_HOUSE = Expected(_NOBODY, _all(405), "organisation", IN_NO_HOUSE)
ASKED_AT_HOME = Expected(_NOBODY, _NOBODY, "organisation", IN_NO_HOUSE)
PRESSED_AT_HOME = Expected(_all(405), _NOBODY, "organisation", IN_NO_HOUSE)

HOUSES: dict[str, Expected] = {
    "join_house": Expected(_all(200, anonymous=302, suspended=302), _all(400, anonymous=302, suspended=302)),
    **dict.fromkeys(("house", "house_charter", "house_opinion", "referral"), NO_HOUSE),
    **dict.fromkeys(
        (
            "house_home",
            "house_codes",
            "charter_draft",
            "house_roles",
            "house_skills",
            "house_topics",
            "house_agenda",
            "house_opinions",
            "opinion_draft",
            "house_referrals",
            "house_handing",
        ),
        OF_A_HOUSE,
    ),
    **dict.fromkeys(
        (
            "enter_house",
            "new_house_code",
            "write_charter",
            "propose_charter",
            "announce_draw",
            "lay_down_role",
            "leave_word",
            "new_house_topic",
            "house_topic",
            "set_word_aside",
            "new_agenda_point",
            "new_house_meeting",
            "place_point",
            "new_opinion",
            "write_opinion",
            "propose_opinion",
            "new_minority_view",
            "send_referral",
            "rate_answer",
            "write_handing",
            "hand_over_mandate",
        ),
        ASKED_AT_HOME,
    ),
    **dict.fromkeys(
        (
            "stop_house_code",
            "stop_helping_house",
            "say_on_charter",
            "count_charter",
            "give_up_right",
            "give_role_in_turn",
            "stand_in_draw",
            "draw_role",
            "ask_for_skill",
            "confirm_skill",
            "give_skill_back",
            "support_point",
            "withdraw_point",
            "say_on_opinion",
            "count_opinion",
            "hold_minority_view",
            "tell_rating",
        ),
        PRESSED_AT_HOME,
    ),
    "desk_open_house": agents_form("organisation"),
    "desk_facilitators": Expected(_staff(404), _all(405), "organisation"),
    "desk_name_facilitator": Expected(_staff(404), _staff(404), "organisation"),
    "desk_end_facilitator": Expected(_all(405), _staff(404), "organisation", IN_NO_HOUSE),
    "desk_referrals": staff_reading(),
    **dict.fromkeys(
        ("desk_answer_referral", "desk_promise_point"),
        Expected(_staff(404, official=404), _staff(404, official=404), "organisation"),
    ),
}
