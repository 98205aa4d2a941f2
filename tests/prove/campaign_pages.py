"""The desk's pages of a campaign, after the address of its process's campaigns."""

from whose import ADDRESS_LIST, CAMPAIGN, CAMPAIGN_PUBLIC, CAMPAIGN_STEP

CAMPAIGN_ROWS = {
    "campaign": CAMPAIGN,
    "public": CAMPAIGN_PUBLIC,
    "campaign_step": CAMPAIGN_STEP,
    "address_list": ADDRESS_LIST,
}
_ONE = "/{campaign}"
CAMPAIGN_PAGES = {
    "desk_campaigns": "",
    "desk_new_campaign": "/nouvelle",
    "desk_campaign": _ONE,
    "desk_change_campaign": f"{_ONE}/modifier",
    "desk_new_public": f"{_ONE}/publics/nouveau",
    "desk_change_public": f"{_ONE}/publics/{{public}}",
    "desk_join_codes": f"{_ONE}/publics/{{public}}/codes",
    "desk_public_code": f"{_ONE}/publics/{{public}}/codes/nouveau",
    "desk_new_campaign_step": f"{_ONE}/etapes/nouvelle",
    "desk_change_campaign_step": f"{_ONE}/etapes/{{campaign_step}}",
    "desk_campaign_figures": f"{_ONE}/chiffres",
    "desk_new_list": f"{_ONE}/listes/nouvelle",
    "desk_list": f"{_ONE}/listes/{{address_list}}",
    "desk_write_to_list": f"{_ONE}/listes/{{address_list}}/ecrire",
}
