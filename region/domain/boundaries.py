"""Writing boundaries of the region, its towns and their districts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import shapely
from django.core.exceptions import ValidationError
from django.db import transaction
from shapely.geometry.base import BaseGeometry

from region.domain import audit
from region.domain.content import public_content_changed
from region.domain.imports import Change, ImportReport, Rejection, Run, settle
from region.domain.matching import Match, Matching, Suggestion, doubled, kept, match_features, name_of, suggestions
from region.domain.places import Place, System, bounded_place, country_place, region_place, stray
from region.domain.records import boundary_values
from region.geometry.features import Feature, FeatureFile
from region.geometry.mending import Mended, mend
from region.geometry.shapes import Area, area_km2, distance_km, inner_point, to_geojson
from region.geometry.systems import Reading, read_geometry, sample
from region.messages import Problem, say
from region.messages import gettext_noop as _
from region.models import RegionProfile, SecurityDistrict, Town, User
from region.models.geometry import Bounded
from region.queries.profile import current_profile, forget_profile
from region.wording import in_words, problem_words

GEOMETRY = "geometry"
# A town's own point this far outside its boundary points to exchanged codes (kilometres).
_FAR_KM = 1.0


class Target(StrEnum):
    """Whose boundaries a file holds."""

    TOWNS = "towns"
    DISTRICTS = "districts"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class BoundaryOptions:
    """What a person says about a boundary file: how to match, coordinate system, source, the town of its districts.

    Without ``source`` a new outline is credited to ``default_source``; an outline that did not change keeps its source,
    and without ``schematic`` (None) also whether it is a sketch.
    """

    matching: Matching = field(default_factory=Matching)
    system: System | None = None
    source: str = ""
    default_source: str = ""
    schematic: bool | None = None
    town: Town | None = None


@dataclass(slots=True)
class _Work:
    """What one import carries along."""

    options: BoundaryOptions
    by: User
    run: Run
    report: ImportReport
    place: Place
    reading: Reading = field(default_factory=Reading)


def import_boundaries(
    *, file: FeatureFile, target: Target, by: User, options: BoundaryOptions | None = None, run: Run | None = None
) -> ImportReport:
    """Bring boundaries from a file: to towns by code, to districts of one town (new ones are made), to the region.

    Returns what was added, changed, left alone and refused; without `run.apply` nothing is written. Raises `Problem`
    when the whole file cannot be used: no property with codes, coordinates that fit nowhere or in several systems.
    """
    chosen = options or BoundaryOptions()
    place = _expected_place(target, chosen)
    work = _Work(chosen, by, run or Run(), ImportReport(), place)
    with transaction.atomic():
        features = kept(file.features, chosen.matching.where)
        if len(features) < len(file.features):
            work.report.note(
                say(_("Features passed over by --where: %(count)s."), count=len(file.features) - len(features))
            )
        if target == Target.REGION:
            _import_region(work, file, features)
        else:
            _import_records(work, file, features, target)
        settle(work.report, work.run)
        if work.report.applied:
            public_content_changed()
    return work.report


def alias_suggestions(*, file: FeatureFile, target: Target, options: BoundaryOptions) -> list[Suggestion]:
    """For every feature that matches nothing, the name in the register most like it: for a person to confirm."""
    known = {str(record.code): str(record.name) for record in _records(target, options)}
    features = kept(file.features, options.matching.where)
    _column, matches = match_features(features, known=known, matching=options.matching)
    near = [suggestions(match.value, known) for match in matches if not match.code]
    return [found[0] for found in near if found]


def _expected_place(target: Target, options: BoundaryOptions) -> Place:
    """Where the boundaries must lie: the region, the town whose districts they are, or the country."""
    if target == Target.REGION:
        return country_place()
    if target == Target.TOWNS:
        return region_place()
    if options.town is None:
        raise Problem(_("Say with --town whose districts these are."))
    return bounded_place(options.town) or region_place()


def _import_region(work: _Work, file: FeatureFile, features: Sequence[Feature]) -> None:
    """The region's boundary: all features joined into one."""
    work.reading = _read(work, file, features)
    areas = [area for feature in features if (area := _mended(work, feature, "")) is not None]
    if not areas:
        return
    if len(areas) > 1:
        work.report.note(say(_("Features joined into one boundary: %(count)s."), count=len(areas)))
    joined = mend(shapely.union_all(areas)).area
    profile = RegionProfile.objects.get(pk=current_profile().pk)
    _store(work, features[0], profile, joined)
    transaction.on_commit(forget_profile)


def _import_records(work: _Work, file: FeatureFile, features: Sequence[Feature], target: Target) -> None:
    """Boundaries of towns, or of the districts of one town."""
    records: dict[str, Bounded] = {str(record.code): record for record in _records(target, work.options)}
    known = {code: str(getattr(record, "name", "")) for code, record in records.items()}
    column, matches = match_features(
        features, known=known, matching=work.options.matching, open_ended=target == Target.DISTRICTS
    )
    twice = doubled(matches)
    good = [match for match in matches if match.code and match.code not in twice]
    work.reading = _read(work, file, [match.feature for match in good])
    for done, match in enumerate(matches, start=1):
        if match.code in twice:
            _reject_doubled(work, match, column, twice[match.code])
        elif not match.code:
            reason = in_words(match.reason) if match.reason else ""
            work.report.reject(Rejection(match.feature.number, column, match.value or name_of(match.feature), reason))
        else:
            _import_record(work, match, column, records)
        work.run.tell(done, len(matches))


def _records(target: Target, options: BoundaryOptions) -> list[Any]:
    """Towns, or districts of the town that is meant."""
    if target == Target.TOWNS:
        return list(Town.objects.all())
    return list(SecurityDistrict.objects.filter(town_id=options.town.pk)) if options.town else []


