from django.urls import path

from democratic.web.moderation import appealing, binned, following, noticing, register, ruled
from democratic.web.moderation.desk import alarms, appeals, deciding, held, queue

urlpatterns = [
    path("signaler/<str:code>", noticing.notify, name="notify"),
    path("signalement", following.follow, name="follow_notice"),
    path("signalement/<str:code>/<str:token>", noticing.receipt, name="notice_receipt"),
    path("moderation", register.register, name="moderation"),
    path("moderation/corbeille", binned.readable, name="moderation_bin"),
    path("moderation/<int:year>.csv", register.yearly, name="moderation_csv"),
    path("moderation/<str:code>", ruled.ruling, name="ruling"),
    path("moderation/<str:code>/contester", appealing.contest, name="contest_ruling"),
    path("bureau/moderation", queue.queue, name="desk_moderation"),
    path("bureau/moderation/<str:code>", deciding.decide, name="desk_moderate"),
    path("bureau/moderation/<str:code>/publier", held.publish, name="desk_publish_held"),
    path("bureau/moderation/recours/<str:code>", appeals.answer, name="desk_answer_appeal"),
    path("bureau/moderation/alertes/<uuid:alarm>/fermer", alarms.close, name="desk_close_alarm"),
    path("bureau/concertations/<str:slug>/premieres-paroles", held.choose, name="desk_first_words"),
]
