"""Settings of a real installation, each read in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
GIVEN = {
    "DJANGO_SETTINGS_MODULE": "portal.settings.production",
    "SECRET_KEY": "k" * 25 + "0123456789-abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "bezpecny.example",
    "BASE_URL": "https://bezpecny.example",
    "DATABASE_URL": "postgres://user:word@database:5432/portal",
    "EMAIL_URL": "smtp+tls://user:word@mail.example:587",
}
FINDING = re.compile(r"\((\w+\.[EW]\d{3})\)")
ASK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name, None) for name in sys.argv[1:]}, default=str))
"""


def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """One Python process under production settings; an empty variable counts as not given."""
    environment = {name: value for name, value in {**GIVEN, **variables}.items() if value}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def read(*names: str, **variables: str) -> dict[str, Any]:
    """Settings as the process sees them."""
    done = run("-c", ASK, *names, **variables)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_deploy_check_finds_nothing() -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


# Each process takes seconds: what does not hide another mistake is made in one of them.
@pytest.mark.parametrize(
    ("variables", "findings"),
    [
        ({"SECRET_KEY": "short", "BASE_URL": "http://bezpecny.example"}, {"security.W009", "portal.W001"}),
        ({"ALLOWED_HOSTS": "", "EMAIL_URL": ""}, {"security.W020", "portal.W002"}),
        (
            {"ALLOWED_HOSTS": "*", "OIDC_ISSUER": "http://id.example", "OIDC_CLIENT_ID": "portal"},
            {"portal.E001", "portal.E003"},
        ),
    ],
)
def test_deploy_check_names_what_is_wrong(variables: dict[str, str], findings: set[str]) -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **variables)
    assert (done.returncode, set(FINDING.findall(done.stderr))) == (1, findings)


def test_missing_secret_key_is_said_in_one_sentence(tmp_path: Path) -> None:
    code = "import portal.settings.base as base; base.SECRET_KEY = ''; import portal.settings.production"
    done = run("-c", code)
    assert (done.returncode, done.stderr.splitlines()[-1].split(": ", 1)[1]) == (
        1, "SECRET_KEY is missing: set it in the environment or in .env (50 random characters or more).",
    )  # fmt: skip


def test_secret_key_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from-the-file")
    assert read("SECRET_KEY", SECRET_KEY="", SECRET_KEY_FILE=str(file)) == {"SECRET_KEY": "from-the-file"}


def test_cookies_are_tied_to_host_and_https() -> None:
    names = [
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
    ]
    assert list(read(*names).values()) == ["__Host-session", True, True, "__Host-csrf", True]


@pytest.mark.parametrize(("trust", "header"), [("", None), ("1", ["HTTP_X_FORWARDED_PROTO", "https"])])
def test_proxy_is_believed_only_when_told(trust: str, header: list[str] | None) -> None:
    assert read("SECURE_PROXY_SSL_HEADER", TRUST_PROXY=trust) == {"SECURE_PROXY_SSL_HEADER": header}


def test_postgresql_keeps_its_connections() -> None:
    database = read("DATABASES")["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"], database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (
        "django.db.backends.postgresql", "database", 600, True,
    )  # fmt: skip