def _read(work: _Work, file: FeatureFile, features: Sequence[Feature]) -> Reading:
    """How the coordinates are to be read; says so when they are not plain longitude and latitude."""
    shapes = [feature.geometry for feature in features if feature.geometry is not None]
    if not shapes:
        return Reading()
    points = sample(shapely.get_coordinates(shapely.force_2d(np.array(shapes, dtype=object))))
    reading = work.place.reading(points, declared=file.declared, system=work.options.system)
    work.report.note(reading.message())
    return reading


def _mended(work: _Work, feature: Feature, column: str) -> Area | None:
    """The feature's area in WGS84, repaired where that is safe; None when it was rejected."""
    label = name_of(feature)
    try:
        if feature.fault:
            raise Problem.of(feature.fault)
        mended = mend(_in_degrees(feature.geometry, work.reading))
        lon, lat = inner_point(mended.area)
        if not work.place.holds(lon, lat):
            raise Problem.of(stray(work.place, lon, lat))
    except Problem as problem:
        work.report.reject(Rejection(feature.number, column or GEOMETRY, label, problem_words(problem)))
        return None
    _tell_repairs(work, label, mended)
    return mended.area


def _in_degrees(geometry: BaseGeometry | None, reading: Reading) -> BaseGeometry | None:
    return geometry if geometry is None or geometry.is_empty else read_geometry(shapely.force_2d(geometry), reading)


def _tell_repairs(work: _Work, label: str, mended: Mended) -> None:
    for note in mended.notes:
        work.report.note(f"{label}: {in_words(note)}")


def _reject_doubled(work: _Work, match: Match, column: str, numbers: Sequence[int]) -> None:
    places = ", ".join(map(str, numbers))
    reason = say(
        _("The code %(code)s stands in the features %(numbers)s; keep only one of them."),
        code=match.code,
        numbers=places,
    )
    work.report.reject(Rejection(match.feature.number, column, match.value, in_words(reason)))


def _import_record(work: _Work, match: Match, column: str, records: dict[str, Bounded]) -> None:
    """Give one town or district its boundary; a district that is new is made."""
    area = _mended(work, match.feature, GEOMETRY)
    if area is None:
        return
    if match.code != match.value:
        work.report.note(say(_("“%(value)s” was taken as %(code)s."), value=match.value, code=match.code))
    record = records.get(match.code)
    if record is None:
        district = _new_district(work, match, column)
        if district is not None:
            _store(work, match.feature, district, area, is_new=True)
    else:
        _tell_distance(work, record, area)
        _store(work, match.feature, record, area)


def _new_district(work: _Work, match: Match, column: str) -> SecurityDistrict | None:
    """A district that the file brings, not saved yet; None when its code cannot be one."""
    district = SecurityDistrict(town=work.options.town, code=match.code, name=name_of(match.feature)[:120])
    try:
        district.clean_fields(exclude=["name", "town"])
    except ValidationError:
        reason = in_words(
            say(_("A district's code has at most 12 letters, digits or hyphens. Use --match or --pattern."))
        )
        work.report.reject(Rejection(match.feature.number, column, match.value, reason))
        return None
    return district


def _tell_distance(work: _Work, record: Bounded, area: Area) -> None:
    """Warn when a town's own point lies far outside the boundary that it is to get."""
    if isinstance(record, Town) and record.lon is not None and record.lat is not None:
        distance = distance_km(area, record.lon, record.lat)
        if distance > _FAR_KM:
            work.report.note(
                say(
                    _("%(town)s: its point lies %(km)s km outside this boundary."),
                    town=record.name,
                    km=f"{distance:.1f}",
                )
            )


def _store(work: _Work, feature: Feature, record: Bounded, area: Area, *, is_new: bool = False) -> None:
    """Save the boundary when it differs and say what became of it."""
    options = work.options
    outline = to_geojson(area)
    # A new outline keeps nothing of what was said about the old one.
    source, schematic = options.default_source, False
    if record.boundary == outline:
        source, schematic = record.boundary_source or source, record.boundary_is_schematic
    fields = boundary_values(
        outline,
        source=(options.source or source)[:200],
        schematic=schematic if options.schematic is None else options.schematic,
    )
    if not is_new and all(getattr(record, name) == value for name, value in fields.items()):
        work.report.unchanged_count += 1
        return
    before = _described(record)
    _save(record, fields, is_new=is_new)
    after = _described(record)
    change = Change(feature.number, _label(record), before, after)
    (work.report.change if before else work.report.add)(change)
    audit.record(action="boundary.imported", target=record, by=work.by, before=before, after=after)


def _save(record: Bounded, fields: dict[str, Any], *, is_new: bool = False) -> None:
    """Write the columns of a boundary; a town without a point gets one inside it."""
    written = dict(fields)
    if isinstance(record, Town) and record.lon is None:
        written["lon"], written["lat"] = inner_point(shapely.geometry.shape(fields["boundary"]))
    for name, value in written.items():
        setattr(record, name, value)
    record.save(update_fields=None if is_new else [*written])


def _described(record: Bounded) -> dict[str, str]:
    """A boundary in a few words, for the report and the audit trail."""
    if not record.boundary:
        return {}
    area = shapely.geometry.shape(record.boundary)
    corners = len(shapely.get_coordinates(area))
    text = in_words(say(_("%(area)s km², %(corners)s corners"), area=f"{area_km2(area):.2f}", corners=corners))
    return {"boundary": text, "source": record.boundary_source}


def _label(record: Bounded) -> str:
    """Code and name of a town or district, name of the region."""
    return " ".join(part for part in (getattr(record, "code", ""), str(getattr(record, "name", ""))) if part)
