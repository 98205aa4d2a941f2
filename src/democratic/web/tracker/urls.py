from django.urls import path

from democratic.web.tracker import views

urlpatterns = [
    path("point-d-etape/<str:token>", views.news, name="tell_news"),
    path("point-d-etape/<str:token>/eteindre", views.put_out_link, name="put_out_update_link"),
]
