from django.urls import URLPattern, URLResolver, path

from democratic.web.paper import board, grid, leaves, scans, second, sure

_HERE = "bureau/concertations/<slug:slug>/papiers"
_BATCH = f"{_HERE}/lots/<uuid:batch>"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_HERE, board.listed, name="desk_paper"),
    path(f"{_HERE}/imprimer", board.printing, name="desk_print_forms"),
    path(f"{_HERE}/tirages/<uuid:run>.pdf", leaves.leaves, name="desk_printed_forms"),
    path(f"{_HERE}/lots/nouveau", board.new, name="desk_new_paper_batch"),
    path(_BATCH, grid.one, name="desk_paper_batch"),
    path(f"{_BATCH}/ressaisir", second.check, name="desk_check_paper_batch"),
    path(f"{_BATCH}/publier", sure.publish, name="desk_publish_paper_batch"),
    path(f"{_BATCH}/ecarts", second.differences, name="desk_settle_paper_batch"),
    path(f"{_BATCH}/jeter", sure.drop, name="desk_drop_paper_batch"),
    path(f"{_BATCH}/pages/<uuid:leaf>/regler", scans.settle, name="desk_settle_scan_page"),
    path(f"{_BATCH}/pages/<uuid:leaf>/<slug:part>.jpg", scans.picture, name="desk_scan_picture"),
]
