from django.urls import URLPattern, URLResolver, path

from democratic.web.lists import acting, giving, showing, templates, writing

_LISTS = "bureau/concertations/<slug:slug>/campagnes/<uuid:campaign>/listes"
_LIST = f"{_LISTS}/<uuid:one>"
_TEMPLATES = "bureau/canaux/<slug:kind>/modeles"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_LISTS}/nouvelle", giving.new, name="desk_new_list"),
    path(_LIST, showing.detail, name="desk_list"),
    path(f"{_LIST}/ecrire", writing.new, name="desk_write_to_list"),
    path(f"{_LIST}/effacer", acting.erase, name="desk_erase_list"),
    path(f"{_LIST}/envois/<uuid:wave>", acting.steer, name="desk_steer_wave"),
    path(_TEMPLATES, templates.listed, name="desk_templates"),
    path(f"{_TEMPLATES}/<uuid:approved>/retirer", templates.retire, name="desk_retire_template"),
]
