"""The one settings module. Everything that differs between machines comes from the environment."""

import os
import sys
from urllib.parse import parse_qs, unquote, urlparse

from django.utils.translation import gettext_lazy as _

from democratic.config.places import ROOT, places
from democratic.config.secrets import public_signing_key, secret

VAR = places().var
TESTING = "pytest" in sys.modules

SECRET_KEY = secret("django")
DEBUG = False
# The supervisor asks from this machine itself, whatever hosts the public uses.
ALLOWED_HOSTS = [*os.environ.get("DEMOCRATIC_HOSTS", "*").split(","), "127.0.0.1", "localhost", "[::1]"]
IS_SECURE = os.environ.get("DEMOCRATIC_HTTPS", "") == "1"


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
        "OPTIONS": {"connect_timeout": 5, "server_side_binding": True, "prepare_threshold": 5},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql:///democratic"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "democratic.web",  # before allauth: its pages wear our templates
    "allauth",
    "allauth.account",
    "democratic.kernel",
    "democratic.people",
    "democratic.thread",
    "democratic.messaging",
    "democratic.communities",
    "democratic.participation",
    "democratic.notices",
    "democratic.demo",
]
AUTH_USER_MODEL = "people.Account"

MIDDLEWARE = [
    "democratic.web.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "democratic.web.middleware.same_origin",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "democratic.web.middleware.who_and_where",
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
LANGUAGE_COOKIE_NAME = "language"
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
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files", "file_permissions_mode": 0o600},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Rate limits and sign-in codes must be seen by every worker: allauth counts in this cache.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"},
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
        "TIMEOUT": None,
    },
}

AUTHENTICATION_BACKENDS = ["democratic.web.accounts.backend.AccountBackend"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "democratic.web.accounts.adapter.AccountAdapter"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

SESSION_ENGINE = "democratic.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME = "__Host-session" if IS_SECURE else "session"
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Load is measured from one address: benches and proofs widen every limit by this factor, and say so.
LIMITS_FACTOR = int(os.environ.get("DEMOCRATIC_LIMITS_FACTOR", "1"))

# Real SMTP where the operator names one; else the development mailbox, which is a page.
EMAIL_URL = os.environ.get("DEMOCRATIC_SMTP", "")
_smtp = urlparse(EMAIL_URL)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_URL
    else "democratic.messaging.mailbox.MailboxBackend"
)
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_TLS = _smtp.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEMOCRATIC_FROM", "democraTIC <ne-pas-repondre@localhost>")
PUBLIC_URL = os.environ.get("DEMOCRATIC_URL", "http://127.0.0.1:8000")

# Nothing is written as long as it is set; `democratic read-only` turns the same on and off while it runs.
READ_ONLY = os.environ.get("DEMOCRATIC_READ_ONLY", "") == "1"

# Read by the projection runner: config is the only layer that knows all the others.
PROJECTIONS = [
    "democratic.thread.views.FIGURES",
    "democratic.thread.views.PAGES",
    "democratic.notices.effects.NOTICES",
]

# Who reads the journal checks its heads with the public half alone.
JOURNAL_PUBLIC_KEY = public_signing_key()

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"democratic": {"level": "INFO"}, "procrastinate": {"level": "WARNING"}},
}
