"""How files of a kind are read, kept under a name: taken again by itself for the next file with the same headings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from region.domain import audit
from region.import_kinds import permission_of
from region.importers import importer_of
from region.messages import Problem, gettext_noop
from region.models import ImportBatch, SavedMapping, User
from region.queries.batches import may_import
from region.queries.mappings import mappings_of
from region.tables.mapping import Fit, cut_of, fit, kept_headings, kept_reading
from region.tables.reading import Options

if TYPE_CHECKING:
    from region.tables.looking import Look

# Looks at a file with some way of cutting it.
Looking: TypeAlias = "Callable[[Options], Look]"
# More would be no help to whoever chooses.
MOST_MAPPINGS = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """A kept way of reading that fits a file, with what the file lacks of it."""

    mapping: SavedMapping
    fit: Fit

    @property
    def options(self) -> dict[str, Any]:
        """What a batch keeps of it."""
        told = {"id": str(self.mapping.pk), "name": self.mapping.name, "missing": list(self.fit.missing)}
        return {"mapping": told, "reading": stored(self.fit.reading), "kept_values": dict(self.mapping.values)}


def stored(reading: Options) -> dict[str, Any]:
    """How a file is read, as JSON takes it."""
    return {
        "encoding": reading.encoding,
        "separator": reading.separator,
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "header_depth": reading.header_depth,
        "places": dict(reading.places) if reading.places is not None else None,
    }


def known_mapping(*, importer: str, look: Looking) -> Chosen | None:
    """The way of reading kept for files with just these headings, the last used of several; None without any."""
    rows = mappings_of(importer).order_by("-used_at", "-created_at")[:MOST_MAPPINGS]
    looks: dict[str, Look | None] = {}
    for mapping in rows:
        for cut in _cuts(mapping):
            key = str(stored(cut))
            if key not in looks:
                looks[key] = _look(look, cut)
            chosen = _fitting(mapping, looks[key])
            if chosen is not None and chosen.fit.is_same and not chosen.fit.missing:
                return chosen
    return None


def fitted(*, mapping: SavedMapping, look: Looking) -> Chosen:
    """A way of reading that a person chose, as far as the file has its columns; else as the file is recognised."""
    tried = (_fitting(mapping, _look(look, cut)) for cut in _cuts(mapping))
    found = [chosen for chosen in tried if chosen is not None]
    if not found:
        raise Problem(gettext_noop("The file cannot be read as “%(name)s”."), name=mapping.name)
    return min(found, key=lambda chosen: len(chosen.fit.missing))


def _cuts(mapping: SavedMapping) -> tuple[Options, ...]:
    """Ways of cutting the file: as it was kept; the same sheet with headings found anew; as recognised by itself."""
    kept = cut_of(mapping.reading)
    return kept, Options(sheet=kept.sheet, ignore_unknown=True), Options(ignore_unknown=True)


def _look(look: Looking, cut: Options) -> Look | None:
    try:
        return look(cut)
    except Problem:
        return None


def _fitting(mapping: SavedMapping, seen: Look | None) -> Chosen | None:
    return Chosen(mapping, fit(mapping.reading, mapping.headings, seen)) if seen is not None else None


def save_mapping(
    *, batch: ImportBatch, name: str, look: Look, reading: Options, values: Mapping[str, Any], by: User
) -> SavedMapping:
    """Keep how a batch is read under a name; the same name again gets the new way. Raises Problem for no name."""
    _require(by, batch.importer)
    told = " ".join(name.split())
    if not told:
        raise Problem(gettext_noop("Give the way of reading a name."))
    if mappings_of(batch.importer).exclude(name=told).count() >= MOST_MAPPINGS:
        text = gettext_noop("There are %(count)s kept ways of reading such files. Delete one first.")
        raise Problem(text, count=MOST_MAPPINGS)
    own = importer_of(batch.importer).own_values
    kept = {
        "headings": kept_headings(look),
        "reading": kept_reading(reading, look),
        "values": {field: value for field, value in values.items() if field not in own},
        "used_at": timezone.now(),
    }
    with transaction.atomic():
        mapping, is_new = SavedMapping.objects.update_or_create(
            importer=batch.importer, name=told, defaults=kept, create_defaults={**kept, "created_by": by}
        )
        act = "mapping.add" if is_new else "mapping.change"
        audit.record(action=act, target=mapping, by=by, after={"importer": batch.importer, "name": told})
    return mapping


def note_use(*, mapping: SavedMapping) -> None:
    """Remember that a file was read so."""
    SavedMapping.objects.filter(pk=mapping.pk).update(used_at=timezone.now())


@transaction.atomic
def rename_mapping(*, mapping: SavedMapping, name: str, by: User) -> SavedMapping:
    """Call it by another name. Raises ValidationError when files of this kind already have one of that name."""
    _require(by, mapping.importer)
    row = SavedMapping.objects.select_for_update().get(pk=mapping.pk)
    before, row.name = row.name, " ".join(name.split())
    if mappings_of(row.importer).filter(name=row.name).exclude(pk=row.pk).exists():
        raise ValidationError({"name": _("Another way of reading such files has this name.")})
    row.save(update_fields=["name"])
    audit.record(action="mapping.change", target=row, by=by, before={"name": before}, after={"name": row.name})
    return row


@transaction.atomic
def delete_mapping(*, mapping: SavedMapping, by: User) -> None:
    """Forget it; imports that were read so stay as they are."""
    _require(by, mapping.importer)
    audit.record(action="mapping.delete", target=mapping, by=by, before={"name": mapping.name})
    SavedMapping.objects.filter(pk=mapping.pk).delete()


def _require(by: User, importer: str) -> None:
    if not may_import(by, importer):
        raise PermissionDenied(permission_of(importer))
