from django.urls import path

from democratic.web.scim import views

urlpatterns = [
    path("Users", views.all_users, name="scim_users"),
    path("Users/<uuid:account>", views.one_user, name="scim_user"),
    path("ServiceProviderConfig", views.what_we_do, name="scim_config"),
]
