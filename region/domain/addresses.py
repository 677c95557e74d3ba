"""Writing the offline addresses of the finder from a table of any length."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction

from region.domain import audit
from region.domain.address_index import rebuild
from region.domain.content import public_content_changed
from region.domain.imports import Change, ImportReport, Rejection, Run, settle
from region.domain.places import Place, System, region_place, stray
from region.domain.registers import note_reading
from region.geometry.systems import Reading, degrees, sample
from region.messages import gettext_noop as _
from region.messages import say
from region.models import Address, Street, Town, User
from region.queries.profile import current_profile
from region.tables.address_columns import COLUMN, REASON, REASONS, coordinate_columns, prepared
from region.tables.chunks import LINE, LongTable
from region.wording import in_words

if TYPE_CHECKING:
    import pandas as pd

MOST_LISTED = 100
_STREETS_AT_ONCE = 500
_ROWS_AT_ONCE = 5_000
# Points nearer than this (degrees) are the same: what rounding to six places leaves.
_SAME = 6e-7

Item = TypeVar("Item")
# Four times as fast as bulk_create: half a million model instances cost more than the rows themselves.
_UPSERT = (
    "INSERT INTO region_address (street_id, number, lon, lat) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (street_id, number) DO UPDATE SET lon = excluded.lon, lat = excluded.lat"
)


@dataclass(frozen=True, slots=True)
class AddressOptions:
    """Coordinate system as a person named it; whether addresses of the file's towns that it lacks are removed.

    `on_rejected` gets every rejection, also those beyond the first hundred that the report lists.
    """

    system: System | None = None
    remove_missing: bool = False
    on_rejected: Callable[[Rejection], None] | None = None


@dataclass(slots=True)
class _Work:
    """What an import carries from piece to piece."""

    table: LongTable
    options: AddressOptions
    run: Run
    report: ImportReport
    place: Place
    pair: tuple[str, str]
    town_labels: dict[str, str]
    streets: dict[tuple[str, str], int]
    has_stored: bool
    reading: Reading | None = None
    # Numbers seen so far in each street, with their lines: how doubled rows are found across pieces.
    seen: dict[int, dict[str, int]] = field(default_factory=dict)
    towns: set[str] = field(default_factory=set)

    @property
    def is_writing(self) -> bool:
        """Whether rows are written: not in a dry run, and no longer once a rejected row has spoilt the import."""
        return self.run.apply and (self.run.skip_rejected or not self.report.rejected_count)

    def reject(self, rejection: Rejection) -> None:
        """Count a rejection and pass it on."""
        self.report.reject(rejection)
        if self.options.on_rejected:
            self.options.on_rejected(rejection)


def import_addresses(
    *, table: LongTable, by: User, options: AddressOptions | None = None, run: Run | None = None
) -> ImportReport:
    """Add and move addresses, matched by town, street and number; then build the search index anew.

    Doubled rows and points outside the region are rejected. The report lists the first hundred of each kind and counts
    all. Raises `Problem` for missing columns, a broken file and coordinates that fit nowhere. Memory stays bounded by
    one piece of the file, the streets and the numbers of their houses.
    """
    work = _begin(table, options or AddressOptions(), run or Run())
    with transaction.atomic():
        total, done = table.count_lines(), 0
        for frame in table.pieces():
            _import_piece(work, frame)
            done += len(frame)
            work.run.tell(min(done, total), total)
        settle(work.report, work.run)
        if work.report.applied:
            _finish(work, by)
    return work.report


def _begin(table: LongTable, options: AddressOptions, run: Run) -> _Work:
    """Everything that is known before the first row."""
    report = ImportReport(most_listed=MOST_LISTED)
    note_reading(report, table.recognised, table.headers)
    streets = {(place, name): pk for pk, place, name in Street.objects.values_list("pk", "place", "name")}
    pair = coordinate_columns(table.headers)
    return _Work(table, options, run, report, region_place(), pair, _town_labels(), streets, Address.objects.exists())


def _town_labels() -> dict[str, str]:
    """Names for towns that share theirs with another: with their part of the county, by code."""
    towns = list(Town.objects.values_list("code", "name", "county_part"))
    shared = {name for name, count in Counter(name for _code, name, _part in towns).items() if count > 1}
    return {code: f"{name} ({part or code})" for code, name, part in towns if name in shared}


def _import_piece(work: _Work, frame: pd.DataFrame) -> None:
    """Check some thousand rows as columns and write those that are in order."""
    rows = prepared(frame, work.pair)
    if work.town_labels:
        rows["town"] = rows["town_code"].map(work.town_labels).fillna(rows["town"])
    _reject_marked(work, rows)
    rows = _placed(work, rows[rows[REASON] < 0])
    rows = _single(work, rows)
    if len(rows):
        work.towns.update(rows["town"].unique())
        _store(work, rows)


def _reject_marked(work: _Work, rows: pd.DataFrame) -> None:
    for row in rows[rows[REASON] >= 0].to_dict("records"):
        column = str(row[COLUMN])
        work.reject(Rejection(row[LINE], _heading(work, column), row.get(column, ""), in_words(REASONS[row[REASON]])))


def _heading(work: _Work, column: str) -> str:
    return work.table.headers.written.get(column, column)


def _placed(work: _Work, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose point lies in the region, with `lon` and `lat`; the first piece decides how numbers are read."""
    if not len(rows):
        return rows
    figures = rows[["first", "second"]].to_numpy(dtype=float)
    if work.reading is None:
        work.reading = work.place.reading(sample(figures), system=work.options.system)
        work.report.note(work.reading.message())
    points = degrees(figures, work.reading).round(6)
    rows = rows.assign(lon=points[:, 0], lat=points[:, 1])
    inside = work.place.holds_each(points)
    for row in rows[~inside].to_dict("records"):
        value = f"{row[work.pair[0]]}; {row[work.pair[1]]}" if work.reading.epsg != Reading().epsg else ""
        reason = in_words(stray(work.place, row["lon"], row["lat"]))
        work.reject(Rejection(row[LINE], _heading(work, work.pair[0]), value or f"{row['lon']}; {row['lat']}", reason))
    return rows[inside]


