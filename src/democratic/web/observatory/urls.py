from django.urls import path

from democratic.web.observatory import bench, desk, naming, pages, replying

ONE = "observatoires/<str:code>"

urlpatterns = [
    path("observatoire", pages.everything, name="observatory_all"),
    path(ONE, pages.observatory, name="observatory"),
    path("auditions/<str:code>", pages.hearing, name="hearing"),
    path("avis/<str:code>", pages.verdict, name="verdict"),
    path(f"{ONE}/siege", bench.bench, name="observatory_bench"),
    path(f"{ONE}/auditions/nouvelle", bench.hear, name="publish_hearing"),
    path(f"{ONE}/avis", bench.judged, name="observatory_judge_list"),
    path(f"{ONE}/avis/<str:commitment>", bench.judge, name="give_verdict"),
    path(f"{ONE}/quitter", bench.leave, name="resign_seat"),
    path("auditions/<str:code>/corriger", bench.correct, name="correct_hearing"),
    path(f"{ONE}/membres", naming.members, name="observatory_members"),
    path(f"{ONE}/membres/nommer", naming.name_one, name="offer_seat"),
    path(f"{ONE}/membres/<uuid:seat>/terminer", naming.end, name="end_seat"),
    path("sieger/<str:secret>", naming.sit, name="accept_seat"),
    path("bureau/observatoires", desk.listed, name="desk_observatories"),
    path("bureau/observatoires/nouveau", desk.new, name="desk_new_observatory"),
    path("bureau/observatoires/<str:code>/dissoudre", desk.close, name="desk_close_observatory"),
    path("bureau/avis/<str:code>/repondre", replying.reply, name="desk_reply_to_verdict"),
]
