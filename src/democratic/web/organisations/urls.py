from django.urls import path

from democratic.web.organisations import desk, joining, keeping, members, mine, pages

ONE, MINE = "organisations/<str:code>", "compte/organisations"

urlpatterns = [
    path("organisations", pages.organisations, name="organisations"),
    path(ONE, pages.organisation, name="organisation"),
    path(f"{ONE}/membres", members.members, name="organisation_members"),
    path(f"{ONE}/lien", members.make_link, name="organisation_join_link"),
    path(f"{ONE}/modifier", keeping.describe, name="describe_organisation"),
    path(f"{ONE}/membres/<uuid:membership>/habilitation", keeping.propose, name="propose_to_speak"),
    path(f"{ONE}/membres/<uuid:membership>/confier", keeping.hand_over, name="hand_over_page"),
    path(f"{ONE}/membres/<uuid:membership>/terminer", keeping.end, name="end_membership"),
    path(f"{ONE}/habilitations/<uuid:mandate>/terminer", keeping.end_mandate, name="end_mandate_to_speak"),
    path("bureau/organisations", desk.listed, name="desk_organisations"),
    path("bureau/organisations/nouvelle", desk.new, name="desk_new_organisation"),
    path("bureau/organisations/<str:code>/lien", desk.make_keeper_link, name="desk_keeper_link"),
    path("rejoindre/<str:secret>", joining.join_by_link, name="join_organisation"),
    path(MINE, mine.my_organisations, name="my_organisations"),
    path(f"{MINE}/habilitations/<uuid:mandate>/accepter", mine.accept, name="accept_to_speak"),
    path(f"{MINE}/habilitations/<uuid:mandate>/terminer", mine.end_mine, name="end_my_mandate"),
    path(f"{MINE}/<uuid:membership>/quitter", mine.leave, name="leave_organisation"),
]
