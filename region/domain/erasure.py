"""Erasing a person: every column that is classified as personal is emptied as its classification says."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import ReferenceIndex

from region.clock import today
from region.domain.audit import record
from region.domain.content import public_content_changed
from region.domain.grants import ADMINISTRATOR, LAST_ADMINISTRATOR, lock_administrators, others_administer, refresh
from region.domain.users import is_system
from region.models import Invitation, Officer, OfficerAssignment, User
from region.personal_data import EMPTIED, ModelData, Person, Way, declared
from region.queries.personal_data import emptied_rows, person_of_officer, person_of_user
from region.rules import require

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.files.storage import Storage
    from django.db.models import Model, QuerySet

PERMISSION = "region.handle_personal_data"
NAMELESS = "—"
# SQLite's full-text index keeps the words of deleted rows until it is put in order.
_ORDER_WORDS = {
    "sqlite": "INSERT INTO wagtailsearch_indexentry_fts(wagtailsearch_indexentry_fts) VALUES ('optimize')",
}


@transaction.atomic
def erase_person(*, user: User, by: User) -> dict[str, int]:
    """Erase somebody who has an account; gives the number of rows emptied or deleted by the model's label.

    The account stays as a row that says nothing, so that what the person did stays done. Erasing again does nothing.
    Raises PermissionDenied; ValidationError for oneself, the last administrator and the programme's own account.
    """
    _require(by)
    row = User.objects.select_for_update().get(pk=user.pk)
    _check(row, by)
    now = timezone.now()
    person = person_of_user(row)
    _end_roles(row, now)
    counts = _empty(person)
    User.objects.filter(pk=row.pk).update(is_active=False, erased_at=row.erased_at or now)
    erased = User.objects.get(pk=row.pk)
    erased.set_unusable_password()
    erased.save(update_fields=["password"])
    refresh(erased)
    if counts:
        record(action="person.erase", target=erased, by=by, after={"emptied": counts})
    return counts


@transaction.atomic
def erase_officer(*, officer: Officer, by: User) -> dict[str, int]:
    """Erase somebody shown on the public site: ends what he or she answers for today, empties the record.

    Gives the number of rows emptied or deleted by the model's label. The photo goes unless something else shows it.
    """
    _require(by)
    row = Officer.objects.select_for_update(of=("self",)).select_related("photo").get(pk=officer.pk)
    photo = row.photo
    _end_assignments(row)
    counts = _empty(person_of_officer(row))
    if photo and not ReferenceIndex.get_references_to(photo).exists():
        photo.delete()
        transaction.on_commit(_order_words, robust=True)
        counts["wagtailimages.Image"] = 1
    if counts:
        record(action="person.erase", target=row, by=by, after={"emptied": counts})
        public_content_changed()
    return counts


def forget_what_is_old(*, now: datetime) -> int:
    """Delete or empty rows whose declared time has passed; gives their number. A duty of the minute tick."""
    return sum(
        _apply(data.model._base_manager.filter(data.retention.due(now)), data, NAMELESS)
        for data in declared().values()
        if data.retention and data.retention.due
    )


def _require(by: User) -> None:
    if not is_system(by):
        require(by, PERMISSION)


def _check(user: User, by: User) -> None:
    if is_system(user):
        raise ValidationError(gettext("This account belongs to the programme itself, not to a person."))
    if user.pk == by.pk:
        raise ValidationError(gettext("Nobody erases himself or herself. Ask somebody else who may do it."))
    lock_administrators()
    administers = user.grants.active(timezone.now()).filter(role=ADMINISTRATOR).exists()
    if administers and not others_administer(user=user, until=None):
        raise ValidationError(LAST_ADMINISTRATOR)


def _end_roles(user: User, now: datetime) -> None:
    """Roles end now, those to come never begin; an invitation that waits for the person is withdrawn."""
    user.grants.lasting(now).update(valid_until=Greatest(now, "valid_from"))
    open_ones = Invitation.objects.filter(email__iexact=user.email, accepted_at=None, withdrawn_at=None)
    open_ones.update(withdrawn_at=now)


def _end_assignments(officer: Officer) -> None:
    """What would begin later or began today goes; the rest ends yesterday, so that no page shows it today."""
    last = today() - timedelta(days=1)
    lasting = OfficerAssignment.objects.filter(Q(until__isnull=True) | Q(until__gt=last), officer=officer)
    lasting.filter(since__gt=last).delete()
    lasting.update(until=last)
    OfficerAssignment.objects.filter(substitute=officer).update(substitute=None)


def _empty(person: Person) -> dict[str, int]:
    mark = str(person.user_id or person.officer_id)
    counts = {data.label: _apply(emptied_rows(data, person), data, mark) for data in declared().values()}
    return {label: number for label, number in counts.items() if number}


def _apply(rows: QuerySet[Model], data: ModelData, mark: str) -> int:
    """Delete or empty rows as the model's columns say; gives how many there were to do."""
    if data.deletes_row:
        return _delete(rows)
    values = {name: _emptied(data, name, mark) for name in data.named(*EMPTIED)}
    filled = list(rows.exclude(**values)) if values else []
    for row in filled:
        for name, value in values.items():
            setattr(row, name, value)
        # Not the model's own save: what libraries check there would refuse a value that is missing on purpose.
        models.Model.save(row, update_fields=list(values))
    return len(filled)


def _delete(rows: QuerySet[Model]) -> int:
    """Delete rows, and their files once the transaction has ended well."""
    found = list(rows)
    for row in found:
        for field in row._meta.concrete_fields:
            file = getattr(row, field.attname)
            if isinstance(field, models.FileField) and file:
                _delete_file_later(file.storage, file.name)
    rows.model._base_manager.filter(pk__in=[row.pk for row in found]).delete()
    return len(found)


def _delete_file_later(storage: Storage, name: str) -> None:
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _order_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_ORDER_WORDS.get(connection.vendor, "SELECT 1"))


def _emptied(data: ModelData, name: str, mark: str) -> Any:
    """The value that says nothing: none, a made-up one, or what the column begins with."""
    field = data.model._meta.get_field(name)
    way = data.fields[name].way
    if way is Way.NULL:
        return None
    if way is Way.PSEUDONYM:
        return f"erased-{mark}@erased.invalid" if isinstance(field, models.EmailField) else NAMELESS
    default = getattr(field, "default", None)
    return default() if callable(default) and default is not models.NOT_PROVIDED else ""