def _single(work: _Work, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose address did not stand earlier in the file, with the number of their street in `street_id`."""
    if not len(rows):
        return rows
    ids, kept = [], []
    for line, town, street, number in rows[[LINE, "town", "street", "number"]].itertuples(index=False, name=None):
        # Streets that are new get a number below zero until they are written.
        street_id = work.streets.setdefault((town, street), -1 - len(work.streets))
        numbers = work.seen.setdefault(street_id, {})
        earlier = numbers.setdefault(number, line)
        kept.append(earlier == line)
        ids.append(street_id)
        if earlier != line:
            reason = in_words(say(_("The same address stands in row %(row)s."), row=earlier))
            work.reject(Rejection(line, _heading(work, "number"), f"{street} {number}, {town}".strip(), reason))
    return rows.assign(street_id=ids)[kept]


def _store(work: _Work, rows: pd.DataFrame) -> None:
    """Write what is new or has moved, and count."""
    merged = rows.merge(_stored(work, rows), how="left", on=["street_id", "number"])
    is_new = merged["stored_lon"].isna()
    moved = (merged["lon"] - merged["stored_lon"]).abs().gt(_SAME) | (merged["lat"] - merged["stored_lat"]).abs().gt(
        _SAME
    )
    _count(work, merged[is_new], merged[~is_new & moved])
    work.report.unchanged_count += int((~is_new & ~moved).sum())
    if work.is_writing:
        _write(work, merged[is_new | moved])


def _stored(work: _Work, rows: pd.DataFrame) -> pd.DataFrame:
    """Addresses that the streets of these rows already have."""
    import pandas as pd

    found: list[tuple[Any, ...]] = []
    ids = [int(street) for street in rows["street_id"].unique() if street > 0] if work.has_stored else []
    for some in _slices(ids, _STREETS_AT_ONCE):
        found += Address.objects.filter(street_id__in=some).values_list("street_id", "number", "lon", "lat")
    frame = pd.DataFrame(found, columns=["street_id", "number", "stored_lon", "stored_lat"])
    return frame.astype({"street_id": "int64", "number": "str", "stored_lon": float, "stored_lat": float})


def _count(work: _Work, new: pd.DataFrame, moved: pd.DataFrame) -> None:
    """Count both kinds; the first hundred of each are listed."""
    report = work.report
    for row in new.head(MOST_LISTED - len(report.added)).to_dict("records"):
        report.added.append(Change(row[LINE], _label(row), {}, _point(row["lon"], row["lat"])))
    for row in moved.head(MOST_LISTED - len(report.changed)).to_dict("records"):
        before = _point(row["stored_lon"], row["stored_lat"])
        report.changed.append(Change(row[LINE], _label(row), before, _point(row["lon"], row["lat"])))
    report.added_count += len(new)
    report.changed_count += len(moved)


def _label(row: dict[Any, Any]) -> str:
    return f"{row['street'] or row['town']} {row['number']}" + (f", {row['town']}" if row["street"] else "")


def _point(lon: float, lat: float) -> dict[str, str]:
    return {"point": f"{lon:.6f}, {lat:.6f}"}


def _write(work: _Work, rows: pd.DataFrame) -> None:
    """Insert addresses, or move those that are there, with their streets first."""
    ids = _written_streets(work, rows)
    records = [
        (ids.get(street, street), number, lon, lat)
        for street, number, lon, lat in rows[["street_id", "number", "lon", "lat"]].itertuples(index=False, name=None)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(_UPSERT, records)


def _written_streets(work: _Work, rows: pd.DataFrame) -> dict[int, int]:
    """Write streets that are new; gives their real numbers by the provisional ones."""
    fresh = rows.loc[rows["street_id"] < 0, ["town", "street", "street_id"]].drop_duplicates("street_id")
    if not len(fresh):
        return {}
    streets = [
        Street(place=town, name=name) for town, name in fresh[["town", "street"]].itertuples(index=False, name=None)
    ]
    Street.objects.bulk_create(streets, batch_size=_ROWS_AT_ONCE)
    real = dict(zip(fresh["street_id"].tolist(), (street.pk for street in streets), strict=True))
    for street, provisional in zip(streets, real, strict=True):
        work.streets[street.place, street.name] = street.pk
        work.seen[street.pk] = work.seen.pop(provisional)
    return real


def _finish(work: _Work, by: User) -> None:
    """Remove what the file lacks when that is asked for, build the index, leave a trace."""
    report = work.report
    if work.options.remove_missing:
        _remove_missing(work)
    streets = rebuild(progress=work.run.progress)
    report.note(say(_("The search index was built; streets: %(streets)s."), streets=streets))
    counts = {"added": report.added_count, "changed": report.changed_count, "rejected": report.rejected_count}
    after = {"file": work.table.path.name, **counts}
    audit.record(action="addresses.imported", target=current_profile(), by=by, after=after)
    public_content_changed()


def _remove_missing(work: _Work) -> None:
    """Delete addresses of the file's towns that the file no longer has, unless rows were rejected."""
    if work.report.rejected_count:
        work.report.note(say(_("Nothing was removed, because rows were rejected.")))
        return
    gone: list[int] = []
    for places in _slices(sorted(work.towns), _STREETS_AT_ONCE):
        rows = Address.objects.filter(street__place__in=places).values_list("pk", "street_id", "number")
        gone += [pk for pk, street, number in rows.iterator() if number not in work.seen.get(street, {})]
    for some in _slices(gone, _STREETS_AT_ONCE):
        Address.objects.filter(pk__in=some).delete()
    Street.objects.filter(addresses=None).delete()
    work.report.note(say(_("Addresses removed because the file no longer has them: %(count)s."), count=len(gone)))


def _slices(items: Sequence[Item], size: int) -> Iterator[list[Item]]:
    for start in range(0, len(items), size):
        yield list(items[start : start + size])
