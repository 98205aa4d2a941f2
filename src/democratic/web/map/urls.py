from django.urls import URLPattern, URLResolver, path

from democratic.web.map import files, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("carte", views.map_of_authority, name="map"),
    path("carte.geojson", files.points_of_authority, name="map_geojson"),
    path("carte.csv", files.places_of_authority, name="map_csv"),
    path("contours.geojson", files.outline, name="outline"),
    path("concertations/<slug:slug>/carte", views.map_of_process, name="process_map"),
    path("concertations/<slug:slug>/carte.geojson", files.points_of_process, name="process_map_geojson"),
    path("concertations/<slug:slug>/carte.csv", files.places_of_process, name="process_map_csv"),
]
