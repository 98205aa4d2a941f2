from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView

from democratic.web.health import healthz, readyz
from democratic.web.metrics.views import metrics

AREAS = (
    "live",
    "meetings.streams",
    "feeds",
    "home",
    "meetings.direct",
    "meetings.wall",
    "processes",
    "suites",
    "tracker",
    "approvals",
    "figures",
    "desk",
    "kits",
    "paper",
    "street_kit",
    "packages",
    "accounts",
    "journal",
    "map",
    "organisations",
    "houses",
    "observatory",
    "moderation",
    "officials",
    "polls",
    "meetings",
    "street",
    "meetings.votes",
    "minutes",
    "editorial",
    "letters",
    "relays",
    "talks",
    "flows",
    "campaigns",
    "lists",
    "ideas",
)

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("journal/export/", include("democratic.web.journal.export_urls")),
    path("scim/v2/", include("democratic.web.scim.urls")),
    path("canaux/", include("democratic.channels.urls")),
    path("terrain/", include("democratic.web.street.protocol_urls")),
    path("", include("democratic.web.home.root_urls")),
    path("en", RedirectView.as_view(pattern_name="home"), name="english"),
    # French has no prefix. Feeds come before the pages that they follow.
    # Ideas comes last, as it ends with the bare public code.
    *i18n_patterns(
        *(path("", include(f"democratic.web.{area}.urls")) for area in AREAS), prefix_default_language=False
    ),
]
handler404 = "democratic.web.errors.not_found"
handler403 = "democratic.web.errors.forbidden"
handler400 = "democratic.web.errors.bad_request"
handler500 = "democratic.web.errors.server_error"
