"""The table itself. A new route is a new line here, or the build fails."""

from matrix.expectations import (
    Expected,
    _all,
    _staff,
    administrators_act,
    administrators_form,
    administrators_reading,
    agents_act,
    agents_form,
    agents_reading,
    moved,
    reading,
    staff_reading,
)

# Pages of one Record, which show nothing of what is not public.
RECORD_PAGES = (
    "idea", "debate", "mandate", "meeting", "theme", "answer", "decision", "commitment", "action", "evidence",
    "fil", "fil_back", "journal_proof",
)  # fmt: skip

SIGNED_IN_ONLY = _all(200, anonymous=302, suspended=302)
# The territory's three accounts and the neighbour have a password; the others sign in by code.
NO_PASSWORD = {"administrator": 302, "moderator": 302}
WITH_A_PASSWORD = _all(200, anonymous=302, suspended=302, **NO_PASSWORD)
CHANGES_ITS_PASSWORD = _all(200, anonymous=302, suspended=302, administrator=302, moderator=302)
CHOOSES_A_PASSWORD = _all(302, administrator=200, moderator=200)
# Who has a password types it again first; who signs in by code has just done as much.
GIVEN_IF_PROVED = _all(302, administrator=200, moderator=200)
ASKED_IF_PROVED = _all(302, administrator=400, moderator=400)
ADMINISTRATORS_ONLY = _all(403, anonymous=302, suspended=302, administrator=200)
STAFF_302 = {"agent": 302, "official": 302, "administrator": 302, "moderator": 302, "neighbour": 302}
STAFF_200 = dict.fromkeys(STAFF_302, 200)
# Staff have an application, and no passkey; the citizen has neither.
WITH_A_FACTOR = _all(302, **STAFF_200)
SETS_ONE_UP = _all(200, anonymous=302, suspended=302, **STAFF_302)
TAKES_ONE_AWAY = _all(404, anonymous=302, suspended=302, **STAFF_200)
HAS_NO_CODES = NOT_HERS = _all(404, anonymous=302, suspended=302)
HOME_IF_SIGNED_IN = _all(302, anonymous=200, suspended=200)
TOKEN = {"token": "x" * 80}

