"""A resident's message to the person or town hall responsible, put into the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext, override

from region.domain.outbox import one_line, put_once
from region.models import OfficerAssignment, Town
from region.queries.profile import current_profile

# People who answer read the language of their country, whatever language the resident saw.
LANGUAGE_OF_COUNTRY = {"CZ": "cs", "PL": "pl"}


class Fate(StrEnum):
    """What became of a message."""

    WRITTEN = "written"
    REPEATED = "repeated"
    EXAMPLE = "example"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Letter:
    """What the resident wrote; the name may be empty. ``key`` is the same when the same form is sent again."""

    name: str
    email: str
    text: str
    key: UUID


@transaction.atomic
def write_to_person(*, assignment_id: UUID, letter: Letter, on: date) -> Fate:
    """Put a letter to the person of an assignment in force on the day into the outbox.

    Goes to the town hall when the person has no address. An invented person gets nothing (EXAMPLE); without any
    address, or when the assignment has ended, NOBODY. The same key has one effect (REPEATED). No ``by``: residents
    have no account; no audit event either, it would keep a second copy of personal data.
    """
    rows = OfficerAssignment.objects.select_related("officer", "town", "district").filter(pk=assignment_id).on(on)
    found = rows.first()
    if found is None:
        return Fate.NOBODY
    if found.officer.is_example:
        return Fate.EXAMPLE
    place = f"{found.town.name}, {found.district.code} {found.district.name}" if found.district else found.town.name
    return _put(to=found.officer.email or found.town.email, reader=str(found.officer), place=place, letter=letter)


@transaction.atomic
def write_to_town(*, slug: str, letter: Letter) -> Fate:
    """Put a letter to a town hall into the outbox; the outcomes are those of ``write_to_person``."""
    town = Town.objects.filter(slug=slug).defer("boundary").first()
    if town is None:
        return Fate.NOBODY
    if town.is_example:
        return Fate.EXAMPLE
    return _put(to=town.email, reader=town.name, place=town.name, letter=letter)


def _put(*, to: str, reader: str, place: str, letter: Letter) -> Fate:
    if not to:
        return Fate.NOBODY
    subject, body = _worded(reader=reader, place=place, letter=letter)
    _row, made = put_once(
        to=to, reply_to=letter.email, subject=subject, body=body, kind="message", key=_key(to, letter)
    )
    return Fate.WRITTEN if made else Fate.REPEATED


def _key(to: str, letter: Letter) -> UUID:
    """The same form sent twice has one key; another text or reader under the same form has its own."""
    return uuid5(letter.key, f"{to}\0{letter.email}\0{letter.name}\0{letter.text}")


def _worded(*, reader: str, place: str, letter: Letter) -> tuple[str, str]:
    """Subject and text in the language of the country."""
    profile = current_profile()
    with override(LANGUAGE_OF_COUNTRY.get(profile.country, "en")):
        subject = gettext("Message from a resident: %(place)s") % {"place": place}
        lines = [
            gettext("For: %(reader)s (%(place)s)") % {"reader": reader, "place": place},
            gettext("From: %(name)s <%(email)s>")
            % {"name": " ".join(letter.name.split()) or gettext("name not given"), "email": letter.email},
            "",
            letter.text,
            "",
            gettext("Sent by the contact form of %(region)s. An answer to this e-mail goes straight to the sender.")
            % {"region": profile.name},
        ]
    return one_line(subject), "\n".join(lines)
