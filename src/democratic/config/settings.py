"""The one settings module. Everything that differs between machines comes from the environment."""

import os
from urllib.parse import parse_qs, unquote, urlparse

from django.utils.translation import gettext_lazy as _

from democratic.config.logs import logging_settings
from democratic.config.mail import *  # noqa: F403  Django reads the names of this module
from democratic.config.places import ROOT, places
from democratic.config.secrets import public_signing_key, push_key, secret
from democratic.config.server.storage import antivirus_address, files_origin, private_storage
from democratic.config.signing_in import *  # noqa: F403
from democratic.config.signing_in import IS_SECURE, OURS_ALONE, TESTING
from democratic.config.tiles import tiles_origin

VAR = places().var

SECRET_KEY = secret("django", 48)
DEBUG = False
# The supervisor asks from this machine itself, whatever hosts the public uses.
ALLOWED_HOSTS = [*os.environ.get("DEMOCRATIC_HOSTS", "*").split(","), "127.0.0.1", "localhost", "[::1]"]


BY_TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")


def _database(url: str) -> dict[str, object]:
    """``postgresql://user:password@host:port/name`` or ``…/name?host=/socket/dir``."""
    parts = urlparse(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "democratic",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": query.get("port") or parts.port or "",
        # One long-lived connection a thread: a new one for each request costs four times a page.
        "CONN_MAX_AGE": None,
        # To plan a page's joins costs the database more than to run them: plans are kept, a connection each.
        # To start a second process for one question costs more than a page: pages share the cores as they are.
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": True,
            "prepare_threshold": 5,
            "options": f"{os.environ.get('PGOPTIONS', '')} -c max_parallel_workers_per_gather=0".strip(),
        }
        | {name: query[name] for name in BY_TLS if name in query},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///democratic"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "democratic.web",  # before allauth: its pages wear our templates
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "democratic.kernel",
    "democratic.people",
    "democratic.thread",
    "democratic.messaging",
    "democratic.communities",
    "democratic.participation",
    "democratic.observatory",
    "democratic.stewardship",
    "democratic.notices",
    "democratic.channels",
    "democratic.demo",
    "democratic.rehearsal",
]
AUTH_USER_MODEL = "people.Account"

MIDDLEWARE = [
    "democratic.web.watch.watched",
    "democratic.web.middleware.headers",
    "democratic.web.files_host.files_host",
    "democratic.web.middleware.where",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "democratic.web.middleware.same_origin",
    "democratic.web.sessions.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "democratic.web.middleware.says_what_is_down",
    "democratic.web.middleware.who",
    "democratic.web.oversized.refuse_oversized",
    "democratic.web.read_only.refuse_acts",
]
ROOT_URLCONF = "democratic.config.urls"
WSGI_APPLICATION = "democratic.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "democratic.web.templatetags.face",
                "democratic.web.templatetags.paths",
            ],
        },
    }
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "src/democratic/locale"]
LANGUAGE_COOKIE_NAME = f"{OURS_ALONE}language"
LANGUAGE_COOKIE_SECURE = IS_SECURE
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Tests read static files where they stand; an installation collects and compresses them once.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "media"},
    },
    "private": private_storage(os.environ.get("DEMOCRATIC_S3", ""), VAR / "files"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Rate limits and sign-in codes must be seen by every worker: allauth counts in this cache.
CACHES = {
    "default": {"BACKEND": "democratic.kernel.shared_cache.SharedCache", "LOCATION": "kernel_cache"},
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
        "TIMEOUT": None,
    },
}

SECURE_SSL_REDIRECT = False
# What Django looks for in middleware of its own is done by ours: web.middleware (headers, same_origin).
SILENCED_SYSTEM_CHECKS = [
    "security.W001",  # SecurityMiddleware: HSTS, nosniff, the opener's and the referrer's policies are in headers
    "security.W002",  # XFrameOptionsMiddleware: frame-ancestors 'none' and DENY are in headers
    "security.W003",  # CsrfViewMiddleware: stored pages carry no token, same_origin refuses foreign forms
]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
MESSAGE_STORAGE = "democratic.web.flashes.FlashStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Load is measured from one address: benches and proofs widen every limit by this factor, and say so.
LIMITS_FACTOR = int(os.environ.get("DEMOCRATIC_LIMITS_FACTOR", "1"))

# What looks alike is shown before and after someone speaks, and to who groups: "0" shows it nowhere.
SIMILAR_IDEAS = os.environ.get("DEMOCRATIC_SIMILAR", "1") == "1"

# Links of a draft to other sites are followed when an agent asks: "0" goes nowhere, and says so.
FOLLOWS_LINKS = os.environ.get("DEMOCRATIC_FOLLOW_LINKS", "1") == "1"

# Where to report a weakness (/.well-known/security.txt): mailto:… or https://…; else the legal page.
SECURITY_CONTACT = os.environ.get("DEMOCRATIC_SECURITY_CONTACT", "")
PUBLIC_URL = os.environ.get("DEMOCRATIC_URL", "http://127.0.0.1:8000")
# Files from a host of their own, where nothing else is served: no page's cookie is in their reach.
FILES_URL = files_origin(os.environ.get("DEMOCRATIC_FILES_URL", ""), PUBLIC_URL)

# Who scans what people send before it is opened; without it, files are opened apart and written anew all the same.
CLAMD = antivirus_address(os.environ.get("DEMOCRATIC_CLAMD", ""))

# Where people write to the agents: mails to it, and to it with a detail (boite+…@), are piped to
# `democratic receive-mail`. Empty: no mail is received, and answers say to write on the page.
INBOX_ADDRESS = os.environ.get("DEMOCRATIC_INBOX", "")

# Map tiles, where the operator names some, with who must be named for them; else outlines alone.
TILES_URL = os.environ.get("DEMOCRATIC_TILES", "")
TILES_ATTRIBUTION = os.environ.get("DEMOCRATIC_TILES_ATTRIBUTION", "")
TILES_ORIGIN = tiles_origin(TILES_URL, TILES_ATTRIBUTION)

# Who holds it may read /metrics: a collector's file, 0600 like the others.
METRICS_TOKEN = secret("metrics-token")

# By which the push services of browsers know who writes; subscriptions are made to its public half.
PUSH_KEY = push_key()

# Nothing is written as long as it is set; `democratic read-only` turns the same on and off while it runs.
READ_ONLY = os.environ.get("DEMOCRATIC_READ_ONLY", "") == "1"

# Read by the projection runner: config is the only layer that knows all the others.
PROJECTIONS = [
    "democratic.thread.views.FIGURES",
    "democratic.thread.views.PAGES",
    "democratic.notices.effects.NOTICES",
]

# Marks that are counted by whoever keeps them: each is called with the moment, and says how many Entries that took.
MARK_COUNTERS = [
    "democratic.participation.polls.counting.count_polls",
    "democratic.participation.meetings.soundings.counting.count_soundings",
]

# Who may not be given a role or an office: each is called before, with the person and the authority, and refuses.
INCOMPATIBILITIES = ["democratic.observatory.rules.refuse_what_a_member_may_not_hold"]

# Who reads the journal checks its heads with the public half alone.
JOURNAL_PUBLIC_KEY = public_signing_key()

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = None

LOGGING = logging_settings()
