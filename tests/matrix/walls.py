"""The walls of meetings, in the table."""

from matrix.expectations import Expected, _all, reading

# Nobody of this table is of a meeting's team: only who works where it belongs runs it.
TEAM = _all(404, anonymous=302, suspended=302, agent=200, administrator=200)
TEAM_MAY = _all(404, anonymous=302, suspended=302, agent=302, administrator=302)
TEAM_LACKS = _all(404, anonymous=302, suspended=302, agent=400, administrator=400)

WALLS: dict[str, Expected] = {
    "wall": Expected(_all(200), _all(400), "wall_meeting"),
    "support_wall_question": Expected(_all(405), _all(302), "wall_question"),
    # Nothing was answered yet.
    "mark_wall_question": Expected(_all(405), _all(409), "wall_question"),
    # Of who asked it alone, and nobody of this table did.
    "take_back_wall_question": Expected(_all(405), _all(404), "wall_question"),
    "wall_bin": reading("wall_meeting"),
    "wall_table": reading("wall_meeting"),
    "wall_question": reading("wall_question"),
    "sort_wall": Expected(TEAM, _all(405), "wall_meeting"),
    "merge_wall_questions": Expected(_all(405), TEAM_MAY, "wall_meeting"),
    "read_wall_first": Expected(_all(405), TEAM_MAY, "wall_meeting"),
    "close_wall": Expected(_all(405), TEAM_LACKS, "wall_meeting"),
    "bin_wall_question": Expected(TEAM, TEAM_LACKS, "wall_meeting"),
    # What has not the floor goes nowhere: put back, it stays.
    "act_on_wall_question": Expected(_all(405), TEAM_MAY, "wall_meeting", {"act": "remettre"}),
    "answer_wall": Expected(TEAM, _all(405), "wall_meeting"),
    "answer_wall_question": Expected(_all(405), TEAM_LACKS, "wall_meeting", {"act": "publier"}),
}
