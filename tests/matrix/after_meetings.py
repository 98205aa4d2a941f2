"""Pages of what is told after a meeting: everyone reads, few write, and to anyone else those are not there."""

from matrix.expectations import Expected, _all, reading

WRITERS_200, WRITERS_400 = (
    _all(404, anonymous=302, suspended=302, agent=status, administrator=status) for status in (200, 400)
)

AFTER_MEETINGS: dict[str, Expected] = {
    **dict.fromkeys(
        ("catch_up", "minutes", "minutes_versions", "transcript", "transcript_file"), reading("meeting")
    ),
    # None of this table came to the meeting: each reads the page, none may ask.
    "contest_minutes": Expected(_all(200), _all(400), "meeting"),
    **dict.fromkeys(
        ("write_minutes", "answer_amendments", "recordings", "give_transcript"),
        Expected(WRITERS_200, WRITERS_400, "meeting"),
    ),
}