EXPECTED: dict[str, Expected] = {
    # reading
    "home": reading(),
    "participate": reading(),
    "mandates": reading(),
    "mandate": reading("mandate"),
    "process": reading(),
    "process_by_code": moved("process"),
    "process_answers": reading(),
    "process_balance": reading(),
    "heard": reading(),
    "heard_csv": reading(),
    "ideas": reading(),
    "idea": reading("idea"),
    "debate": reading("debate"),
    "comment_in_place": moved("comment"),
    "theme": reading("theme"),
    "answer": reading("answer"),
    "decision": reading("decision"),
    "commitments": reading(),
    "commitment": reading("commitment"),
    "action": reading("action"),
    "evidence": reading("evidence"),
    "fil": reading("idea"),
    "fil_back": reading("evidence"),
    "agenda": reading(),
    "meeting": reading("meeting"),
    "search": reading(),
    "find": reading(),
    "short_address": moved("idea"),
    "journal": reading(),
    "journal_proof": reading("idea"),
    "plus": reading(),
    "comment-ca-marche": reading(),
    "accessibilite": reading(),
    "donnees-personnelles": reading(),
    "mentions-legales": reading(),
    "mineurs": reading(),
    "analyse-d-impact": reading(),
    "register": reading(),
    "register_csv": reading(),
    "register_json": reading(),
    "methodes": reading(),
    "english": Expected(_all(302), _all(302)),
    "appearance": Expected(_all(200), _all(405), values={"colour": "0f5257"}),
    "robots": reading(),
    "sitemap": reading(),
    "security_txt": reading(),
    "healthz": Expected(_all(200), _all(200)),
    "readyz": Expected(_all(200), _all(200)),
    "metrics": Expected(_all(404), _all(405)),  # for who holds the token, a collector of figures
    "export_entries": reading(),
    "export_openings": reading(),
    "export_heads": reading(),
    "export_key": reading(),
    "export_readme": reading(),
    "file": Expected(_all(404), _all(405), values={"sha256": "0" * 64}),
    "thumbnail": Expected(_all(404), _all(405), values={"sha256": "0" * 64, "width": 320}),
    # saying and marking: anyone may; an empty form is shown again with what is missing
    "say": Expected(_all(200), _all(400)),
    "comment": Expected(_all(200), _all(400), "idea"),
    "support": Expected(_all(405), _all(302), "idea"),
    # who has no account is asked where to write to her
    "follow": Expected(_all(200), _all(302, anonymous=200, suspended=200), "idea"),
    "receipt": Expected(_all(404), _all(405), "idea", TOKEN),
    "use_key": Expected(_all(405), _all(400)),
    "class_enter": reading(),
    "class_say": Expected(_all(200), _all(400), values={"code": "CLASS"}),
    "class_next": Expected(_all(405), _all(302), values={"code": "CLASS"}),
    "class_receipt": Expected(_all(404), _all(405), values={"code": "CLASS", "public": "K7P-4RM", **TOKEN}),
    "withdraw_idea": Expected(_all(404), _all(404), "idea"),
    "withdraw_comment": Expected(_all(404), _all(404), "comment"),
    # one's own
    "my_account": Expected(SIGNED_IN_ONLY, _all(405)),
    "close_account": Expected(SIGNED_IN_ONLY, _all(400, anonymous=302, suspended=302)),
    "my_data": Expected(SIGNED_IN_ONLY, GIVEN_IF_PROVED),
    "erase_me": Expected(SIGNED_IN_ONLY, ASKED_IF_PROVED),
    "my_consents": Expected(SIGNED_IN_ONLY, _all(302)),
    "my_follows": Expected(_all(200), _all(302)),
    "stop_mails": Expected(_all(404), _all(404), values=TOKEN),
    "confirm_address": Expected(_all(404), _all(404), values=TOKEN),
    "ask_parent": Expected(
        _all(404, anonymous=200, suspended=200), _all(404, anonymous=400, suspended=400), "idea"
    ),
    "agreement_child": Expected(_all(404), _all(404), values=TOKEN),
    "agreement_parent": Expected(_all(404), _all(404), values=TOKEN),
    "mailbox": Expected(_all(404), _all(405)),
    "demo_enter": Expected(_all(404), _all(404)),
    "account_login": Expected(HOME_IF_SIGNED_IN, HOME_IF_SIGNED_IN),
    "account_request_login_code": Expected(HOME_IF_SIGNED_IN, HOME_IF_SIGNED_IN),
    "account_confirm_login_code": Expected(_all(302), _all(302)),
    "account_signup": Expected(HOME_IF_SIGNED_IN, HOME_IF_SIGNED_IN),
    "account_logout": Expected(_all(200, anonymous=302, suspended=302), _all(302)),
    "account_inactive": Expected(_all(200), _all(405)),
    "account_email_verification_sent": Expected(_all(302), _all(302)),
    "account_email": Expected(SIGNED_IN_ONLY, _all(302)),
    # whoever signed in a minute ago is let by; what each proof asks is in the tests of accounts
    "account_reauthenticate": Expected(WITH_A_PASSWORD, WITH_A_PASSWORD),
    "account_prove_by_code": Expected(_all(302), _all(302)),
    "mfa_reauthenticate": Expected(WITH_A_FACTOR, WITH_A_FACTOR),
    "mfa_reauthenticate_webauthn": Expected(_all(302), _all(302)),
    "mfa_authenticate": Expected(_all(302), _all(302)),
    "mfa_login_webauthn": Expected(_all(302), _all(302)),
    "mfa_index": Expected(SIGNED_IN_ONLY, _all(405)),
    "second_factor_demanded": Expected(SIGNED_IN_ONLY, _all(405)),
    "mfa_activate_totp": Expected(SETS_ONE_UP, SETS_ONE_UP),
    "mfa_deactivate_totp": Expected(TAKES_ONE_AWAY, _all(404, anonymous=302, suspended=302, **STAFF_302)),
    "mfa_view_recovery_codes": Expected(HAS_NO_CODES, _all(405, anonymous=302, suspended=302)),
    "mfa_generate_recovery_codes": Expected(SIGNED_IN_ONLY, SIGNED_IN_ONLY),
    "mfa_download_recovery_codes": Expected(HAS_NO_CODES, HAS_NO_CODES),
    "mfa_list_webauthn": Expected(_all(302), _all(405)),
    "mfa_add_webauthn": Expected(SIGNED_IN_ONLY, SIGNED_IN_ONLY),
    "mfa_edit_webauthn": Expected(NOT_HERS, NOT_HERS),
    "mfa_remove_webauthn": Expected(NOT_HERS, NOT_HERS),
    "my_devices": Expected(SIGNED_IN_ONLY, _all(302)),
    "invitation": Expected(_all(404), _all(404), values={"secret": "x" * 17}),
    "account_change_password": Expected(CHANGES_ITS_PASSWORD, CHANGES_ITS_PASSWORD),
    "account_set_password": Expected(CHOOSES_A_PASSWORD, CHOOSES_A_PASSWORD),
    "account_reset_password": Expected(_all(200), _all(200)),
    "account_reset_password_done": Expected(_all(200), _all(405)),
    "account_reset_password_from_key": Expected(_all(200), _all(200), values={"uidb36": "0", "key": "x"}),
    "account_reset_password_from_key_done": Expected(_all(200), _all(405)),
    # the desk
    "desk": staff_reading(),
    "desk_authority": administrators_reading(),
    "desk_declaration": administrators_form(),
    "desk_appearance": administrators_form(302),  # both fields may be empty: the product's own appearance
    "desk_languages": administrators_form(),
    "desk_holders": agents_reading(),
    "desk_hand_over_service": agents_form(),
    "desk_hand_over_answers": agents_form(),
    "desk_help": Expected(ADMINISTRATORS_ONLY, _all(403, anonymous=302, suspended=302, administrator=400)),
    "stop_helping": Expected(_all(405), _all(302)),
    "desk_people": administrators_reading(),
    "desk_end_role": administrators_form(302),
    "desk_forget_factor": administrators_form(302),
    "desk_invitations": administrators_reading(),
    "desk_invite": administrators_form(),
    "desk_withdraw_invitation": administrators_act(),
    "desk_new_mandate": agents_form(),
    "desk_mandate": agents_reading("mandate"),
    "desk_publish_mandate": agents_act("mandate"),
    "desk_new_process": agents_form("mandate"),
    "desk_process": staff_reading(),
    "desk_move_stage": agents_form(step="listening"),
    "desk_finish_stage": Expected(_staff(200), _staff(302), values={"step": "listening"}),
    "desk_grouping": Expected(_staff(200), _staff(302)),
    "desk_new_theme": agents_form(),
    "desk_ungroup": agents_act("idea"),
    "desk_inadmissible": agents_form("idea"),
    "desk_readmit": agents_form("idea"),
    "desk_answers": staff_reading(),
    "desk_write_answer": agents_form("theme"),
    "desk_answer": staff_reading("answer"),
    # agents write, officials alone sign
    "desk_sign_answer": Expected(_all(405), _all(403, anonymous=302, suspended=302, official=302), "answer"),
    "desk_new_decision": agents_form(),
    "desk_new_commitment": agents_form("decision"),
    "desk_commitment": staff_reading("commitment"),
    "desk_move_commitment": agents_form("commitment"),
    "desk_new_action": agents_form("commitment"),
    "desk_move_action": agents_form("action"),
    "desk_add_evidence": agents_form("commitment"),
    "desk_postpone": agents_form("commitment", owed="commitment"),
    "desk_withdraw": agents_form("commitment"),
    "desk_classes": agents_reading(),
    "desk_new_class": agents_form(),
    "desk_close_class": agents_act(),
    "desk_new_meeting": agents_form(),
    "desk_report_meeting": agents_form("meeting"),
}
