"""People who sign in."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region.enums import Language

# The actor of commands and scheduled work, which nobody can sign in as.
SYSTEM_EMAIL = "system@safe-county.invalid"


class UserManager(BaseUserManager["User"]):
    """Makes and finds users by e-mail, whatever its letter case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """User whose e-mail is ``username``; raises ``User.DoesNotExist``."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Save a user; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Save an administrator."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """Somebody who signs in with an e-mail address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = None  # type: ignore[assignment] # the e-mail address is the login
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language of letters"), max_length=2, choices=Language, default=Language.CS)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment] # AbstractUser types its own manager

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique_any_case")]

    def __str__(self) -> str:
        return gettext("erased account") if self.erased_at else self.get_full_name() or self.email
