from django.urls import path

from democratic.channels.views import hook

urlpatterns = [path("<slug:kind>", hook, name="channel_hook")]
