"""What ``check --deploy`` asks beyond Django's own questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.checks import CheckMessage


@register(Tags.security, deploy=True)
def check_deployment(app_configs: Sequence[Any] | None, **_more: Any) -> list[CheckMessage]:
    """Refuse any host; warn when links would lead to plain HTTP, or messages to nowhere."""
    found: list[CheckMessage] = []
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("ALLOWED_HOSTS allows every host: name yours.", id="portal.E001"))
    if not settings.BASE_URL.startswith("https://"):
        found.append(
            Warning("BASE_URL is not an https:// address: links in messages and feeds use it.", id="portal.W001")
        )
    if settings.OIDC_ISSUER and not settings.OIDC_ISSUER.startswith("https://"):
        found.append(Error("OIDC_ISSUER is not an https:// address: anybody could answer for it.", id="portal.E003"))
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        found.append(Warning("EMAIL_URL is not set: messages are only written to the log.", id="portal.W002"))
    return found


@register(Tags.security)
def check_second_factor(app_configs: Sequence[Any] | None, **_more: Any) -> list[CheckMessage]:
    """Refuse a code that passes for everybody's second factor, in every way of running."""
    if getattr(settings, "MFA_TOTP_INSECURE_BYPASS_CODE", None):
        hint = "Remove MFA_TOTP_INSECURE_BYPASS_CODE from the settings."
        return [Error("One code would open every account.", hint=hint, id="portal.E002")]
    return []
