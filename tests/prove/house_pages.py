"""Pages of a body's own house: what everyone reads, what members do at home, what the desk opens and answers."""

_ONE = "select r.code from participation_{table} t join thread_record r on r.id = t.record_id where {such} order by r.id"
HOUSE_ROWS = {
    "house": """
        select r.code from communities_house h join thread_record r on r.id = h.organisation_id order by r.id
    """,
    "house_topic": _ONE.format(table="housetopic", such="true"),
    "opinion": _ONE.format(table="opinion", such="t.state = 'adopted'"),
    "opinion_asked": _ONE.format(table="opinion", such="t.state = 'asked'"),
    "referral": _ONE.format(table="referral", such="t.answered_on is not null"),
    "referral_waiting": _ONE.format(table="referral", such="t.answered_on is null"),
}
_HOUSE = "/conseils/{house}"
HOUSE_READ = {
    "house": _HOUSE,
    "house_charter": f"{_HOUSE}/charte",
    "house_opinion": "/avis-des-conseils/{opinion}",
    "referral": "/saisines/{referral}",
    "referral_waiting": "/saisines/{referral_waiting}",
}
HOUSE_MEMBERS = {
    "join_house": "/conseils/rejoindre",
    "enter_house": f"{_HOUSE}/entrer",
    "house_home": f"{_HOUSE}/maison",
    "charter_draft": f"{_HOUSE}/charte/projet",
    "write_charter": f"{_HOUSE}/charte/ecrire",
    "house_roles": f"{_HOUSE}/roles",
    "house_skills": f"{_HOUSE}/savoir-faire",
    "house_topics": f"{_HOUSE}/discussions",
    "house_topic": f"{_HOUSE}/discussions/{{house_topic}}",
    "house_agenda": f"{_HOUSE}/ordre-du-jour",
    "house_opinions": f"{_HOUSE}/avis",
    "opinion_draft": f"{_HOUSE}/avis/{{opinion_asked}}",
    "new_opinion": f"{_HOUSE}/avis/nouveau",
    "house_referrals": f"{_HOUSE}/saisines",
    "house_handing": f"{_HOUSE}/passation",
}
HOUSE_HELPERS = {"house_home_of_who_helps": f"{_HOUSE}/maison"}
HOUSE_DESK = {
    "desk_referrals": "/bureau/saisines",
    "desk_facilitators": "/bureau/conseils/{house}/animation",
    "desk_name_facilitator": "/bureau/conseils/{house}/animation/nouvelle",
}
HOUSE_ANSWERER = {"desk_answer_referral": "/bureau/saisines/{referral_waiting}"}
