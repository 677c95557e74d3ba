"""How long somebody who has tried too often must wait, read from the counters of allauth."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from allauth.account import app_settings
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.core.internal.ratelimit import Rate, get_cache_key, parse_rates
from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

APP = "allauth.account"
# When no counter tells, for example because its time ran out this very moment.
SHORTEST = 60
CODE_STATES = (EMAIL_VERIFICATION_CODE_SESSION_KEY, PASSWORD_RESET_VERIFICATION_SESSION_KEY)


def seconds_to_wait(request: HttpRequest) -> int:
    """Seconds until the next attempt of whoever asks is counted again: the longest of the limits that were reached."""
    waits = [_wait(counter, rate) for counter, rate in _counters(request)]
    return max(SHORTEST, *waits) if waits else SHORTEST


def _counters(request: HttpRequest) -> Iterator[tuple[str, Rate]]:
    """Keys of the counters that this request may have reached, with their limits."""
    for action, limits in app_settings.RATE_LIMITS.items():
        for rate in parse_rates(limits):
            if rate.per == "ip" or (rate.per == "user" and request.user.is_authenticated):
                yield get_cache_key(request, app=APP, action=action, rate=rate), rate
            elif rate.per == "key":
                for key in _keys(request):
                    yield get_cache_key(request, app=APP, action=action, rate=rate, key=key), rate


@contextmanager
def count_of_address_kept(request: HttpRequest) -> Iterator[None]:
    """Keep what a network address did wrong while the library forgets it together with what one person did wrong.

    Otherwise whoever succeeds with an account of his own, again and again, tries those of others without end.
    """
    rates = parse_rates(app_settings.RATE_LIMITS["login_failed"])
    counters = [
        (get_cache_key(request, app=APP, action="login_failed", rate=rate), rate) for rate in rates if rate.per == "ip"
    ]
    before = {key: cache.get(key) for key, _rate in counters}
    yield
    for key, rate in counters:
        if before[key] and cache.get(key) is None:
            cache.set(key, before[key], rate.duration)


def _keys(request: HttpRequest) -> Iterator[str]:
    """What attempts are counted by: the address that was typed or is being proved, and the person."""
    addresses = {request.POST.get(name, "").strip().lower() for name in ("login", "email")}
    addresses |= {address_being_proved(request), str(getattr(request.user, "email", ""))}
    for address in sorted(addresses - {""}):
        yield address
        yield code_key(address)
    for person in (request.user.pk, _on_the_way_in(request)):
        if person:
            yield f"mfa-auth-user-{person}"


def code_key(address: str) -> str:
    """What wrong codes sent to an address are counted by."""
    return f"code:{address.lower()}"


def address_being_proved(request: HttpRequest) -> str:
    """The address that a code was sent to and that whoever asks is about to prove; empty when there is none."""
    stage = getattr(request, "_login_stage", None)
    states = [stage.state if stage else {}, *(request.session.get(key) or {} for key in CODE_STATES)]
    return next((str(state["email"]).lower() for state in states if state.get("email")), "")


def _on_the_way_in(request: HttpRequest) -> Any:
    """Id of whoever has given a password or code and is asked for a second factor now."""
    stage = getattr(request, "_login_stage", None)
    return getattr(stage.login.user, "pk", None) if stage else None


def _wait(counter: str, rate: Rate) -> int:
    """Seconds until one of the attempts counted is forgotten; 0 while there are some left."""
    attempts = [at for at in cache.get(counter, []) if at > time.time() - rate.duration]
    if len(attempts) < rate.amount:
        return 0
    return math.ceil(attempts[rate.amount - 1] + rate.duration - time.time())
