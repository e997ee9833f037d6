"""Every setting, read from the environment with safe defaults; docs/reference/settings.md names each."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from environs import Env

from prasan.config import mail, mode, postgres

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# Where this installation lives
PRASAN_MODE = env.str("PRASAN_MODE", mode.DEMO, validate=mode.check)
PRASAN_DATA = Path(env.str("PRASAN_DATA", "") or BASE_DIR / "var").resolve()
IN_PRODUCTION = PRASAN_MODE == mode.PRODUCTION

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "") or mode.secret_key(PRASAN_DATA, in_production=IN_PRODUCTION)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [] if IN_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "template_partials",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "prasan.ledger",
    "prasan.accounts",
    "prasan.places",
    "prasan.agencies",
    "prasan.cases",
    "prasan.documents",
    "prasan.planning",
    "prasan.complaints",
    "prasan.innovations",
    "prasan.awards",
    "prasan.notices",
    "prasan.linkage",
    "prasan.web",
    "prasan.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "prasan.web.shell.compression.CompressedPages",
    "prasan.web.shell.security.ContentSecurityPolicy",
    "prasan.web.shell.security.NoCopies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "prasan.web.shell.preferences.Preferences",
    "prasan.web.shell.bodies.LimitedBody",
    "django.contrib.messages.middleware.MessageMiddleware",
    "prasan.web.shell.posted.PostedOnly",
    "prasan.web.agencies.own_password.OwnPasswordFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "prasan.web.urls"
CSRF_FAILURE_VIEW = "prasan.web.shell.views.csrf_failure"
WSGI_APPLICATION = "prasan.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "prasan" / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "prasan.web.shell.context.shell",
            ],
            "builtins": ["prasan.web.shell.templatetags.prasan", "django.templatetags.i18n"],
        },
    }
]

# The database: an embedded PostgreSQL unless DATABASE_URL names another
_database: dict[str, Any] = (
    env.dj_db_url("DATABASE_URL") if env.str("DATABASE_URL", "") else postgres.settings_for(PRASAN_DATA)
)
_pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL", 12), "timeout": 10}
DATABASES = {
    "default": {
        **_database,
        "OPTIONS": {**_database.get("OPTIONS", {}), "pool": _pool},
        "CONN_MAX_AGE": 0,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# One cache that all processes share, for counting failed sign-ins
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["prasan.accounts.passwords.SmallArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/my/"
ACCOUNT_ADAPTER = "prasan.accounts.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "prasan.accounts.adapter.SocialAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_BY_CODE_ENABLED = False
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/15m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Prasan"
USERSESSIONS_TRACK_ACTIVITY = True
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"APPS": mode.openid_apps(env)},
}

# Cookies and transport
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12) * 3600  # not renewed by use, which would write every time
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", IN_PRODUCTION)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000 if IN_PRODUCTION else 0)
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.bool("BEHIND_TLS_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Sizes of what people send; a page that takes a sheet or a photograph checks its own, lower limit
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
LARGEST_BODY = 420 * 1024 * 1024  # twenty photographs of the largest size, with what goes with them
FILES_DIR = PRASAN_DATA / "files"
BOOKS_DIR = PRASAN_DATA / "books"
CERTIFICATES_DIR = PRASAN_DATA / "certificates"
COOKBOOKS_DIR = PRASAN_DATA / "cookbooks"

# The typeface of PDFs, fetched by set-up with the other front-end packages
FONTS_DIR = BASE_DIR / "node_modules" / "@expo-google-fonts" / "sarabun"

# Language, time
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = sorted((BASE_DIR / "prasan" / "web").glob("*/locale"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"
LANGUAGE_COOKIE_NAME = "language"
FORM_RENDERER = "prasan.web.shell.forms.Renderer"

# Static files: built by set-up, served with far-future names
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "prasan" / "web" / "static" / "built"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAP_TILES = env.str("MAP_TILES", "")

# The ledger
LEDGER_LISTENERS: tuple[str, ...] = (
    "prasan.notices.actions.write_letters",
    "prasan.notices.actions.write_to_sender",
    "prasan.linkage.actions.forget_sender",
    "prasan.complaints.actions.clock.read_clocks_by_new_holidays",
)
LEDGER_KEY = Path(env.str("LEDGER_KEY", "") or PRASAN_DATA / "ledger_key")

# Letters
_mail_server = mail.mail_server(env.str("PRASAN_SMTP_URL", ""))
_smtp = _mail_server or mail.MailServer()
LETTERS_GO_BY = mail.way_of(_mail_server, in_production=IN_PRODUCTION)
LETTERS_DIR = PRASAN_DATA / "letters"
SITE_ADDRESS = env.str("PRASAN_ADDRESS", "").rstrip("/")
EMAIL_BACKEND = mail.BACKENDS[LETTERS_GO_BY]
EMAIL_HOST, EMAIL_PORT = _smtp.host, _smtp.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp.user, _smtp.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _smtp.scheme == "smtp", _smtp.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = mail.sender(env.str("PRASAN_MAIL_FROM", ""), goes_by=LETTERS_GO_BY)

# The box from which complaints are read that come by e-mail
MAIL_BOX = mail.mail_box(
    env.str("PRASAN_MAIL_BOX", ""),
    area=env.str("PRASAN_MAIL_BOX_AREA", ""),
    own=(*env.list("PRASAN_MAIL_BOX_OWN", []), DEFAULT_FROM_EMAIL),
)

# Jobs
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"procrastinate": {"level": "WARNING"}},  # not a line for every job
}
