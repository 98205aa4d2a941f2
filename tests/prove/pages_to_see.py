"""Every type of page, with an address on the demonstration territory and who looks at it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from campaign_pages import CAMPAIGN_PAGES, CAMPAIGN_ROWS
from on_pages import (
    answer_a_question,
    ask_for_no_change,
    look_at_message,
    offer_a_seat,
    open_map,
    open_pick,
    say_in_class,
    send_empty,
    tap_first,
)
from playwright.sync_api import Page as Tab
from real_product import open_process
from stories import (
    AGREEMENT,
    APPROVAL_ASKED,
    ASSIGNED,
    CLASS,
    DEBATE,
    DRAFT,
    MODERATED,
    PAPER,
    PROCESS_ASKED,
    RELAY,
    SEAT_OFFERED,
    STREET,
    TALLY,
    UPDATE_ASKED,
    WRITTEN,
)
from whose import (
    CLOSED,
    CLUB,
    FLOW,
    GRANT,
    INBOX_TAG,
    LATE,
    LETTER,
    MEMBERS,
    OFFICIAL_ID,
    ONE_OF,
    REPLY_TEMPLATE,
    SEEN,
    SERVICE,
    SITTING,
    SPEAKING,
    TALKED_ABOUT,
    THEME_TO_ANSWER,
    TO_SIGN,
    TOLD_ABOUT,
    TWINS,
)

ANYONE, CITIZEN, AGENT, OFFICIAL, ADMINISTRATOR = "", "gabriel", "nathalie", "odile", "dominique"
APPOINTING, MEMBER = "mado", "nour"
KINDS = (
    "mandate", "idea", "debate", "meeting", "theme", "answer", "decision", "commitment", "action", "evidence",
    "organisation", "observatory", "hearing", "verdict", "poll",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """``path`` in French, with the names of ``codes_of``; ``status``: its answer; ``then``: what is done on it."""

    path: str
    who: str = ANYONE
    status: int = 200
    is_reading: bool = False  # held to the weight of a page that is read
    then: Callable[[Tab], None] | None = None


def reading(path: str) -> Seen:
    return Seen(path, is_reading=True)


def send_empty(tab: Tab) -> None:
    """Send the page's main form as it is."""
    tab.evaluate(
        "document.querySelectorAll('main form[method=post] [required]').forEach(f => f.required = false)"
    )
    with tab.expect_navigation():
        tab.locator("main form[method=post]").first.evaluate(
            "form => { form.noValidate = true; form.requestSubmit() }"
        )


def tap_first(tab: Tab) -> None:
    """Answer the question with its first option."""
    with tab.expect_navigation():
        tab.locator("main button[name=choice]").first.click()


def follow_the_screen_s_link(tab: Tab) -> None:
    """Open, on this device, the link that the desk shows."""
    tab.goto(urlsplit(tab.locator("#screen").inner_text()).path)


def make_it_the_kiosk(tab: Tab) -> None:
    follow_the_screen_s_link(tab)
    with tab.expect_navigation():
        tab.get_by_role("main").get_by_role("button").click()


def tap_on_the_kiosk(tab: Tab) -> None:
    make_it_the_kiosk(tab)
    tap_first(tab)


def ask_for_no_change(tab: Tab) -> None:
    """Send the second form of an approval, which asks for a change, without saying which."""
    with tab.expect_navigation():
        tab.locator("main details form").evaluate("form => form.requestSubmit()")


def say_in_class(tab: Tab) -> None:
    tab.locator("main textarea").fill("Un garage à vélos devant le collège.")
    with tab.expect_navigation(url="**/recu/**"):
        tab.locator("main form[method=post]").first.evaluate("form => form.requestSubmit()")


def answer_a_question(tab: Tab) -> None:
    if tab.locator("main .poll-change").count():  # she answered on an earlier picture: she changes her mind
        tab.locator("main .poll-change summary").click()
    with tab.expect_navigation():
        tab.locator("main button[name=option]").first.click()


def offer_a_seat(tab: Tab) -> None:
    """Fill the act in, and look at the link, which is shown once."""
    tab.locator("[name=act_reference]").fill("Procès-verbal du tirage au sort")
    tab.locator("[name=act_on]").evaluate("field => { field.valueAsDate = new Date() }")
    with tab.expect_navigation():
        tab.locator("main form[method=post]").first.evaluate("form => form.requestSubmit()")


def open_map(tab: Tab) -> None:
    """Old enough to be named, she opens the map on which one points."""
    tab.locator("select[name=age_band]").select_option("26_64")
    tab.locator("[data-pick] summary").click()
    tab.locator("[data-pick][data-ready]").wait_for()


