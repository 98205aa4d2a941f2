from django.urls import path

from democratic.web.editorial import news, pages
from democratic.web.editorial.desk import listing, publishing, writing

D = "bureau/publications"
ONE = f"{D}/<str:code>"

urlpatterns = [
    path("pages/<slug:slug>", pages.page, name="page"),
    path("actualites", news.news, name="news"),
    path("actualites/<str:code>", news.piece, name="news_piece"),
    path("tribunes", news.columns, name="columns"),
    path("tribunes/<str:code>", news.column, name="column"),
    path(D, listing.listed, name="desk_publications"),
    path(f"{D}/nouvelle", writing.new, name="desk_new_publication"),
    path(ONE, listing.detail, name="desk_publication"),
    path(f"{ONE}/modifier", writing.change, name="desk_change_publication"),
    path(f"{ONE}/publier", publishing.publish, name="desk_publish"),
    path(f"{ONE}/ne-plus-publier", publishing.hold_back, name="desk_hold_back"),
    path(f"{ONE}/fichier", publishing.add_file, name="desk_add_file"),
    path(f"{ONE}/versions/<int:number>", publishing.version, name="desk_version"),
]