def test_redis_address_moves_the_shared_cache() -> None:
    found = read("CACHES", REDIS_URL="redis://redis:6379/0")["CACHES"]["default"]
    assert found == {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://redis:6379/0"}


def test_bucket_moves_files_and_its_host_may_show_pictures() -> None:
    found = read(
        "STORAGES", "CONTENT_SECURITY_POLICY", "ADMIN_CONTENT_SECURITY_POLICY",
        S3_BUCKET="portal", S3_ENDPOINT_URL="https://s3.example", S3_PUBLIC_HOST="files.example",
    )  # fmt: skip
    assert found["STORAGES"]["default"]["OPTIONS"] == {
        "bucket_name": "portal",
        "endpoint_url": "https://s3.example",
        "region_name": None,
        "custom_domain": "files.example",
        "querystring_auth": False,
        "file_overwrite": False,
        "default_acl": None,
    }
    public = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert (public["img-src"], public["script-src"], found["ADMIN_CONTENT_SECURITY_POLICY"]["img-src"]) == (
        ["'self'", "data:", "https://files.example"],
        ["'self'"],
        ["'self'", "data:", "blob:", "https://files.example"],
    )


def test_log_lines_are_json_with_the_error_inside() -> None:
    code = (
        "import django, logging; django.setup()\n"
        "try: 1 / 0\n"
        "except ZeroDivisionError: logging.getLogger('portal').exception('first\\nsecond')"
    )
    line, *rest = run("-c", code).stderr.splitlines()
    told = json.loads(line)
    assert (rest, told["level"], told["logger"], told["message"]) == ([], "ERROR", "portal", "first\nsecond")
    assert told["error"].splitlines()[-1] == "ZeroDivisionError: division by zero"


def test_second_factor_cannot_be_switched_off() -> None:
    done = run("-c", ASK, "SECRET_KEY", SECOND_FACTOR_REQUIRED="0")
    assert (done.returncode, done.stderr.splitlines()[-1].split(": ", 1)[1]) == (
        1, "SECOND_FACTOR_REQUIRED=0 is for the demo only: staff of a real installation sign in with two factors.",
    )  # fmt: skip
    assert read("SECOND_FACTOR_REQUIRED") == {"SECOND_FACTOR_REQUIRED": True}


@pytest.mark.parametrize("settings", ["production", "demo", "test"])
def test_code_that_passes_for_everybody_is_refused(settings: str) -> None:
    code = (
        f"import portal.settings.{settings} as chosen\n"
        "chosen.MFA_TOTP_INSECURE_BYPASS_CODE = '000000'\n"
        "from django.core.management import execute_from_command_line as go\n"
        "go(['manage.py', 'check'])"
    )
    done = run("-c", code, DJANGO_SETTINGS_MODULE=f"portal.settings.{settings}", DATABASE_URL="")
    assert (done.returncode, done.stderr.count("portal.E002")) == (1, 1), done.stderr


def test_identity_provider_is_off_until_it_is_named(tmp_path: Path) -> None:
    asked = ("SOCIALACCOUNT_PROVIDERS", "CONTENT_SECURITY_POLICY")
    off = read(*asked)
    assert (off[asked[0]], off[asked[1]]["DIRECTIVES"]["form-action"]) == ({}, ["'self'"])
    secret = tmp_path / "secret"
    secret.write_text("from the file")
    known = {"OIDC_ISSUER": "https://id.example/realm/", "OIDC_CLIENT_ID": "portal", "OIDC_NAME": "Region ID"}
    on = read(*asked, **known, OIDC_CLIENT_SECRET_FILE=str(secret))
    (provider,) = on[asked[0]]["openid_connect"]["APPS"]
    assert (provider["name"], provider["client_id"], provider["secret"]) == ("Region ID", "portal", "from the file")
    assert provider["settings"]["server_url"] == "https://id.example/realm"
    assert on[asked[1]]["DIRECTIVES"]["form-action"] == ["'self'", "https://id.example"]


def test_security_log_goes_to_its_own_file(tmp_path: Path) -> None:
    file = tmp_path / "security.log"
    code = "import django; django.setup(); from region.security_log import note; note('export', what='a\\nb')"
    done = run("-c", code, SECURITY_LOG=str(file))
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = file.read_text().splitlines()
    assert json.loads(line)["safe_county.what"] == "a\nb"
    assert json.loads(run("-c", code).stderr)["event.action"] == "export"


def test_codes_live_ten_minutes_and_passkeys_want_https() -> None:
    timeouts = ("ACCOUNT_LOGIN_BY_CODE_TIMEOUT", "ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT")
    seen = read(*timeouts, "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT", "SESSION_COOKIE_AGE")
    assert sorted(seen.values()) == [600, 600, 600, 43200]
    assert not read("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN")["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"]
    assert read("PASSWORD_HASHERS")["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")
