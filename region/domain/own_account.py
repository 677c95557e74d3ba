"""What somebody may change about himself or herself."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from region.domain.audit import record
from region.domain.users import clean_names
from region.models import User

FIELDS = ("first_name", "last_name", "language")


@transaction.atomic
def change_details(*, user: User, first_name: str, last_name: str, language: str, by: User) -> User:
    """Change one's own name and the language of letters; writes nothing when all is as it was.

    Raises PermissionDenied for anybody else's account, and ValidationError for a language that is none of ours and for
    a name that is none.
    """
    if user.pk != by.pk:
        raise PermissionDenied("only one's own details")
    person = User.objects.select_for_update().get(pk=user.pk)
    wanted = {**clean_names(first_name=first_name, last_name=last_name), "language": language}
    before = {name: getattr(person, name) for name in FIELDS}
    if wanted == before:
        return person
    for name, value in wanted.items():
        setattr(person, name, value)
    person.clean_fields(exclude=[field.name for field in User._meta.fields if field.name not in FIELDS])
    person.save(update_fields=FIELDS)
    record(action="user.change_details", target=person, by=by, before=before, after=wanted)
    return person
