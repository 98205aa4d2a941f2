from django.urls import path

from democratic.web.meetings.desk import agenda, arranging, briefing, listed, making, one, reporting, team

R = "bureau/rencontres"
M = f"{R}/<str:code>"

urlpatterns = [
    path(R, listed.listed, name="desk_meetings"),
    path(f"{R}/nouvelle", making.new_alone, name="desk_new_meeting_alone"),
    path("bureau/concertations/<slug:slug>/rencontres/nouvelle", making.new, name="desk_new_meeting"),
    path(M, one.detail, name="desk_meeting"),
    path(f"{M}/modifier", making.change, name="desk_change_meeting"),
    path(f"{M}/annoncer", making.announce, name="desk_announce_meeting"),
    path(f"{M}/reporter", making.postpone, name="desk_postpone_meeting"),
    path(f"{M}/annuler", making.cancel, name="desk_cancel_meeting"),
    path(f"{M}/moyens", arranging.arrange, name="desk_arrange_meeting"),
    path(f"{M}/cinq-minutes", briefing.write, name="desk_meeting_briefing"),
    path(f"{M}/ordre-du-jour", agenda.add, name="desk_add_item"),
    path(f"{M}/ordre-du-jour/<uuid:item>", agenda.change, name="desk_change_item"),
    path(f"{M}/ordre-du-jour/<uuid:item>/monter", agenda.move_up, name="desk_move_item_up"),
    path(f"{M}/ordre-du-jour/<uuid:item>/descendre", agenda.move_down, name="desk_move_item_down"),
    path(f"{M}/ordre-du-jour/<uuid:item>/retirer", agenda.remove, name="desk_remove_item"),
    path(f"{M}/equipe", team.name, name="desk_name_to_meeting"),
    path(f"{M}/equipe/<uuid:member>/quitter", team.part, name="desk_part_from_meeting"),
    path(f"{M}/inscriptions", listed.registered, name="desk_registrations"),
    path(f"{M}/compte-rendu", reporting.report, name="desk_report_meeting"),
]