WHOLE, OPEN = "/concertations/{closed}", "/concertations/{slug}"
PUBLIC = {
    "home": reading("/"),
    "participate": reading("/participer"),
    "mandates": reading("/commandes"),
    "mandate": reading("/commandes/{mandate}"),
    "process": reading(WHOLE),
    "process_open": reading(OPEN),
    "ideas": reading(f"{WHOLE}/idees"),
    "ideas_ticked": reading(f"{WHOLE}/idees?origine=street"),
    "ideas_open": reading(f"{OPEN}/idees"),
    # A map is a tool, not a page that is read: held to no weight, its script comes with it.
    "map": Seen("/carte"),
    "process_map": Seen(f"{WHOLE}/carte"),
    "process_map_ticked": Seen(f"{WHOLE}/carte?origine=street"),
    "idea": reading("/idees/{talked}"),
    "idea_answered": reading("/idees/{told}"),
    "debate": reading("/debats/{debate}"),
    "heard": reading(f"{WHOLE}/entendu"),
    "figures": reading("/chiffres"),
    "figure": reading("/chiffres/semaines"),
    "figure_fil": reading("/fil/{theme}/figure"),
    "figure_fil_embed": Seen("/fil/{theme}/figure/integrer"),
    "figure_gauge": reading(f"{WHOLE}/figures/engagements"),
    "figure_flow": reading(f"{WHOLE}/figures/parcours"),
    "figure_flow_embed": Seen(f"{WHOLE}/figures/parcours/integrer"),
    "figure_embed": Seen("/chiffres/origines/integrer"),
    "process_figure_embed": Seen(f"{WHOLE}/figures/parcours/integrer"),
    "process_answers": reading(f"{WHOLE}/reponses"),
    "process_balance": reading(f"{WHOLE}/bilan"),
    "theme": reading("/sujets/{theme}"),
    "answer": reading("/reponses/{answer}"),
    "decision": reading("/decisions/{decision}"),
    "commitments": reading("/engagements"),
    "commitment": reading("/engagements/{commitment}"),
    "commitment_late": reading("/engagements/{late}"),
    "action": reading("/actions/{action}"),
    "evidence": reading("/preuves/{evidence}"),
    "fil": reading("/fil/{told}"),
    "fil_back": reading("/fil/{evidence}/retour"),
    "agenda": reading("/agenda"),
    "organisations": reading("/organisations"),
    "organisation": reading("/organisations/{club}"),
    "organisation_body": reading("/organisations/{organisation}"),
    "observatory_all": reading("/observatoire"),
    "observatory_split": reading("/observatoire?desaccord=1"),
    "observatory": reading("/observatoires/{observatory}"),
    "hearing": reading("/auditions/{hearing}"),
    "verdict": reading("/avis/{verdict}"),
    "moderation": reading("/moderation"),
    "ruling": reading("/moderation/{ruling}"),
    "idea_hidden": Seen("/idees/{hidden}", status=410),
    "idea_waiting": Seen("/idees/{held}"),
    "officials": reading("/elus"),
    "page": reading("/pages/maisons-des-services"),
    "news": reading("/actualites"),
    "news_piece": reading("/actualites/{news}"),
    "columns": reading("/tribunes"),
    "column": reading("/tribunes/{column}"),
    "reserve": reading("/periode-de-reserve"),
    "official": reading("/elus/{official}"),
    "official_orders": reading("/elus/{official}?voir=commandes"),
    "meeting": reading("/rencontres/{meeting}"),
    "street_sessions": Seen("/rendez-vous-de-rue"),
    "street_sessions_past": Seen("/rendez-vous-de-rue?etat=passes"),
    "street_session_ahead": reading("/rendez-vous-de-rue/{street_ahead}"),
    "street_session": reading("/rendez-vous-de-rue/{street}"),
    "street_wall": Seen("/rendez-vous-de-rue/{street}/mur"),
    "street_slip": Seen("/retrouver?code={slip}"),
    "polls": reading("/questions"),
    "polls_closed": reading("/questions?etat=closes"),
    "poll": reading("/questions/{poll}"),
    "poll_answered": Seen("/questions/{poll}", then=answer_a_question),
    "search": reading("/recherche?q=bus"),
    "search_empty": reading("/recherche?q=xylophone"),
    "search_asked": reading("/recherche"),
    "journal": reading("/journal"),
    "journal_proof": reading("/journal/preuve/{told}"),
    "text_plus": reading("/plus"),
    "text_how": reading("/comment-ca-marche"),
    "text_access": reading("/accessibilite"),
    "text_data": reading("/donnees-personnelles"),
    "text_minors": reading("/mineurs"),
    "text_impact": reading("/analyse-d-impact"),
    "register": reading("/registre-des-traitements"),
    "text_legal": reading("/mentions-legales"),
    "text_methods": reading("/methodes"),
    "gone": Seen("/idees/{gone}", status=410),
    "not_found": Seen("/nulle-part", status=404),
}
TAKING_PART = {
    "say": Seen(f"{OPEN}/dire"),
    "say_for": Seen(f"{OPEN}/dire", CITIZEN),
    "say_pointing": Seen(f"{OPEN}/dire", then=open_map),
    "say_refused": Seen(f"{OPEN}/dire", status=400, then=send_empty),
    "say_closed": Seen(f"{WHOLE}/dire"),
    "receipt": Seen("{receipt}"),
    "comment": Seen("/paroles/{talked}/commenter"),
    "follow": Seen("/suivre/{talked}"),
    "ask_parent": Seen("/accord/demander/{talked}"),
    "agreement_child": Seen("/accord/enfant/{child}"),
    "agreement_parent": Seen("/accord/parent/{parent}"),
    "approve_draft": Seen("/approbation/{approval}"),
    "approve_draft_of_process": Seen("/approbation/{process_approval}"),
    "approve_draft_refused": Seen("/approbation/{approval}", status=400, then=ask_for_no_change),
    "tell_news": Seen("/point-d-etape/{update}"),
    "tell_news_refused": Seen("/point-d-etape/{update}", status=409, then=send_empty),
    "tell_news_over": Seen("/point-d-etape/fini", status=404),
    "agreement_over": Seen("/accord/parent/fini", status=404),
    "class_enter": Seen("/classe"),
    "class_say": Seen("/classe/{lesson}"),
    "class_receipt": Seen("/classe/{lesson}", then=say_in_class),
    "notify": Seen("/signaler/{signalled}"),
    "notify_refused": Seen("/signaler/{signalled}", status=400, then=send_empty),
    "notice_receipt": Seen("{notice}"),
    "follow_notice": Seen("/signalement"),
    "contest_ruling": Seen("/moderation/{ruling}/contester"),
    "find": Seen("/retrouver"),
    "find_unknown": Seen("/retrouver?code=K7P-4RM", status=404),
    "key_refused": Seen("/retrouver", status=400, then=send_empty),
}
ACCOUNTS = {
    "sign_in": Seen("/connexion"),
    "sign_up": Seen("/compte/creer"),
    "sign_up_refused": Seen("/compte/creer", then=send_empty),
    "sign_in_by_code": Seen("/connexion/code"),
    "stop_no_more": Seen("/desabonnement/fini", status=404),
    "mail_trial_no_more": Seen("/essai/fini", status=404),
    "confirm_no_more": Seen("/confirmer/fini", status=404),
    "password_lost": Seen("/compte/mot-de-passe/oublie"),
    "password_lost_sent": Seen("/compte/mot-de-passe/envoye"),
    "inactive": Seen("/compte/inactif"),
    "demo": Seen("/demo/entrer"),
    "mailbox": Seen("/courrier"),
    "follows_of_nobody": Seen("/suivis"),
    "account": Seen("/compte", CITIZEN),
    "follows": Seen("/suivis", CITIZEN),
    "follows_address": Seen("/suivis/adresse", CITIZEN),
    "follows_address_made": Seen("/suivis/adresse", CITIZEN, then=send_empty),
    "my_organisations": Seen("/compte/organisations", CITIZEN),
    "my_columns": Seen("/compte/tribunes", CITIZEN),
    "new_column": Seen("/compte/tribunes/{group}/nouvelle", CITIZEN),
    "change_column": Seen("/compte/tribunes/{column}/modifier", CITIZEN),
    "my_organisations_none": Seen("/compte/organisations", AGENT),
    "leave_organisation": Seen("/compte/organisations/{keeper}/quitter", CITIZEN),
    "organisation_members": Seen("/organisations/{club}/membres", CITIZEN),
    "organisation_link": Seen("/organisations/{club}/membres", CITIZEN, then=send_empty),
    "organisation_words": Seen("/organisations/{club}/modifier", CITIZEN),
    "organisation_propose": Seen("/organisations/{club}/membres/{member}/habilitation", CITIZEN),
    "organisation_hand_over": Seen("/organisations/{club}/membres/{member}/confier", CITIZEN),
    "organisation_end": Seen("/organisations/{club}/membres/{member}/terminer", CITIZEN),
    "organisation_end_mandate": Seen("/organisations/{club}/habilitations/{speaking}/terminer", CITIZEN),
    "join_no_more": Seen("/rejoindre/34679-ACDEF-GHJKM", status=404),
    "addresses": Seen("/compte/adresses", CITIZEN),
    "password": Seen("/compte/mot-de-passe/choisir", CITIZEN),
    "close_account": Seen("/compte/fermer", CITIZEN),
    "close_account_owing": Seen("/compte/fermer", OFFICIAL),
    "moderation_bin": Seen("/moderation/corbeille", CITIZEN),
    "my_data": Seen("/compte/donnees", CITIZEN),
    "erase_me": Seen("/compte/effacer", CITIZEN),
    "consents": Seen("/compte/accords", CITIZEN),
    "consents_of_nobody_told": Seen("/compte/accords", AGENT),
    "security": Seen("/compte/securite", CITIZEN),
    "identities": Seen("/compte/identites", CITIZEN),
    "security_of_staff": Seen("/compte/securite", AGENT),
    "factor_demanded": Seen("/compte/securite/exigee", AGENT),
    "application": Seen("/compte/securite/application", CITIZEN),
    "passkey": Seen("/compte/securite/cles/ajouter", CITIZEN),
    "devices": Seen("/compte/appareils", CITIZEN),
    "invitation_no_more": Seen("/invitation/34679-ACDEF-GHJKM", status=404),
    "sign_out": Seen("/deconnexion", CITIZEN),
    "forbidden": Seen("/bureau", CITIZEN, status=403),
}
DESK, DESK_OPEN = "/bureau/concertations/{closed}", "/bureau/concertations/{slug}"
SCREENS = f"{DESK_OPEN}/conversations/{{flow}}/codes/BOR-MED/ecrans"
DESKS = {
    "desk": Seen("/bureau", AGENT),
    "desk_letters": Seen("/bureau/boite?file=en-cours", AGENT),
    "desk_conversation": Seen("/bureau/boite/{letter}", AGENT),
    "desk_call": Seen("/bureau/boite/appel", AGENT),
    "desk_call_refused": Seen("/bureau/boite/appel", AGENT, status=400, then=send_empty),
    "desk_give_conversation": Seen("/bureau/boite/{letter}/confier", AGENT),
    "desk_reopen_conversation": Seen("/bureau/boite/{letter}/rouvrir", AGENT),
    "desk_tags": Seen("/bureau/boite/mots-cles", AGENT),
    "desk_rename_tag": Seen("/bureau/boite/mots-cles/{tag}/renommer", AGENT),
    "desk_merge_tag": Seen("/bureau/boite/mots-cles/{tag}/fusionner", AGENT),
    "desk_replies": Seen("/bureau/boite/reponses-types", AGENT),
    "desk_new_reply": Seen("/bureau/boite/reponses-types/nouvelle", AGENT),
    "desk_change_reply": Seen("/bureau/boite/reponses-types/{template}", AGENT),
    "desk_publish_letter": Seen("/bureau/boite/{letter}/parole", AGENT),
    "write_to_us": Seen("/nous-ecrire"),
    "write_to_us_refused": Seen("/nous-ecrire", status=400, then=send_empty),
    "letter_key": Seen("/nous-ecrire/{letter}"),
    "letter_find": Seen("/nous-ecrire/reponse"),
    "desk_services": Seen("/bureau/services", AGENT),
    "desk_new_service": Seen("/bureau/services/nouveau", ADMINISTRATOR),
    "desk_new_official": Seen("/bureau/elus/nouveau", ADMINISTRATOR),
    "desk_official_account": Seen("/bureau/elus/{official}/compte", ADMINISTRATOR),
    "desk_end_office": Seen("/bureau/elus/{official}/terminer", ADMINISTRATOR),
    "desk_moderation": Seen("/bureau/moderation", ADMINISTRATOR),
    "desk_moderation_held": Seen("/bureau/moderation?quoi=relecture", ADMINISTRATOR),
    "desk_moderation_appeals": Seen("/bureau/moderation?quoi=recours", ADMINISTRATOR),
    "desk_moderation_alarms": Seen("/bureau/moderation?quoi=alertes", ADMINISTRATOR),
    "desk_moderate": Seen("/bureau/moderation/{signalled}", ADMINISTRATOR),
    "desk_moderate_refused": Seen(
        "/bureau/moderation/{signalled}", ADMINISTRATOR, status=400, then=send_empty
    ),
    "desk_moderate_held": Seen("/bureau/moderation/{held}", ADMINISTRATOR),
    "desk_answer_appeal": Seen("/bureau/moderation/recours/{ruling}", ADMINISTRATOR),
    "desk_first_words": Seen(f"{DESK_OPEN}/premieres-paroles", AGENT),
    "desk_start": Seen("/bureau/demarrer", ADMINISTRATOR),
    "desk_start_read": Seen("/bureau/demarrer", AGENT),
    "desk_authority": Seen("/bureau/collectivite", ADMINISTRATOR),
    "desk_identity": Seen("/bureau/collectivite/identite", ADMINISTRATOR),
    "desk_declaration": Seen("/bureau/collectivite/mentions", ADMINISTRATOR),
    "desk_appearance": Seen("/bureau/collectivite/apparence", ADMINISTRATOR),
    "desk_logo": Seen("/bureau/collectivite/logo", ADMINISTRATOR),
    "desk_mail_trial": Seen("/bureau/collectivite/messagerie", ADMINISTRATOR),
    "desk_territory": Seen("/bureau/collectivite/territoire", ADMINISTRATOR),
    "desk_legal": Seen("/bureau/collectivite/legal", ADMINISTRATOR),
    "desk_languages": Seen("/bureau/collectivite/langues", ADMINISTRATOR),
    "desk_hand_over_service": Seen("/bureau/services/{service}", ADMINISTRATOR),
    "desk_hand_over_answers": Seen("/bureau/elus/{official}", ADMINISTRATOR),
    "desk_end_role": Seen("/bureau/roles/{grant}/terminer", ADMINISTRATOR),
    "desk_organisations": Seen("/bureau/organisations", AGENT),
    "desk_publications": Seen("/bureau/publications", AGENT),
    "desk_new_publication": Seen("/bureau/publications/nouvelle", AGENT),
    "desk_new_publication_refused": Seen("/bureau/publications/nouvelle", AGENT, status=400, then=send_empty),
    "desk_publication": Seen("/bureau/publications/{page}", AGENT),
    "desk_change_publication": Seen("/bureau/publications/{page}/modifier", AGENT),
    "desk_publish": Seen("/bureau/publications/{draft_page}/publier", AGENT),
    "desk_add_file": Seen("/bureau/publications/{page}/fichier", AGENT),
    "desk_version": Seen("/bureau/publications/{page}/versions/2", AGENT),
    "desk_menus": Seen("/bureau/menus", ADMINISTRATOR),
    "desk_home": Seen("/bureau/accueil", ADMINISTRATOR),
    "desk_reserve": Seen("/bureau/reserve", ADMINISTRATOR),
    "desk_new_reserve": Seen("/bureau/reserve/nouvelle", ADMINISTRATOR),
    "desk_reserve_preview": Seen("/bureau/reserve/{reserve}/apercu", ADMINISTRATOR),
    "desk_reserve_dates": Seen("/bureau/reserve/{reserve}/dates", ADMINISTRATOR),
    "desk_reserve_exception": Seen("/bureau/reserve/{reserve}/exception", ADMINISTRATOR),
    "desk_accessibility": Seen("/bureau/accessibilite", ADMINISTRATOR),
    "desk_declare_accessibility": Seen("/bureau/accessibilite/nouvelle", ADMINISTRATOR),
    "desk_opposition": Seen("/bureau/opposition", ADMINISTRATOR),
    "desk_new_opposition_group": Seen("/bureau/opposition/nouveau", ADMINISTRATOR),
    "desk_opposition_members": Seen("/bureau/opposition/{group}/membres", ADMINISTRATOR),
    "desk_new_organisation": Seen("/bureau/organisations/nouvelle", AGENT),
    "desk_withdraw_organisation": Seen("/bureau/retirer/{club}", AGENT),
    "desk_observatories": Seen("/bureau/observatoires", AGENT),
    "desk_new_observatory": Seen("/bureau/observatoires/nouveau", ADMINISTRATOR),
    "desk_close_observatory": Seen("/bureau/observatoires/{observatory}/dissoudre", ADMINISTRATOR),
    "desk_reply_to_verdict": Seen("/bureau/avis/{verdict}/repondre", OFFICIAL),
    "desk_people": Seen("/bureau/personnes", ADMINISTRATOR),
    "desk_seen": Seen("/bureau/personnes/guichet", ADMINISTRATOR),
    "desk_revoke_seen": Seen("/bureau/personnes/guichet/{check}/reprendre", ADMINISTRATOR),
    "desk_note_seen": Seen("/bureau/personnes/guichet/noter", ADMINISTRATOR),
    "desk_invitations": Seen("/bureau/invitations", ADMINISTRATOR),
    "desk_tracker": Seen("/bureau/suivi", AGENT),
    "desk_tracker_late": Seen("/bureau/suivi?etat=late", OFFICIAL),
    "desk_asking_day": Seen("/bureau/suivi/jour", ADMINISTRATOR),
    "desk_mandate_asked": Seen("/bureau/commandes/{draft_order}", AGENT),
    "desk_street": Seen(f"{DESK_OPEN}/rue", AGENT),
    "desk_street_none": Seen("/bureau/concertations/{closed}/rue", AGENT),
    "desk_new_street_session": Seen(f"{DESK_OPEN}/rue/nouveau", AGENT),
    "desk_point_street_session": Seen(f"{DESK_OPEN}/rue/nouveau", AGENT, then=open_pick),
    "desk_new_street_session_refused": Seen(f"{DESK_OPEN}/rue/nouveau", AGENT, status=400, then=send_empty),
    "desk_street_session": Seen("/bureau/rue/{street_back}", AGENT),
    "desk_street_session_ahead": Seen("/bureau/rue/{street_ahead}", AGENT),
    "desk_change_street_session": Seen("/bureau/rue/{street_ahead}/modifier", AGENT),
    "desk_validate_street": Seen("/bureau/rue/{street_back}/valider", AGENT),
    "desk_revoke_device": Seen("/bureau/rue/{street_back}/appareils/{device}/couper", AGENT),
    "desk_import_street": Seen("/bureau/rue/{street_back}/reprendre", AGENT),
    "desk_add_street_text": Seen("/bureau/rue/{street_ahead}/textes", AGENT),
    "desk_correct_capture": Seen("/bureau/rue/{street_back}/saisies/{capture}", AGENT),
    "desk_set_capture_aside": Seen("/bureau/rue/{street_back}/saisies/{capture}/ecarter", AGENT),
    "desk_invite": Seen("/bureau/invitations/nouvelle", ADMINISTRATOR),
    "desk_invite_refused": Seen("/bureau/invitations/nouvelle", ADMINISTRATOR, status=400, then=send_empty),
    "desk_new_mandate": Seen("/bureau/commandes/nouvelle", AGENT),
    "desk_mandate_refused": Seen("/bureau/commandes/nouvelle", AGENT, status=400, then=send_empty),
    "desk_mandate": Seen("/bureau/commandes/{mandate}", AGENT),
    "desk_new_process": Seen("/bureau/commandes/{mandate}/concertation", AGENT),
    "desk_methods": Seen("/bureau/methodes", AGENT),
    "desk_method": Seen("/bureau/methodes/order_to_road_map", AGENT),
    "desk_method_not_yet": Seen("/bureau/methodes/petition", AGENT),
    "desk_prepare_question": Seen("/bureau/concertations/{draft}/preparer/question", AGENT),
    "desk_prepare": Seen("/bureau/concertations/{draft}/preparer/dates", AGENT),
    "desk_prepare_refused": Seen(
        "/bureau/concertations/{draft}/preparer/vie-privee", AGENT, status=400, then=send_empty
    ),
    "desk_check": Seen("/bureau/concertations/{draft}/verifier", AGENT),
    "desk_schedule": Seen("/bureau/concertations/{draft}/programmer", AGENT),
    "desk_duplicate": Seen(f"{DESK}/dupliquer", AGENT),
    "desk_rehearsal": Seen(f"{DESK}/essai", AGENT),
    "desk_rehearsal_page": Seen(f"{DESK}/essai/bilan/page", AGENT, status=404),
    "process_preview": Seen("/apercu/{preview}"),
    "process_preview_over": Seen("/apercu/x", status=410),
    "desk_process": Seen(DESK, AGENT),
    "desk_move_stage": Seen(f"{DESK}/etapes/action", AGENT),
    "desk_finish_stage": Seen(f"{DESK_OPEN}/etapes/listening/terminer", AGENT),
    "desk_grouping": Seen(f"{DESK}/sujets", AGENT),
    "desk_grouping_open": Seen(f"{DESK_OPEN}/sujets", AGENT),
    "desk_merge": Seen(f"{DESK_OPEN}/fusionner?code={{twin}}&code={{other}}", AGENT),
    "talk_begin": reading("/r/LYC-VAU"),
    "talk": Seen("/r/LYC-VAU", then=tap_first),
    "talk_after": reading("/r/LYC-VAU/suites"),
    "relay": Seen("/relais/{relay}"),
    "relay_no_more": Seen("/relais/x", status=404),
    "talk_frame_begin": reading("/cadre/LYC-VAU"),
    "talk_frame": Seen("/cadre/LYC-VAU", then=tap_first),
    "talk_kiosk_pair": Seen(SCREENS, AGENT, then=follow_the_screen_s_link),
    "talk_kiosk_begin": Seen(SCREENS, AGENT, then=make_it_the_kiosk),
    "talk_kiosk": Seen(SCREENS, AGENT, then=tap_on_the_kiosk),
    "talk_kiosk_no_link": Seen("/borne/BOR-MED/brancher/x", status=404),
    "desk_code_screens": Seen(SCREENS, AGENT),
    "desk_channels": Seen("/bureau/canaux", ADMINISTRATOR),
    "desk_channel": Seen("/bureau/canaux/sms", ADMINISTRATOR),
    "desk_templates": Seen("/bureau/canaux/whatsapp/modeles", ADMINISTRATOR),
    "desk_flows": Seen(f"{DESK_OPEN}/conversations", AGENT),
    "desk_new_flow": Seen(f"{DESK_OPEN}/conversations/nouvelle", AGENT),
    "desk_flow": Seen(f"{DESK_OPEN}/conversations/{{flow}}", AGENT),
    "desk_flow_ends": Seen(f"{DESK_OPEN}/conversations/{{flow}}/mots", AGENT),
    "desk_flow_step": Seen(f"{DESK_OPEN}/conversations/{{flow}}/etapes/evening", AGENT),
    "desk_simulate_flow": Seen(f"{DESK_OPEN}/conversations/{{flow}}/essai", AGENT),
    "desk_flow_code": Seen(f"{DESK_OPEN}/conversations/{{flow}}/codes", AGENT),
    "desk_flow_files": Seen(f"{DESK_OPEN}/conversations/{{flow}}/fichiers", AGENT),
    "desk_code_kit": Seen(f"{DESK_OPEN}/conversations/{{flow}}/codes/LYC-VAU", AGENT),
    "desk_flow_figures": Seen(f"{DESK_OPEN}/conversations/{{flow}}/chiffres", AGENT),
    "desk_census": Seen("/bureau/recensement", ADMINISTRATOR),
    **{name: Seen(f"{DESK_OPEN}/campagnes{page}", AGENT) for name, page in CAMPAIGN_PAGES.items()},
    "desk_look_at_wave": Seen(
        f"{DESK_OPEN}/campagnes{CAMPAIGN_PAGES['desk_write_to_list']}", AGENT, then=look_at_message
    ),
    "desk_polls": Seen(f"{DESK_OPEN}/questions", AGENT),
    "desk_new_poll": Seen(f"{DESK_OPEN}/questions/nouvelle", AGENT),
    "desk_poll": Seen("/bureau/questions/{poll}", AGENT),
    "desk_change_poll": Seen("/bureau/questions/{poll}/modifier", AGENT),
    "desk_end_poll": Seen("/bureau/questions/{poll}/fermer", AGENT),
    "desk_new_tally": Seen("/bureau/questions/{poll}/lots", AGENT),
    "desk_verify_tally": Seen("/bureau/questions/{poll}/lots/{tally}/verifier", AGENT),
    "desk_kits": Seen(f"{DESK_OPEN}/imprimer", AGENT),
    "desk_close_process": Seen(f"{DESK}/archiver", AGENT),
    "desk_classes": Seen(f"{DESK_OPEN}/classes", AGENT),
    "desk_new_class": Seen(f"{DESK_OPEN}/classes/nouvelle", AGENT),
    "desk_outside": Seen(f"{DESK}/sujets?sujet=hors-champ", AGENT),
    "desk_new_theme": Seen(f"{DESK}/sujets/nouveau", AGENT),
    "desk_split": Seen("/bureau/paroles/{idea}/scinder", AGENT),
    "desk_split_refused": Seen("/bureau/paroles/{idea}/scinder", AGENT, status=400, then=send_empty),
    "desk_inadmissible": Seen("/bureau/paroles/{idea}/hors-champ", AGENT),
    "desk_answers": Seen(f"{DESK}/reponses", AGENT),
    "desk_answers_of_a_service": Seen(f"{DESK_OPEN}/reponses?service={{preparing}}", AGENT),
    "desk_of_a_service": Seen("/bureau", "samir"),
    "desk_write_answer": Seen("/bureau/repondre/{to_answer}", AGENT),
    "desk_answer": Seen("/bureau/reponses/{to_sign}", AGENT),
    "desk_answer_together": Seen(f"{DESK_OPEN}/reponses/ensemble?code={{other}}", AGENT),
    "desk_assign_subjects": Seen(f"{DESK_OPEN}/reponses/confier?code={{other}}", AGENT),
    "desk_take_subject_back": Seen("/bureau/repondre/{assigned}/reprendre", AGENT),
    "desk_suggestions": Seen(f"{DESK_OPEN}/sujets/proposes", AGENT),
    "desk_answer_sheets": Seen(f"{DESK_OPEN}/feuilles", AGENT),
    "desk_paper": Seen(f"{DESK_OPEN}/papiers", AGENT),
    "desk_print_forms": Seen(f"{DESK_OPEN}/papiers/imprimer", AGENT),
    "desk_new_paper_batch": Seen(f"{DESK_OPEN}/papiers/lots/nouveau", AGENT),
    "desk_paper_batch": Seen(f"{DESK_OPEN}/papiers/lots/{{typed}}", AGENT),
    "desk_drop_paper_batch": Seen(f"{DESK_OPEN}/papiers/lots/{{typed}}/jeter", AGENT),
    "desk_check_paper_batch": Seen(f"{DESK_OPEN}/papiers/lots/{{pile}}/ressaisir", AGENT),
    "desk_new_decision": Seen(f"{DESK}/decisions/nouvelle", AGENT),
    "desk_new_commitment": Seen("/bureau/decisions/{decision}/engagement", AGENT),
    "desk_commitment": Seen("/bureau/engagements/{late}", AGENT),
    "desk_move_commitment": Seen("/bureau/engagements/{late}/etat", AGENT),
    "desk_new_action": Seen("/bureau/engagements/{late}/action", AGENT),
    "desk_move_action": Seen("/bureau/actions/{action}/etat", AGENT),
    "desk_add_evidence": Seen("/bureau/preuves/{late}/ajouter", AGENT),
    "desk_postpone": Seen("/bureau/echeances/{late}/commitment", AGENT),
    "desk_withdraw": Seen("/bureau/retirer/{late}", AGENT),
    "desk_new_meeting": Seen(f"{DESK}/rencontres/nouvelle", AGENT),
    "desk_report_meeting": Seen("/bureau/rencontres/{meeting}/compte-rendu", AGENT),
    "desk_help": Seen("/bureau/aide", ADMINISTRATOR),
    "desk_help_refused": Seen("/bureau/aide", ADMINISTRATOR, status=400, then=send_empty),
    "desk_of_official": Seen("/bureau", OFFICIAL),
    "desk_answer_to_sign": Seen("/bureau/reponses/{to_sign}", OFFICIAL),
}
HERE = "/observatoires/{observatory}"
OBSERVERS = {
    "observatory_bench": Seen(f"{HERE}/siege", MEMBER),
    "observatory_judge_list": Seen(f"{HERE}/avis", MEMBER),
    "publish_hearing": Seen(f"{HERE}/auditions/nouvelle", MEMBER),
    "publish_hearing_refused": Seen(f"{HERE}/auditions/nouvelle", MEMBER, status=400, then=send_empty),
    "give_verdict": Seen(f"{HERE}/avis/{{late}}", MEMBER),
    "give_verdict_refused": Seen(f"{HERE}/avis/{{late}}", MEMBER, status=400, then=send_empty),
    "correct_hearing": Seen("/auditions/{hearing}/corriger", MEMBER),
    "resign_seat": Seen(f"{HERE}/quitter", MEMBER),
    "observatory_members": Seen(f"{HERE}/membres", APPOINTING),
    "offer_seat": Seen(f"{HERE}/membres/nommer", APPOINTING),
    "offer_seat_link": Seen(f"{HERE}/membres/nommer", APPOINTING, then=offer_a_seat),
    "end_seat": Seen(f"{HERE}/membres/{{seat}}/terminer", APPOINTING),
    "accept_seat": Seen("/sieger/{offer}", CITIZEN),
    "accept_seat_no_more": Seen("/sieger/34679-ACDEF-GHJKM", status=404),
}
PAGES = PUBLIC | TAKING_PART | ACCOUNTS | DESKS | OBSERVERS


