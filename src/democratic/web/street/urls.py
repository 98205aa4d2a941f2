from django.urls import path

from democratic.web.street import pages
from democratic.web.street.desk import importing, one, reviewing, sessions

C, S = "bureau/concertations/<slug:slug>/rue", "bureau/rue/<str:code>"

urlpatterns = [
    path("rendez-vous-de-rue", pages.sessions, name="street_sessions"),
    path("rendez-vous-de-rue.geojson", pages.sessions_geojson, name="street_sessions_geojson"),
    path("rendez-vous-de-rue/<str:code>", pages.session, name="street_session"),
    path("rendez-vous-de-rue/<str:code>/mur", pages.wall, name="street_wall"),
    path(C, sessions.listed, name="desk_street"),
    path(f"{C}/nouveau", sessions.new, name="desk_new_street_session"),
    path(S, one.one, name="desk_street_session"),
    path(f"{S}/modifier", sessions.change, name="desk_change_street_session"),
    path(f"{S}/valider", reviewing.validate, name="desk_validate_street"),
    path(f"{S}/reprendre", importing.bring_in, name="desk_import_street"),
    path(f"{S}/textes", reviewing.add_text, name="desk_add_street_text"),
    path(f"{S}/textes/oter", reviewing.drop_text, name="desk_drop_street_text"),
    path(f"{S}/saisies/<uuid:capture>", reviewing.correct, name="desk_correct_capture"),
    path(f"{S}/saisies/<uuid:capture>/ecarter", reviewing.put_aside, name="desk_set_capture_aside"),
    path(f"{S}/appareils/<uuid:device>/couper", reviewing.revoke, name="desk_revoke_device"),
    path(f"{S}/fichiers/<uuid:file>", reviewing.file, name="desk_street_file"),
]
