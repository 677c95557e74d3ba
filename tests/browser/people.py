"""Somebody new in the database of a running portal, invitations, and the codes of the letters that were sent."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.browser.serving import REGION, ROOT, Account

if TYPE_CHECKING:
    from tests.browser.serving import Portal

PASSWORD = "violet tractor plum"
CODE = re.compile(r"\b\d{4}-\d{4}\b")
PATIENCE_SECONDS = 90
_MAKE = """
import sys, django
django.setup()
from allauth.account.models import EmailAddress
from region.models import User
for email in sys.argv[2:]:
    user = User.objects.create_user(email, sys.argv[1], first_name="Jana", last_name="Nová", language="en")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
"""
_MAKE_FIGURE = """
import sys, django
django.setup()
from tests.factories.figures import new_metric
new_metric(key=sys.argv[1], is_published=False)
"""
# Links of every kind there is: to one that is new here, to one that has an account, and three that lead nowhere now.
_INVITE = """
import sys, json, django
django.setup()
from datetime import timedelta
from django.utils import timezone
from region.domain.invitations import Newcomer, accept_as_new, hash_of, invite, withdraw
from region.models import Invitation, User
known, number, by = sys.argv[1], sys.argv[2], User.objects.get(email=sys.argv[3])
long = f"jana.novotna-svobodova.oddeleni.prevence{number}@plzensky-kraj-bezpecnost.example.org"
to = {"new": long, "known": known} | {name: f"{name}{number}@example.org" for name in ("expired", "withdrawn", "used")}
made = {name: invite(email=email, role="coordinator", language="en", by=by) for name, email in to.items()}
tokens = {name: link.rstrip("/").rpartition("/")[2] for name, (_row, link) in made.items()}
Invitation.objects.filter(pk=made["expired"][0].pk).update(expires_at=timezone.now() - timedelta(days=1))
withdraw(invitation=made["withdrawn"][0], by=by)
accept_as_new(token_hash=hash_of(tokens["used"]), newcomer=Newcomer("Jana", "Nov\u00e1"))
print(json.dumps(tokens))
"""
_FIGURES = """
import sys, json, django
django.setup()
from datetime import date
from decimal import Decimal
from region.domain.users import system_user
from reports.domain.figures_loading import load_figures
facts = json.loads(sys.argv[1], parse_float=Decimal)
for one in facts["source"] + facts["observation"]:
    for name in ("dated_earliest", "dated_latest", "from", "until"):
        if name in one:
            one[name] = date.fromisoformat(one[name])
    if "as_of" in one:
        one["as_of"] = [date.fromisoformat(day) for day in one["as_of"]]
load_figures(facts=facts, by=system_user())
"""
_numbers = count(int(time.time()))
# Made together, because starting a program takes longer than they do; by the portal they are of.
_AT_ONCE = 8
_waiting: dict[str, list[Account]] = {}


def new_person(portal: Portal) -> Account:
    """An account without a role and without a second factor, so that no other test knows it."""
    waiting = _waiting.setdefault(portal.url, [])
    if not waiting:
        waiting += [Account(f"person{next(_numbers)}@example.org", PASSWORD) for _place in range(_AT_ONCE)]
        _run(portal, _MAKE, PASSWORD, *(account.email for account in waiting))
    return waiting.pop()


def new_figure(portal: Portal) -> str:
    """Key of a figure that is not published yet, so that what an import brings can be taken back."""
    key = f"figure-{next(_numbers)}"
    _run(portal, _MAKE_FIGURE, key)
    return key


def invitation_links(portal: Portal, known: Account) -> dict[str, str]:
    """Secrets of new invitations by how they stand; ``known`` is invited too."""
    links: dict[str, str] = json.loads(
        _run(portal, _INVITE, known.email, str(next(_numbers)), portal.accounts["administrator"].email)
    )
    return links


def figures_in(portal: Portal, facts: dict[str, list[dict[str, Any]]]) -> None:
    """Load metrics with their documents and values, as they stand in a file of figures."""
    _run(portal, _FIGURES, json.dumps(facts, default=str))


def _run(portal: Portal, code: str, *arguments: str) -> str:
    """What a program prints that works in the portal's database."""
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_REGION": REGION,
        "SAFE_COUNTY_VAR": str(portal.database.parent),
        "SECRET_KEY": "nothing-is-signed-with-it-" + "0123456789" * 4,
        "DATABASE_URL": "",
    }
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True).stdout


def letter_code(portal: Portal, account: Account) -> str:
    """The code in the newest letter to somebody: the demo writes letters into its log."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends:
        text = (portal.database.parent / "demo.log").read_text(encoding="utf-8", errors="replace")
        letters = text.split(f"To: {account.email}")[1:]
        codes = [found[0] for letter in letters if (found := CODE.search(letter))]
        if codes:
            return codes[-1]
        time.sleep(0.5)
    raise AssertionError(f"no letter with a code came to {account.email}")
