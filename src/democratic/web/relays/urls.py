from django.urls import URLPattern, URLResolver, path, register_converter

from democratic.web.relays import after, desk, public, screens
from democratic.web.relays.shown import KIT_FORMS


class KitForm:
    """The ending of a piece's address."""

    regex = "|".join(KIT_FORMS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KitForm, "kit_form")

_FLOW = "bureau/concertations/<slug:slug>/conversations/<uuid:flow>"
_CODE = f"{_FLOW}/codes/<str:code>"
# Before the conversation's own pages: the key of one would take what follows a code.
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{_FLOW}/kits.zip", desk.every, name="desk_code_kits"),
    path(_CODE, desk.kit, name="desk_code_kit"),
    path(f"{_CODE}/kit.zip", desk.whole, name="desk_code_kit_whole"),
    path(f"{_CODE}/retirer", desk.retire, name="desk_retire_code"),
    path(f"{_CODE}/ecrans", screens.detail, name="desk_code_screens"),
    path(f"{_CODE}/debrancher", screens.let_go, name="desk_let_screens_go"),
    path(f"{_CODE}/<slug:key>.<kit_form:form>", desk.piece, name="desk_code_kit_piece"),
    path("relais/<str:token>", public.relay, name="relay"),
    path("relais/<str:token>/kit.zip", public.relay_kit, name="relay_kit"),
    path("relais/<str:token>/<slug:key>.<kit_form:form>", public.relay_piece, name="relay_piece"),
    path("r/<str:code>/apercu.png", public.link_picture, name="talk_picture"),
    path("r/<str:code>/suites", after.after, name="talk_after"),
]
