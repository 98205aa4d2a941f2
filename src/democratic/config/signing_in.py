"""Signing in and staying in, as Django's and allauth's settings name it: told to ``settings``."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from democratic.config.places import places
from democratic.config.secrets import secret
from democratic.web.accounts.identity.declared import read_identity

TESTING = "pytest" in sys.modules
IS_SECURE = os.environ.get("DEMOCRATIC_HTTPS", "") == "1"
# A name that starts so is taken by browsers over HTTPS alone, from this host alone, for all its pages.
OURS_ALONE = "__Host-" if IS_SECURE else ""

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
    Path(os.environ.get("DEMOCRATIC_IDENTITY") or places().var / "identity.toml"),
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
