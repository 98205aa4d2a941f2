"""Every page has its line among those that the grid looks at, or its reason for having none."""

import sys
from pathlib import Path

from django.urls import Resolver404, resolve
from routes import all_routes

sys.path.append(str(Path(__file__).parents[1] / "prove"))
from pages_to_see import PAGES

FILES = "no page: what programs, feed readers, agendas and spreadsheets read"
ACTS = "no page: an act that is posted and leads to a page"
MOMENTS = "a page of a moment: its journey in a browser looks at it, with axe"
NOT_SEEN = {
    **dict.fromkeys(
        (
            "healthz", "readyz", "metrics", "scim_users", "scim_user", "scim_config", "appearance", "robots",
            "sitemap", "security_txt", "register_csv", "register_json", "heard_csv", "file", "thumbnail",
            "identity_metadata", "mfa_download_recovery_codes", "map_geojson", "map_csv", "outline",
            "street_sessions_geojson", "process_map_geojson", "process_map_csv", "similar", "figure_file",
            "process_figure_file", "fil_figure_file", "live", "moderation_csv",
            "fil_figure_file", "live", "desk_tracker_csv", "commitments_csv",
            "fil_figure_file", "live", "desk_answer_sheet_file",
            "fil_figure_file", "live", "logo", "sounding_csv", "sounding_json",
            "fil_figure_file", "live", "logo", "meeting_stream", "meeting_since",
            "fil_figure_file", "live", "balance_pdf", "desk_kit", "desk_kit_preview",
            "desk_printed_forms", "desk_scan_picture", "desk_code_kits", "desk_code_kit_whole", "desk_code_kit_piece",
            "relay_kit", "relay_piece", "talk_picture",
            "archives_package", "channel_hook", "terrain_agent", "terrain_manifest", "talk_worker",
            "field_sessions", "field_state", "desk_street_file", "transcript_file",
            "desk_census_sample", "desk_campaign_missing_file", "desk_flow_file", "desk_letter_file",
        ),
        FILES,
    ),
    **dict.fromkeys(
        (
            "stop_house_code", "stop_helping_house", "desk_end_facilitator",
            "say_on_charter", "count_charter", "give_up_right", "give_role_in_turn",
            "stand_in_draw", "draw_role", "ask_for_skill", "confirm_skill", "give_skill_back", "support_point",
            "withdraw_point", "say_on_opinion", "count_opinion", "hold_minority_view", "tell_rating",
            "english", "process_by_code", "short_address", "stop_helping", "desk_publish_mandate", "desk_publish_process",
            "desk_look", "desk_unschedule", "desk_renew_preview", "desk_throw_away",
            "desk_sign_answer", "desk_ungroup", "desk_withdraw_invitation", "identity_leave", "identity_back",
            "identity_saml", "identity_saml_end", "mfa_login_webauthn", "organisation_join_link",
            "desk_keeper_link", "accept_to_speak", "support", "comment_in_place", "class_next", "use_key",
            "desk_close_class", "account_prove_by_code", "withdraw_idea", "withdraw_comment", "talk_ring",
            "end_my_mandate", "desk_forget_factor", "answer_poll", "confirm_registration", "give_registration_up",
            "meeting_video_join", "desk_announce_meeting", "desk_move_item_up", "desk_move_item_down", "desk_remove_item",
            "desk_part_from_meeting", "take_back_answer", "desk_open_poll",
            "give_voice", "act_on_vote", "drop_count", "act_in_meeting", "ask_for_floor",
            "end_my_mandate", "desk_forget_factor", "answer_poll", "take_back_answer", "desk_open_poll",
            "support_wall_question", "mark_wall_question", "take_back_wall_question", "merge_wall_questions",
            "read_wall_first", "close_wall", "act_on_wall_question", "answer_wall_question",
            "desk_retire_code", "desk_let_screens_go",
            "desk_publish_flow", "desk_shut_flow", "desk_add_flow_step", "desk_move_flow_step", "desk_remove_flow_step",
            "desk_drop_public", "desk_tick_campaign_step", "desk_drop_campaign_step",
            "desk_erase_list", "desk_steer_wave", "desk_retire_template",
            "desk_publish_flow_file", "desk_remove_flow_file", "desk_remove_letter_file",
            "field_prepare", "field_send", "field_file", "desk_drop_street_text",
            "desk_drop_tally", "desk_settle_scan_page",
            "desk_publish_held", "desk_close_alarm",
            "put_out_update_link",
            "desk_approve_answer", "desk_ask_for_two",
            "desk_choose_in_sheet", "desk_apply_sheet", "desk_drop_sheet",
            "desk_set_step_aside", "desk_take_step_up",
            "desk_take_logo_down",
            "desk_hold_back", "desk_end_exception", "desk_reread",
            "desk_sort_conversation", "desk_retire_tag", "desk_drop_reply", "desk_ask_approval",
            "desk_take_back_approval",
            "unname_me",
        ),
        ACTS,
    ),
    **dict.fromkeys(
        (
            "house_codes", "new_house_code", "propose_charter", "announce_draw", "lay_down_role",
            "leave_word", "new_house_topic", "set_word_aside", "new_agenda_point", "new_house_meeting", "place_point",
            "write_opinion", "propose_opinion", "new_minority_view", "send_referral", "rate_answer", "write_handing",
            "hand_over_mandate", "desk_open_house", "desk_promise_point",
            "account_confirm_login_code", "mfa_authenticate", "account_email_verification_sent",
            "account_change_password", "account_reset_password_from_key",
            "account_reset_password_from_key_done", "account_reauthenticate", "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn", "mfa_deactivate_totp", "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes", "mfa_list_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
            "change_vote", "amend_vote", "verify_count",
            "terrain", "talk", "talk_frame", "talk_kiosk", "talk_kiosk_begin",
            "registration_receipt", "meeting_video",
            "contest_minutes",
            "receipt", "class_receipt", "notice_receipt", "desk_unmerge", "desk_unsplit", "desk_readmit",
            "receipt", "class_receipt", "desk_unmerge", "desk_unsplit", "desk_readmit",
            "desk_publish_paper_batch",
            "desk_settle_paper_batch", "desk_answer_sheet", "desk_suggestion", "desk_take_file_off",
            "archives", "receipt", "class_receipt", "desk_unmerge", "desk_unsplit", "desk_readmit",
            "receipt", "class_receipt", "letter_receipt", "desk_unmerge", "desk_unsplit", "desk_readmit",
        ),
        MOMENTS,
    ),
}  # fmt: skip
FEEDS = ("feed_", "export_")
DATES = "_dates"


