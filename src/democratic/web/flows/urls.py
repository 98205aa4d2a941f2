from django.urls import URLPattern, URLResolver, path

from democratic.web.flows import channels, codes, fares, sent, simulating, steps, views

_FLOWS = "bureau/concertations/<slug:slug>/conversations"
_FLOW = f"{_FLOWS}/<uuid:flow>"
urlpatterns: list[URLPattern | URLResolver] = [
    path("bureau/canaux", channels.listed, name="desk_channels"),
    path("bureau/canaux/<slug:kind>", channels.detail, name="desk_channel"),
    path(_FLOWS, views.listed, name="desk_flows"),
    path(f"{_FLOWS}/nouvelle", views.new, name="desk_new_flow"),
    path(_FLOW, views.detail, name="desk_flow"),
    path(f"{_FLOW}/publier", views.publish, name="desk_publish_flow"),
    path(f"{_FLOW}/fermer", views.shut, name="desk_shut_flow"),
    path(f"{_FLOW}/mots", steps.ends, name="desk_flow_ends"),
    path(f"{_FLOW}/etapes", steps.add, name="desk_add_flow_step"),
    path(f"{_FLOW}/etapes/<slug:key>", steps.change, name="desk_flow_step"),
    path(f"{_FLOW}/etapes/<slug:key>/deplacer", steps.move, name="desk_move_flow_step"),
    path(f"{_FLOW}/etapes/<slug:key>/retirer", steps.remove, name="desk_remove_flow_step"),
    path(f"{_FLOW}/essai", simulating.simulate, name="desk_simulate_flow"),
    path(f"{_FLOW}/fichiers", sent.listed, name="desk_flow_files"),
    path(f"{_FLOW}/fichiers/<uuid:file>", sent.content, name="desk_flow_file"),
    path(f"{_FLOW}/fichiers/<uuid:file>/publier", sent.publish, name="desk_publish_flow_file"),
    path(f"{_FLOW}/fichiers/<uuid:file>/oter", sent.remove, name="desk_remove_flow_file"),
    path(f"{_FLOW}/codes", codes.new, name="desk_flow_code"),
    path(f"{_FLOW}/chiffres", fares.figures, name="desk_flow_figures"),
]
