"""As the deployment checklist has it: no debug, cached templates, sessions in the database, WAL, writers that queue."""
import os

SECRET_KEY = os.environ["RIVAL_SECRET"]
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
                  "benchmarks.rival.inovasi"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware", "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware"]
ROOT_URLCONF = "benchmarks.rival.urls"
WSGI_APPLICATION = "benchmarks.rival.wsgi.application"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
    "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages", "benchmarks.rival.inovasi.head.head"]}}]
DATABASES = {"default": {
    "ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["RIVAL_DATABASE"], "CONN_MAX_AGE": None,
    "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 15, "init_command":
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"}}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing in is not what is measured
AUTH_USER_MODEL = "inovasi.Person"
LOGIN_URL, LOGIN_REDIRECT_URL = "/masuk", "/akun"
LANGUAGE_CODE, TIME_ZONE, USE_TZ, USE_I18N, USE_THOUSAND_SEPARATOR = "id", "Asia/Jakarta", True, True, True
SESSION_COOKIE_HTTPONLY, CSRF_COOKIE_HTTPONLY = True, True
