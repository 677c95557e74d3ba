"""Somebody new in the database of a running portal, and the codes of the letters sent to him or her."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from itertools import count
from typing import TYPE_CHECKING

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
user = User.objects.create_user(sys.argv[1], sys.argv[2], first_name="Jana", last_name="Nová", language="en")
EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
"""
_numbers = count(int(time.time()))


def new_person(portal: Portal) -> Account:
    """An account without a role and without a second factor, so that no other test knows it."""
    account = Account(f"person{next(_numbers)}@example.org", PASSWORD)
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_REGION": REGION,
        "SAFE_COUNTY_VAR": str(portal.database.parent),
        "SECRET_KEY": "nothing-is-signed-with-it-" + "0123456789" * 4,
        "DATABASE_URL": "",
    }
    command = [sys.executable, "-c", _MAKE, account.email, account.password]
    subprocess.run(command, cwd=ROOT, env=variables, check=True)
    return account


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
