"""Staff without a second factor, or who have not shown it yet: what to do before anything else."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from allauth.account.stages import LoginStageController
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from region.navigation import safe_next
from region.second_factor import FACTORS, Protection, protection
from region.views.guards import sign_in_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@sign_in_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set one up (a page), show the one there is (allauth's page), or go on."""
    target = safe_next(request)
    state = protection(request) if settings.SECOND_FACTOR_REQUIRED else Protection.ENOUGH
    if state is Protection.ENOUGH:
        return redirect(target or "region:home")
    if state is Protection.UNUSED:
        query = urlencode({"next": target}) if target else ""
        return redirect(f"{reverse(_page_for(request))}?{query}".rstrip("?"))
    return render(request, "account/second_factor_needed.html", {"next": target})


class SecondStep(AuthenticateView):
    """The second step of signing in; when an administrator has just removed the factor, one begins anew."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Leave a step that nobody can take any more: the library would lead back to it for ever."""
        step = LoginStageController.enter(request, AuthenticateStage.key)
        if step and not is_mfa_enabled(step.login.user, list(FACTORS)):
            return step.abort()
        return super().dispatch(request, *args, **kwargs)


class RemovePasskey(RemoveWebAuthnView):
    """Removing a passkey; allauth asks about an app only, and here too the last factor of staff must stay."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With whether it must stay."""
        return {**super().get_context_data(**kwargs), "must_stay": self._must_stay()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Remove it, or say why not."""
        response: HttpResponse
        if self._must_stay():
            response = self.render_to_response(self.get_context_data(form=form), status=HTTPStatus.CONFLICT)
        else:
            response = super().form_valid(form)
        return response

    def _must_stay(self) -> bool:
        return not get_adapter().can_delete_authenticator(self.get_object())


def _page_for(request: HttpRequest) -> str:
    """Passkeys are shown on a page of their own; codes of an app and recovery codes on the other."""
    has_app = Authenticator.objects.filter(user_id=request.user.pk, type=Authenticator.Type.TOTP).exists()
    return "mfa_reauthenticate" if has_app else "mfa_reauthenticate_webauthn"
