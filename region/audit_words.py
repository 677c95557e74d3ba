"""Events of the audit trail in words that people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignKey
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext, pgettext_lazy

from region.domain.audit import CLOCK
from region.domain.editing import AREAS
from region.personal_data import MASK
from region.roles import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Field, Model

    from region.models import AuditEvent, User

# What an act, or else the last word of it, means.
_ACTS: dict[str, Any] = {
    "role.give": pgettext_lazy("audit trail", "role given"),
    "role.end": pgettext_lazy("audit trail", "role ended"),
    "accept": pgettext_lazy("audit trail", "accepted"),
    "add": pgettext_lazy("audit trail", "added"),
    "change": pgettext_lazy("audit trail", "changed"),
    "delete": pgettext_lazy("audit trail", "deleted"),
    "end": pgettext_lazy("audit trail", "ended"),
    "ended": pgettext_lazy("audit trail", "ended"),
    "dropped": pgettext_lazy("audit trail", "dropped"),
    "erase": pgettext_lazy("audit trail", "erased"),
    "export": pgettext_lazy("audit trail", "copied for the person"),
    "give": pgettext_lazy("audit trail", "given"),
    "imported": pgettext_lazy("audit trail", "imported"),
    "applied": pgettext_lazy("audit trail", "written"),
    "block": pgettext_lazy("audit trail", "blocked"),
    "close": pgettext_lazy("audit trail", "closed"),
    "change_details": pgettext_lazy("audit trail", "details changed"),
    "hold": pgettext_lazy("audit trail", "held back"),
    "hold_all": pgettext_lazy("audit trail", "all mail held back"),
    "join": pgettext_lazy("audit trail", "account opened"),
    "mark_arrived": pgettext_lazy("audit trail", "marked as arrived"),
    "mark_bounced": pgettext_lazy("audit trail", "marked as come back"),
    "release": pgettext_lazy("audit trail", "released"),
    "release_all": pgettext_lazy("audit trail", "mail released"),
    "remove": pgettext_lazy("audit trail", "removed"),
    "reset_second_factor": pgettext_lazy("audit trail", "second factor removed"),
    "run_again": pgettext_lazy("audit trail", "run again"),
    "send": pgettext_lazy("audit trail", "sent"),
    "sorted": pgettext_lazy("audit trail", "spellings sorted"),
    "send_again": pgettext_lazy("audit trail", "sent again"),
    "set_aside": pgettext_lazy("audit trail", "set aside"),
    "site_built": pgettext_lazy("audit trail", "site built"),
    "town_page_created": pgettext_lazy("audit trail", "page of a town made"),
    "try_now": pgettext_lazy("audit trail", "tried at once"),
    "unblock": pgettext_lazy("audit trail", "unblocked"),
    "undone": pgettext_lazy("audit trail", "undone"),
    "uploaded": pgettext_lazy("audit trail", "uploaded"),
    "verify": pgettext_lazy("audit trail", "verified"),
    "withdraw": pgettext_lazy("audit trail", "withdrawn"),
}
# What acts are about where the first word of their code is not the name of one of our models.
_ABOUT: dict[str, Any] = {
    "addresses": pgettext_lazy("audit trail", "addresses"),
    "assignment": pgettext_lazy("audit trail", "responsibility"),
    "boundary": pgettext_lazy("audit trail", "boundary"),
    "events": pgettext_lazy("audit trail", "events of a register"),
    "import": pgettext_lazy("audit trail", "import"),
    "mail": pgettext_lazy("audit trail", "all e-mail"),
    "mapping": pgettext_lazy("audit trail", "way of reading files"),
    "person": pgettext_lazy("audit trail", "personal data"),
    "role": pgettext_lazy("audit trail", "role"),
    "task": pgettext_lazy("audit trail", "task in the background"),
}
# Values that are noted under a name of their own, not under that of a column.
_NAMES: dict[str, Any] = {
    "active": pgettext_lazy("noted in the audit trail", "may sign in"),
    "emptied": pgettext_lazy("noted in the audit trail", "emptied records"),
    "added_count": pgettext_lazy("noted in the audit trail", "new rows"),
    "changed_count": pgettext_lazy("noted in the audit trail", "changed rows"),
    "unchanged_count": pgettext_lazy("noted in the audit trail", "unchanged rows"),
    "rejected_count": pgettext_lazy("noted in the audit trail", "rejected rows"),
    "from": pgettext_lazy("noted in the audit trail", "first day"),
    "group": pgettext_lazy("noted in the audit trail", "group of editors"),
    "languages": pgettext_lazy("noted in the audit trail", "languages"),
    "organisation": pgettext_lazy("noted in the audit trail", "organisation"),
    "reason": pgettext_lazy("noted in the audit trail", "reason"),
    "role": pgettext_lazy("noted in the audit trail", "role"),
    "rows": pgettext_lazy("noted in the audit trail", "rows"),
    "second_factor": pgettext_lazy("noted in the audit trail", "second factor"),
    "town": pgettext_lazy("noted in the audit trail", "town"),
    "until": pgettext_lazy("noted in the audit trail", "last day"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One column: its label, what it was and what it is."""

    label: str
    before: str
    after: str


