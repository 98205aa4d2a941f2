"""The routes of meetings, as ``matrix.table`` holds them. The world's meeting is over, and its account is published."""

from uuid import UUID

from matrix.expectations import (
    Expected,
    _all,
    _staff,
    agents_act,
    agents_form,
    agents_reading,
)

TOKEN = {"token": "x" * 80}
NOBODYS_PLACE = {"secret": "0" * 32}
NO_ROW = str(UUID(int=0))

MEETINGS: dict[str, Expected] = {
    # It is over: neither a video nor a place are there any more.
    "meeting_video": Expected(_all(404), _all(404), "meeting"),
    "meeting_video_join": Expected(_all(404), _all(405), "meeting"),
    "register_for_meeting": Expected(_all(200), _all(400), "meeting"),
    "registration_receipt": Expected(_all(404), _all(405), "meeting", TOKEN),
    "my_registration": Expected(_all(404), _all(404), "meeting", NOBODYS_PLACE),
    "confirm_registration": Expected(_all(405), _all(404), "meeting", NOBODYS_PLACE),
    "give_registration_up": Expected(_all(405), _all(404), "meeting", NOBODYS_PLACE),
    "desk_meetings": agents_reading(),
    "desk_new_meeting": agents_form(),
    "desk_new_meeting_alone": agents_form(),
    "desk_meeting": agents_reading("meeting"),
    "desk_change_meeting": agents_form("meeting"),
    "desk_announce_meeting": agents_act("meeting"),
    "desk_postpone_meeting": agents_form("meeting"),
    "desk_cancel_meeting": agents_form("meeting"),
    "desk_arrange_meeting": agents_form("meeting"),
    # Every text may be left out; but the meeting is over.
    "desk_meeting_briefing": Expected(_staff(200), _staff(409), "meeting"),
    "desk_add_item": agents_form("meeting"),
    "desk_change_item": Expected(_staff(404), _staff(404), "meeting", {"item": NO_ROW}),
    "desk_move_item_up": agents_act("meeting", 404, item=NO_ROW),
    "desk_move_item_down": agents_act("meeting", 404, item=NO_ROW),
    "desk_remove_item": agents_act("meeting", 404, item=NO_ROW),
    "desk_name_to_meeting": agents_form("meeting"),
    "desk_part_from_meeting": agents_act("meeting", 404, member=NO_ROW),
    "desk_registrations": agents_reading("meeting"),
    "desk_report_meeting": agents_form("meeting"),
}