def codes_of(product) -> dict[str, str]:
    """One of everything: what stands for each name in the addresses above."""

    def code(question, *values):
        found = product.rows(question, *values)
        return found[0][0] if found else ""

    slug, _process = open_process(product)
    said = {
        "key": uuid4().hex,
        "text": "Un banc à l’arrêt de l’étang, pour attendre assis.",
        "age_band": "26_64",
    }
    codes = {kind: code(ONE_OF, kind, "public") for kind in KINDS}
    talked = code(TALKED_ABOUT)
    approval, draft = product.shell(APPROVAL_ASKED)
    child, parent = product.shell(AGREEMENT.format(talked=talked))
    draft, preview = product.shell(DRAFT)
    page, draft_page, news, column, group, reserve = product.shell(WRITTEN)
    pile, typed = product.shell(PAPER.format(slug=slug))
    twin, other = (row[0] for row in product.rows(TWINS, slug))
    assigned, preparing = product.shell(ASSIGNED.format(slug=slug))
    street_ahead, street_back, street, capture, slip, device = product.shell(STREET.format(slug=slug))
    signalled, hidden, held, ruling, notice = product.shell(MODERATED.format(slug=slug))
    return codes | {
        "street_ahead": street_ahead,
        "street_back": street_back,
        "street": street,
        "capture": capture,
        "device": device,
        "slip": slip,
        "signalled": signalled,
        "hidden": hidden,
        "held": held,
        "ruling": ruling,
        "notice": notice,
        "page": page,
        "draft_page": draft_page,
        "news": news,
        "column": column,
        "group": group,
        "reserve": reserve,
        "child": child,
        "parent": parent,
        "lesson": product.shell(CLASS.format(slug=slug))[0],
        "draft": draft,
        "preview": preview,
        "tally": product.shell(TALLY)[0],
        "pile": pile,
        "typed": typed,
        "twin": twin,
        "other": other,
        "service": code(SERVICE),
        "letter": code(LETTER),
        "tag": code(INBOX_TAG),
        "flow": code(FLOW),
        **{name: code(asked) for name, asked in CAMPAIGN_ROWS.items()},
        "relay": product.shell(RELAY)[0],
        "template": code(REPLY_TEMPLATE),
        "grant": code(GRANT),
        "check": code(SEEN),
        "debate": codes["debate"] or product.shell(DEBATE.format(slug=slug))[0],
        "slug": slug,
        "club": code(CLUB),
        "keeper": code(MEMBERS, "editor"),
        "member": code(MEMBERS, "member"),
        "speaking": code(SPEAKING),
        "official": code(OFFICIAL_ID),
        "seat": code(SITTING),
        "offer": product.shell(SEAT_OFFERED)[0],
        "approval": approval,
        "process_approval": product.shell(PROCESS_ASKED.format(draft=draft))[0],
        "draft_order": draft,
        "update": product.shell(UPDATE_ASKED)[0],
        "closed": code(CLOSED, slug),
        "told": code(TOLD_ABOUT),
        "talked": talked,
        "late": code(LATE),
        "gone": code(ONE_OF, "idea", "withdrawn"),
        "to_sign": code(TO_SIGN) or codes["answer"],
        "to_answer": code(THEME_TO_ANSWER) or codes["theme"],
        "assigned": assigned,
        "preparing": preparing,
        "receipt": product.asked("POST", f"/concertations/{slug}/dire", said).location,
    }
