from django.urls import path

from democratic.web.editorial import news, pages
from democratic.web.editorial.accessibility import desk as accessibility_desk
from democratic.web.editorial.desk import arranging, files, listing, publishing, writing
from democratic.web.editorial.opposition import desk as opposition_desk
from democratic.web.editorial.opposition import mine
from democratic.web.editorial.reserve import desk as reserve_desk
from democratic.web.editorial.reserve import pages as reserve_pages

D = "bureau/publications"
R = "bureau/reserve"
ONE = f"{D}/<str:code>"

urlpatterns = [
    path("pages/<slug:slug>", pages.page, name="page"),
    path("actualites", news.news, name="news"),
    path("actualites/<str:code>", news.piece, name="news_piece"),
    path("tribunes", news.columns, name="columns"),
    path("tribunes/<str:code>", news.column, name="column"),
    path("periode-de-reserve", reserve_pages.reserve, name="reserve"),
    path(R, reserve_desk.board, name="desk_reserve"),
    path(f"{R}/nouvelle", reserve_desk.new, name="desk_new_reserve"),
    path(f"{R}/exceptions/<uuid:exception>/terminer", reserve_desk.end, name="desk_end_exception"),
    path(f"{R}/<uuid:reserve>/apercu", reserve_desk.preview, name="desk_reserve_preview"),
    path(f"{R}/<uuid:reserve>/dates", reserve_desk.dates, name="desk_reserve_dates"),
    path(f"{R}/<uuid:reserve>/exception", reserve_desk.except_, name="desk_reserve_exception"),
    path("bureau/accessibilite", accessibility_desk.board, name="desk_accessibility"),
    path("bureau/accessibilite/nouvelle", accessibility_desk.new, name="desk_declare_accessibility"),
    path("bureau/menus", arranging.menus, name="desk_menus"),
    path("bureau/accueil", arranging.home, name="desk_home"),
    path("bureau/opposition", opposition_desk.board, name="desk_opposition"),
    path("bureau/opposition/nouveau", opposition_desk.new, name="desk_new_opposition_group"),
    path("bureau/opposition/<uuid:group>/membres", opposition_desk.members, name="desk_opposition_members"),
    path("compte/tribunes", mine.columns, name="my_columns"),
    path("compte/tribunes/<uuid:group>/nouvelle", mine.new, name="new_column"),
    path("compte/tribunes/<str:code>/modifier", mine.change, name="change_column"),
    path(D, listing.listed, name="desk_publications"),
    path(f"{D}/nouvelle", writing.new, name="desk_new_publication"),
    path(ONE, listing.detail, name="desk_publication"),
    path(f"{ONE}/modifier", writing.change, name="desk_change_publication"),
    path(f"{ONE}/publier", publishing.publish, name="desk_publish"),
    path(f"{ONE}/ne-plus-publier", publishing.hold_back, name="desk_hold_back"),
    path(f"{ONE}/relue", publishing.read_again, name="desk_reread"),
    path(f"{ONE}/fichier", files.add, name="desk_add_file"),
    path(f"{ONE}/fichiers/<slug:sha256>/oter", files.take_off, name="desk_take_file_off"),
    path(f"{ONE}/versions/<int:number>", publishing.version, name="desk_version"),
]