class AnyName(dict):
    """What stands for each name in an address, in the shape that its route takes."""

    def __missing__(self, name):
        return "abc" if name in ("slug", "closed") else "K7P-4RM"


def seen_routes():
    uuid = dict.fromkeys(
        (
            "official",
            "device",
            "keeper",
            "member",
            "speaking",
            "service",
            "grant",
            "seat",
            "tally",
            "pile",
            "typed",
            "group",
            "reserve",
            "tag",
            "template",
            "check",
            "flow",
            "campaign",
            "public",
            "campaign_step",
            "address_list",
            "capture",
            "item",
        ),
        "00000000-0000-7000-8000-000000000000",
    )
    for page in PAGES.values():
        path = page.path.format_map(AnyName(uuid)).partition("?")[0]
        try:
            yield resolve(path).view_name
        except Resolver404:
            assert path in ("/nulle-part", "K7P-4RM"), path


def test_every_page_is_looked_at_or_says_why_not():
    names = {route.name for route in all_routes()}
    files = {name for name in names if name.startswith(FEEDS) or name.endswith(DATES)}
    seen = set(seen_routes())
    assert sorted(names - files - seen - NOT_SEEN.keys()) == []
    assert sorted(NOT_SEEN.keys() - names) == [], "these are no routes any more"
    assert sorted(NOT_SEEN.keys() & seen - {"class_receipt"}) == [], (
        "these are looked at: take them off the list"
    )
