"""All settings of an installation, from the environment (docs/reference/settings.md)."""

from __future__ import annotations

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from guyub.config import environment
from guyub.config.sqlite import use_safe_library
from guyub.interfaces.web import FAMILIES

use_safe_library()

PACKAGE = Path(__file__).resolve().parents[1]
GUYUB_DATA = environment.data_folder()

DEBUG = environment.flag("GUYUB_DEBUG")
# Behind a proxy that speaks HTTPS, cookies travel over HTTPS only and browsers remember it.
_HTTPS = environment.flag("GUYUB_HTTPS")
ALLOWED_HOSTS = environment.words("GUYUB_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if _HTTPS else []

SECRET_KEY = environment.secret(
    "GUYUB_SECRET_KEY", GUYUB_DATA / "secret_key", lambda: secrets.token_urlsafe(50)
)

# Kept digests are made under it, and could not be made anew: it stays as long as the data does.
GUYUB_DIGEST_KEY = environment.secret(
    "GUYUB_DIGEST_KEY", GUYUB_DATA / "digest_key", lambda: secrets.token_urlsafe(50)
)


def _first_field_key() -> str:
    from guyub.core.keys import new_key

    return f"1:{new_key()}"


GUYUB_FIELD_KEYS = environment.secret(
    "GUYUB_FIELD_KEYS", GUYUB_DATA / "field_keys", _first_field_key
)
# Where a rotation writes its new key; an installation whose keys come from elsewhere has none.
GUYUB_FIELD_KEYS_FILE = GUYUB_DATA / "field_keys"

INSTALLED_APPS = [
    "guyub.core",
    "guyub.cycle.listen",
    "guyub.cycle.map",
    "guyub.cycle.start",
    "guyub.interfaces.submissions.apps.SubmissionsConfig",
    "guyub.interfaces.web",
    *(f"guyub.interfaces.web.{family}" for family in FAMILIES),
    "guyub.interfaces.phone",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "csp",
    "django.forms",
    "django_htmx",
    "template_partials",
]

MIDDLEWARE = [
    "guyub.config.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "guyub.interfaces.web.frame.middleware.CompressedMiddleware",
    "guyub.interfaces.web.frame.middleware.NothingKeptMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "guyub.core.middleware.ActorMiddleware",
]

ROOT_URLCONF = "guyub.config.urls"
WSGI_APPLICATION = "guyub.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guyub.interfaces.web.frame.navigation.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "guyub.interfaces.web.frame.templatetags.look",
                "template_partials.templatetags.partials",
            ],
        },
    },
]

# Widgets come from our folder of templates first.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": environment.database(GUYUB_DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Throttles are counted in the database: in the memory of each worker they would count apart.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}

AUTH_USER_MODEL = "core.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    # OWASP ASVS 5.0, 6.2.1: at least 8, 15 recommended; no rule on what it is made of.
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
ACCOUNT_ADAPTER = "guyub.interfaces.web.profile.adapter.ClosedSignUp"
ACCOUNT_FORMS = {
    "login": "guyub.interfaces.web.profile.forms.LogInForm",
    "change_password": "guyub.interfaces.web.profile.forms.OwnPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_USERNAME_BLACKLIST: list[str] = []
# A worker who mistypes waits a little; nobody is ever locked out for good (that would be a way to
# keep a colleague from working).
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}

# Behind proxies everybody comes from the same address; what the nearest of so many of them wrote
# down tells visitors apart. One that is not there would let anybody choose an address.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("GUYUB_PROXIES", 1 if _HTTPS else 0)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_NAME = "__Host-guyub" if _HTTPS else "guyub"
CSRF_COOKIE_NAME = "__Host-guyub-csrf" if _HTTPS else "guyub-csrf"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "guyub.interfaces.web.frame.errors.csrf_failure"
LANGUAGE_COOKIE_NAME = "guyub-language"
LANGUAGE_COOKIE_SAMESITE = "Lax"

SECURE_SSL_REDIRECT = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
# The load balancer and the owner's own eye ask for it without HTTPS.
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
# Nothing goes to other hosts. Not "no-referrer": browsers then send forms with `Origin: null`,
# which the CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading HSTS is for the owner of the domain to ask

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# In a cookie they would lie readable on a shared phone, names and all.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "static/"
STATIC_ROOT = GUYUB_DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
# Files straight from the package, with their plain names, where nobody has collected them:
# `guyub serve` does so before it starts; the demo and the tests do without.
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if WHITENOISE_USE_FINDERS
        else "guyub.config.static_files.HashedFiles"
    },
}

# Uploads and drafts stay in memory or in the data folder, never in a shared temporary folder.
FILE_UPLOAD_TEMP_DIR = str(GUYUB_DATA)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

_LOG_LEVEL = environment.one_of(
    "GUYUB_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "INFO"
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "guyub.config.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "guyub": {"level": _LOG_LEVEL},
        # Its own handlers would write addresses and mail tracebacks.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
