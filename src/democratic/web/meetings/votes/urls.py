from django.urls import URLPattern, URLResolver, path

from democratic.web.meetings.votes import asking, giving, hands, late, page, running

V = "votes-de-rencontre/<str:code>"
RUN = "rencontres/<str:code>/direct/votes"
ONE = f"{RUN}/<str:vote>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("rencontres/<str:code>/differe", late.catch_up, name="meeting_late"),
    path(V, page.vote, name="sounding"),
    path("rencontres/<str:code>/votes/<str:vote>", giving.give, name="give_voice"),
    path(f"{V}/compte.csv", page.as_csv, name="sounding_csv"),
    path(f"{V}/compte.json", page.as_json, name="sounding_json"),
    path(RUN, running.votes, name="run_votes"),
    path(f"{RUN}/nouveau", asking.new, name="new_vote"),
    path(f"{ONE}/modifier", asking.change, name="change_vote"),
    path(f"{ONE}/amender", asking.amend, name="amend_vote"),
    path(f"{ONE}/compter", hands.enter, name="count_vote"),
    path(f"{ONE}/comptages/<uuid:count>/verifier", hands.verify, name="verify_count"),
    path(f"{ONE}/comptages/<uuid:count>/effacer", hands.drop, name="drop_count"),
    path(f"{ONE}/<slug:act>", running.act, name="act_on_vote"),
]
