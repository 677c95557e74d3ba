"""A person of whom everything is held that the portal can hold: one row of every kind that erasing empties."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, ModelLogEntry, Page, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from region.enums import MailStatus
from region.folding import folded_text
from region.models import (
    Invitation,
    Notice,
    Officer,
    OutboxMessage,
    PrivateDocument,
    SavedView,
    SentForm,
    User,
)
from tests.factories.accounts import new_user
from tests.factories.pictures import picture
from tests.factories.roles import give_role

# Stands in every personal column; nothing of it may be left.
MARK = "xqjzkvwy"
NAME = f"Žofie {MARK}ová"
EMAIL = f"{MARK}@example.org"
MINE = "the resident's own words"


def held_user() -> User:
    """Somebody with an account, who has done and received everything."""
    user = new_user(email=EMAIL, first_name="Žofie", last_name=f"{MARK}ová")
    give_role(user, "coordinator")
    _signing_in(user)
    _mail(user)
    _editing(user)
    now = timezone.now()
    SentForm.objects.create(key=uuid.uuid4(), user=user, action="a")
    SavedView.objects.create(user=user, screen="region:office", name=MARK, query=f"q={MARK}")
    SavedView.objects.create(user=new_user(), screen="region:office", name=f"After {NAME.upper()}")
    SavedView.objects.create(user=new_user(), screen="region:office", name="One", query=urlencode({"q": NAME}))
    Invitation.objects.create(
        email=EMAIL.upper(),
        role="editor",
        token_hash=MARK[:3],
        invited_by=new_user(),
        expires_at=now + timedelta(days=7),
    )
    for asked in ({"args": [str(user.pk)]}, {"args": [NAME]}, {"args": [EMAIL]}):
        task(args_kwargs=asked)
    task(traceback=f"Refused: {EMAIL}", status="FAILED")
    PrivateDocument.objects.create(rule="x", name="list.csv", stored_as="1", size=1, sha256="0", added_by=user)
    return user


def task(**fields: Any) -> DBTaskResult[Any, Any]:
    """A task that has ended."""
    known = {"status": "SUCCESSFUL", "args_kwargs": {}, "task_path": "a.b", "backend_name": "default", "priority": 0}
    ended = {"finished_at": timezone.now(), "run_after": timezone.now(), "exception_class_path": "", "traceback": ""}
    return DBTaskResult.objects.create(**{**known, **ended, **fields})


def _signing_in(user: User) -> None:
    EmailAddress.objects.create(user=user, email=f"second-{EMAIL}", verified=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": MARK})
    SocialAccount.objects.create(user=user, provider="o", uid=MARK, extra_data={"name": NAME})
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session.save()
    UserSession.objects.create(user=user, ip="192.0.2.7", user_agent=MARK, session_key=str(session.session_key))


def _mail(user: User) -> None:
    OutboxMessage.objects.create(user=user, to=EMAIL, subject=f"For {NAME}", body=f"Dear {NAME}")
    OutboxMessage.objects.create(to="hall@example.org", reply_to=EMAIL, subject="A question", body=MINE)
    OutboxMessage.objects.create(
        to="other@example.org", subject=f"{NAME} invites you", body="", status=MailStatus.SENT, sent_at=timezone.now()
    )
    Notice.objects.create(user=user, kind="k", text=f"For {MARK}")
    Notice.objects.create(user=new_user(), kind="k", text=f"{NAME} has accepted")
    Notice.objects.create(user=new_user(), kind="k", text=f"{folded_text(NAME)} was here")


def _editing(user: User) -> None:
    kind = ContentType.objects.get_for_model(User)
    UserProfile.objects.create(user=user, avatar=ContentFile(b"x", name=f"{MARK}.png"))
    APIToken.objects.create(user=user, name="t", key_hash=MARK, prefix="p")
    PageSubscription.objects.create(user=user, page=Page.objects.first(), comment_notifications=True)
    now = timezone.now()
    EditingSession.objects.create(user=user, content_type=kind, object_id="1", last_seen_at=now)
    FormState.objects.create(user=user, content_type=kind, object_id="1", data={"name": NAME}, last_updated_at=now)
    UploadedFile.objects.create(uploaded_by_user=user, file=ContentFile(b"x", name=f"{MARK}.pdf"))
    ModelLogEntry.objects.create(
        content_type=kind, object_id=str(user.pk), label=NAME, action="wagtail.edit", timestamp=now, data={"was": NAME}
    )


def held_officer() -> Officer:
    """Somebody shown on the public site with every column filled."""
    officer = Officer.objects.create(
        code=MARK,
        rank=f"prap. {MARK}",
        name=NAME,
        phone="+420 999 888 777",
        email=EMAIL,
        office_hours=[[0, "08:00", "10:00"]],
        photo=picture(title=NAME),
    )
    OutboxMessage.objects.create(to=EMAIL, reply_to="resident@example.org", subject="A question", body=MINE)
    kind = ContentType.objects.get_for_model(Officer)
    ModelLogEntry.objects.create(
        content_type=kind, object_id=str(officer.pk), label=NAME, action="wagtail.edit", timestamp=timezone.now()
    )
    return officer


def places_that_say(*words: str) -> set[str]:
    """Tables and columns of the whole database in which one of the words still stands, whatever the letter case."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(" ".join(("SELECT * FROM", connection.ops.quote_name(table))))
            columns = [column[0] for column in cursor.description]
            found |= {
                f"{table}.{name}"
                for row in cursor.fetchall()
                for name, value in zip(columns, row, strict=True)
                if any(word.lower() in str(value).lower() for word in words)
            }
    return found
