from django.urls import URLPattern, URLResolver, path

from democratic.web.meetings.wall import answering, binning, marking, page, question, sorting, table

_M = "rencontres/<str:code>"
_Q = "questions-de-rencontre/<str:code>"

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_M}/questions", page.wall, name="wall"),
    path(f"{_M}/questions/ecartees", binning.readable, name="wall_bin"),
    path(f"{_M}/questions/tableau", table.table, name="wall_table"),
    path(_Q, question.question, name="wall_question"),
    path(f"{_Q}/soutenir", marking.toggle_support, name="support_wall_question"),
    path(f"{_Q}/repondue", marking.mark, name="mark_wall_question"),
    path(f"{_Q}/retirer", marking.take_back, name="take_back_wall_question"),
    path(f"{_M}/direct/questions", sorting.sort, name="sort_wall"),
    path(f"{_M}/direct/questions/rapprocher", sorting.merge, name="merge_wall_questions"),
    path(f"{_M}/direct/questions/relire", sorting.read_first, name="read_wall_first"),
    path(f"{_M}/direct/questions/clore", sorting.close, name="close_wall"),
    path(f"{_M}/direct/questions/<str:question>/ecarter", binning.put_in_bin, name="bin_wall_question"),
    path(f"{_M}/direct/questions/<str:question>/<str:act>", sorting.act_on, name="act_on_wall_question"),
    path(f"{_M}/direct/repondre", answering.card, name="answer_wall"),
    path(f"{_M}/direct/repondre/<str:question>/<str:act>", answering.act_on, name="answer_wall_question"),
]
