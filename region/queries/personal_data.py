"""What is held of a person: for the preview of erasing and for the copy that the person gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.db.models.functions import Lower

from region.folding import searched
from region.models import Officer, User
from region.personal_data import (
    EMPTIED,
    NOBODY,
    WAYS,
    ModelData,
    Person,
    Text,
    Way,
    column_words,
    declared,
    kind_words,
)

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

# Shorter words than these may be parts of anything.
SHORTEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of one kind: how many, which columns, what becomes of them when the person is erased and why."""

    name: Text
    count: int
    columns: tuple[Text, ...]
    fate: Text
    ground: Text = ""
    retention: Text = ""


def person_of_user(user: User) -> Person:
    """The person of an account, with every address that belongs to it."""
    known = EmailAddress.objects.filter(user=user).annotate(low=Lower("email")).values_list("low", flat=True)
    return Person(
        user_id=user.pk, addresses=frozenset({user.email.lower(), *known}), words=_words(user.get_full_name())
    )


def person_of_officer(officer: Officer) -> Person:
    """The person shown on the public site. An address that others of them share is no mark of the person."""
    email = officer.email.lower()
    is_own = email and not Officer.objects.filter(email__iexact=email).exclude(pk=officer.pk).exists()
    addresses = frozenset({email} if is_own else ())
    return Person(officer_id=officer.pk, addresses=addresses, words=_words(officer.name))


def _words(name: str) -> tuple[str, ...]:
    return (name,) if " " in name and len(name) >= SHORTEST_WORDS else ()


def own_rows(data: ModelData, person: Person) -> QuerySet[Model]:
    """Rows of a model that are about the person."""
    return data.model._base_manager.filter(data.find(person) if data.find else NOBODY)


def emptied_rows(data: ModelData, person: Person) -> QuerySet[Model]:
    """Rows that erasing the person empties or deletes: own ones, and those of others that name the person."""
    conditions = [find(person) for find in (data.find, data.mentions) if find]
    found = NOBODY
    for condition in conditions if data.is_emptied else ():
        found |= condition
    return data.model._base_manager.filter(found)


def linked_rows(data: ModelData, person: Person) -> QuerySet[Model]:
    """Rows that only point at the person's account (who gave, added, changed something) or tell what was done to it."""
    found = data.tells_of(person) if data.tells_of else NOBODY
    for name in links(data) if person.user_id else ():
        found |= Q(**{name: person.user_id})
    return data.model._base_manager.filter(found)


def links(data: ModelData) -> list[str]:
    """Columns of a model that point at accounts and are left as they are."""
    named = data.named(Way.FOLLOWS)
    return [name for name in named if getattr(data.model._meta.get_field(name), "related_model", None) is User]


def holdings(person: Person) -> list[Holding]:
    """What is held of the person and what erasing does with it; kinds of which there is nothing are left out."""
    found = [_emptied(data, person) for data in declared().values() if data.is_emptied]
    kept = [_kept(data, person) for data in declared().values() if data.named(Way.KEEP)]
    return [one for one in (*found, *kept) if one.count]


def _emptied(data: ModelData, person: Person) -> Holding:
    names = data.named(*EMPTIED)
    fate = WAYS[Way.ROW] if data.deletes_row else WAYS[Way.BLANK]
    return _holding(data, emptied_rows(data, person).count(), names, fate)


def _kept(data: ModelData, person: Person) -> Holding:
    names = data.named(Way.KEEP)
    rows = own_rows(data, person) if data.find else linked_rows(data, person)
    return _holding(data, rows.count(), names, WAYS[Way.KEEP], data.fields[names[0]].ground)


def _holding(data: ModelData, count: int, names: list[str], fate: Text, ground: Text = "") -> Holding:
    columns = tuple(column_words(data, name) for name in names)
    retention = data.retention.words if data.retention else ""
    return Holding(kind_words(data), count, columns, fate, ground, retention)


def people_for_handling(text: str) -> list[Any]:
    """Accounts and people of the public site with every word of the text in their names or address; 25 of each at most.

    Case and diacritics do not matter: whoever asks by letter is found, however the name is written in it.
    """
    if not text.strip():
        return []
    users = searched(User.objects.filter(erased_at=None), text, ("first_name", "last_name", "email"))
    officers = searched(Officer.objects.all(), text, ("name", "email"))
    return [*users.order_by("last_name", "email")[:25], *officers.order_by("name")[:25]]
