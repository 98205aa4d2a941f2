from django.urls import path

from democratic.web.observatory import desk, naming, replying
from democratic.web.observatory.bench import commitments, correct, hear, judge, leave, seat
from democratic.web.observatory.pages import everything, hearing, one, verdict

ONE = "observatoires/<str:code>"

urlpatterns = [
    path("observatoire", everything.page, name="observatory_all"),
    path(ONE, one.page, name="observatory"),
    path("auditions/<str:code>", hearing.page, name="hearing"),
    path("avis/<str:code>", verdict.page, name="verdict"),
    path(f"{ONE}/siege", seat.page, name="observatory_bench"),
    path(f"{ONE}/auditions/nouvelle", hear.page, name="publish_hearing"),
    path(f"{ONE}/avis", commitments.page, name="observatory_judge_list"),
    path(f"{ONE}/avis/<str:commitment>", judge.page, name="give_verdict"),
    path(f"{ONE}/quitter", leave.page, name="resign_seat"),
    path("auditions/<str:code>/corriger", correct.page, name="correct_hearing"),
    path(f"{ONE}/membres", naming.members, name="observatory_members"),
    path(f"{ONE}/membres/nommer", naming.name_one, name="offer_seat"),
    path(f"{ONE}/membres/<uuid:seat>/terminer", naming.end, name="end_seat"),
    path("sieger/<str:secret>", naming.sit, name="accept_seat"),
    path("bureau/observatoires", desk.listed, name="desk_observatories"),
    path("bureau/observatoires/nouveau", desk.new, name="desk_new_observatory"),
    path("bureau/observatoires/<str:code>/dissoudre", desk.close, name="desk_close_observatory"),
    path("bureau/avis/<str:code>/repondre", replying.reply, name="desk_reply_to_verdict"),
]