def model_of(label: str) -> type[Model] | None:
    """The model of an event's kind of thing; None for one that is gone."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def kind_words(label: str) -> str:
    """The kind of thing in words."""
    model = model_of(label)
    return capfirst(str(model._meta.verbose_name)) if model else label


def act_words(action: str) -> str:
    """What was done, in a word; the code itself where there is none."""
    return str(_ACTS.get(action) or _ACTS.get(action.rpartition(".")[2], action))


def act_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Acts for a field's choices, in words: each code, and each first word with its point, which means all of them."""
    known = {code: _whole_words(code) for code in codes}
    abouts = {code.partition(".")[0] for code in known if "." in code}
    everything = pgettext("audit trail", "every act")
    found = {f"{about}.": f"{_about_words(about)}: {everything}" for about in abouts} | known
    return sorted(found.items(), key=lambda pair: (pair[1].partition(":")[0], not pair[0].endswith("."), pair[1]))


def _whole_words(code: str) -> str:
    about, point, _act = code.partition(".")
    return f"{_about_words(about)}: {act_words(code)}" if point else capfirst(act_words(code))


def _about_words(about: str) -> str:
    ours = {model._meta.model_name: model._meta.verbose_name for model in apps.get_models() if _is_ours(model)}
    return capfirst(str(_ABOUT.get(about) or ours.get(about, about)))


def _is_ours(model: type[Model]) -> bool:
    return model._meta.app_label in AREAS


def actor_words(event: AuditEvent, actors: Mapping[str, User]) -> str:
    """Who did it: the name of today, since the trail keeps none."""
    if event.actor_id == CLOCK:
        return pgettext("who acts", "the clock")
    user = actors.get(event.actor_id)
    return str(user) if user else gettext("unknown account")


def role_words(event: AuditEvent) -> str:
    """Roles in force when it was done."""
    codes = [code for code in event.actor_roles.split(", ") if code]
    return ", ".join(str(ROLES[code].name) if code in ROLES else code for code in codes)


def differences(event: AuditEvent) -> list[Difference]:
    """Columns that changed, with their labels and values in words, in the order of the labels."""
    model = model_of(event.target_type)
    names = dict.fromkeys([*event.before, *event.after])
    found = [
        Difference(
            _label(model, name),
            _in_words(model, name, event.before.get(name)) if name in event.before else "",
            _in_words(model, name, event.after.get(name)) if name in event.after else "",
        )
        for name in names
    ]
    return sorted(found, key=lambda one: one.label)


def changed_words(event: AuditEvent) -> str:
    """Labels of what changed, for one line."""
    model = model_of(event.target_type)
    return ", ".join(sorted({_label(model, name) for name in [*event.before, *event.after]}))


def _field(model: type[Model] | None, name: str) -> Field[Any, Any] | None:
    for known in (name, name.removesuffix("_id")):
        try:
            found: Any = model._meta.get_field(known) if model else None
        except FieldDoesNotExist:
            continue
        return found if hasattr(found, "verbose_name") else None
    return None


def _label(model: type[Model] | None, name: str) -> str:
    field = _field(model, name)
    return capfirst(str(field.verbose_name if field else _NAMES.get(name, name.replace("_", " "))))


def _in_words(model: type[Model] | None, name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if value == MASK:
        return gettext("filled in (personal data is not kept here)")
    if name == "role" and value in ROLES:
        return str(ROLES[value].name)
    field = _field(model, name)
    if isinstance(field, ForeignKey):
        return _named(field, value)
    choices = dict(getattr(field, "flatchoices", None) or ())
    return str(choices[value]) if isinstance(value, str) and value in choices else _plain(value)


def _named(field: ForeignKey[Any, Any], key: Any) -> str:
    """The thing that a reference points at by its name of today, else its key."""
    found = field.related_model._base_manager.filter(pk=key).first()
    return str(found) if found else str(key)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    """A day or a moment as people write it; other texts as they are."""
    try:
        day: date | None = parse_date(text)
        moment = parse_datetime(text) if day is None else None
    except ValueError:
        return text
    if moment:
        return date_format(timezone.localtime(moment) if timezone.is_aware(moment) else moment, "DATETIME_FORMAT")
    return date_format(day) if day else text
