"""The routes of a meeting while it runs, and of its votes. The world's meeting is told: its code was given back, and its
door is there for nobody.
"""

from matrix.expectations import Expected, _all, _runners, reading

# Its agents facilitate; for anyone else who is signed in, the screens of its team are not there.
RUNS_A_MEETING, REFUSED_IN_A_MEETING = _runners(200), _runners(409)

LIVE_MEETINGS: dict[str, Expected] = {
    "meeting_stream": reading("meeting"),
    "meeting_since": reading("meeting"),
    "enter_meeting": reading(),
    "meeting_door": Expected(_all(404), _all(404), values={"code": "000000"}),
    "meeting_live": reading("meeting"),
    "ask_for_floor": Expected(_all(405), _all(409), "meeting"),
    "unname_me": Expected(_all(405), _all(302), "meeting"),
    "meeting_hall": reading("meeting"),
    "lead_meeting": Expected(RUNS_A_MEETING, _all(405), "meeting"),
    "act_in_meeting": Expected(_all(405), REFUSED_IN_A_MEETING, "meeting", {"act": "fermer"}),
    "meeting_late": reading("meeting"),
    "give_voice": Expected(_all(405), _all(400), "meeting"),  # nothing is chosen
    "run_votes": Expected(_runners(200), _all(405), "meeting"),
    "amend_vote": Expected(_runners(404), _runners(404), "meeting"),  # of a round of consent
    **dict.fromkeys(("sounding", "sounding_csv", "sounding_json"), reading("sounding")),
    **dict.fromkeys(
        ("new_vote", "change_vote", "count_vote", "verify_count"),
        Expected(_runners(200), _runners(400), "meeting"),
    ),
    **dict.fromkeys(
        ("drop_count", "act_on_vote"), Expected(_all(405), _runners(302), "meeting", {"act": "ouvrir"})
    ),
}
