"""The one settings module. Everything that differs between machines comes from the environment."""

import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from democratic.config.logs import logging_settings
from democratic.config.places import ROOT, places
from democratic.config.secrets import public_signing_key, secret
from democratic.config.server.storage import files_origin, private_storage
from democratic.config.tiles import tiles_origin
from democratic.web.accounts.identity.declared import read_identity

VAR = places().var
TESTING = "pytest" in sys.modules

SECRET_KEY = secret("django", 48)
DEBUG = False
# The supervisor asks from this machine itself, whatever hosts the public uses.
ALLOWED_HOSTS = [*os.environ.get("DEMOCRATIC_HOSTS", "*").split(","), "127.0.0.1", "localhost", "[::1]"]
IS_SECURE = os.environ.get("DEMOCRATIC_HTTPS", "") == "1"


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
    "democratic.demo",
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
# A name that starts so is taken by browsers over HTTPS alone, from this host alone, for all its pages.
OURS_ALONE = "__Host-" if IS_SECURE else ""
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
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Tries are counted by our own limits, one statement for all of them: accounts/tries.py.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
MFA_ADAPTER = "democratic.web.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey opens the account by itself: the device asks for its finger, face or code each time.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Without HTTPS, browsers offer passkeys to localhost alone: there, the origin may have any port.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
MFA_TOTP_TOLERANCE = 1  # half a minute, for phones that are not on time
FACTOR_KEY = secret("factors")
# Whether the desk opens to an account without a second factor: "demanded", or "advised".
STAFF_FACTOR = os.environ.get("DEMOCRATIC_STAFF_MFA", "demanded")
if STAFF_FACTOR not in ("demanded", "advised"):
    raise ImproperlyConfigured("DEMOCRATIC_STAFF_MFA is 'demanded' (the default) or 'advised'")
# Services of identity: OpenID Connect, SAML. A wrong line is told by ``check`` and at start, and left out.
IDENTITY = read_identity(
    Path(os.environ.get("DEMOCRATIC_IDENTITY") or VAR / "identity.toml"),
    os.environ.get("DEMOCRATIC_IDENTITY_ALLOW", ""),
)
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
    {"NAME": "democratic.web.accounts.passwords.NotWordsOfThePlace"},
    {"NAME": "democratic.web.accounts.passwords.NotLeaked"},
]
# Passwords that leaked elsewhere: a file in the order of its prints, read where it stands; else the common ones alone.
LEAKED_PASSWORDS = os.environ.get("DEMOCRATIC_LEAKED_PASSWORDS", "")

SESSION_ENGINE = "democratic.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_UNUSED_DAYS = 7  # a browser that was not used for that long is signed out
STAFF_PROOF_AGE = 12 * 3600  # once a working day, the desk asks its staff whether it is still them
STAFF_SENDING_AGE = 3600  # and a form that was open by then may still be sent for that long
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_NAME = f"{OURS_ALONE}session"
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

# Real SMTP where the operator names one; else the development mailbox, which is a page.
EMAIL_URL = os.environ.get("DEMOCRATIC_SMTP", "")
_smtp = urlparse(EMAIL_URL)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_URL
    else "democratic.messaging.mailbox.MailboxBackend"
)
# scheme: the usual port. Another scheme would send in clear what was meant to be closed: it is refused.
_SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
if EMAIL_URL and _smtp.scheme not in _SMTP_PORTS:
    raise ImproperlyConfigured("DEMOCRATIC_SMTP : smtp://…, smtp+tls://… (STARTTLS) ou smtps://…")
EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "", _smtp.port or _SMTP_PORTS.get(_smtp.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_smtp.username or ""), unquote(_smtp.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp.scheme == "smtp+tls", _smtp.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEMOCRATIC_FROM", "democraTIC <ne-pas-repondre@localhost>")
# Where to report a weakness (/.well-known/security.txt): mailto:… or https://…; else the legal page.
SECURITY_CONTACT = os.environ.get("DEMOCRATIC_SECURITY_CONTACT", "")
PUBLIC_URL = os.environ.get("DEMOCRATIC_URL", "http://127.0.0.1:8000")
# Files from a host of their own, where nothing else is served: no page's cookie is in their reach.
FILES_URL = files_origin(os.environ.get("DEMOCRATIC_FILES_URL", ""), PUBLIC_URL)

# Map tiles, where the operator names some, with who must be named for them; else outlines alone.
TILES_URL = os.environ.get("DEMOCRATIC_TILES", "")
TILES_ATTRIBUTION = os.environ.get("DEMOCRATIC_TILES_ATTRIBUTION", "")
TILES_ORIGIN = tiles_origin(TILES_URL, TILES_ATTRIBUTION)

# Who holds it may read /metrics: a collector's file, 0600 like the others.
METRICS_TOKEN = secret("metrics-token")

# Nothing is written as long as it is set; `democratic read-only` turns the same on and off while it runs.
READ_ONLY = os.environ.get("DEMOCRATIC_READ_ONLY", "") == "1"

# Read by the projection runner: config is the only layer that knows all the others.
PROJECTIONS = [
    "democratic.thread.views.FIGURES",
    "democratic.thread.views.PAGES",
    "democratic.notices.effects.NOTICES",
]

# Who may not be given a role or an office: each is called before, with the person and the authority, and refuses.
INCOMPATIBILITIES = ["democratic.observatory.rules.refuse_what_a_member_may_not_hold"]

# Who reads the journal checks its heads with the public half alone.
JOURNAL_PUBLIC_KEY = public_signing_key()

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = None

LOGGING = logging_settings()
