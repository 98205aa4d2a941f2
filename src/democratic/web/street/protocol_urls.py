from django.urls import path

from democratic.web.street import protocol

urlpatterns = [
    path("rendez-vous.json", protocol.my_sessions, name="field_sessions"),
    path("rendez-vous/<uuid:session>/preparer", protocol.prepare, name="field_prepare"),
    path("envois", protocol.send, name="field_send"),
    path("envois/<uuid:uuid>/fichiers/<int:n>", protocol.put_file, name="field_file"),
    path("etat", protocol.state, name="field_state"),
]
