"""Registers that people keep in spreadsheets, as django-import-export resources: for commands and screens alike.

Values are read by `region.tables`, so a file in Czech, Polish or English habits means the same everywhere; a cell that
cannot be read is reported with its column, and every faulty cell of a row at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader, CachedInstanceLoader
from import_export.resources import ModelResource

from region.bulk_rows import insert_rows, update_rows
from region.cells import Looking, LookingInTown, Sentence, choice, column
from region.messages import Problem
from region.models import Officer, OfficerAssignment, SecurityDistrict, Town
from region.office_hours import parse_office_hours
from region.tables.values import parse_date, parse_degrees, parse_whole
from region.tables.words import OFFICER_ROLE, TOWN_KIND, TOWN_STATUS, Words, parse_word
from region.text import folded_tokens
from region.wording import in_words

_TOWNS = Prefetch("town", queryset=Town.objects.defer("boundary"))


def _date(text: str) -> object:
    return parse_date(text)[0]


def _web(text: str) -> str:
    return text if "://" in text else f"https://{text}"


def _word(words: Words) -> Callable[[str], str]:
    return lambda text: parse_word(text, words)


def free_slug(name: str, county_part: str, code: str, taken: set[str]) -> str:
    """Part of an address that no other town has: the name, then with its part of the county, then with its code."""
    candidates = (_slug(*texts) for texts in ((name,), (name, county_part), (name, code)))
    found = next((slug for slug in candidates if slug and slug not in taken), f"{_slug(code)}-{len(taken)}")
    taken.add(found)
    return found


def _slug(*texts: str) -> str:
    words = (slugify("-".join(folded_tokens(text))) for text in texts)
    return "-".join(filter(None, words))[:120]


class AssignmentLoader(BaseInstanceLoader):
    """Finds assignments by what they are unique in; all are fetched by one query for the whole import."""

    def __init__(self, resource: AssignmentResource, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        if resource.known is None:
            rows = OfficerAssignment.objects.select_related("officer", "district", "substitute").prefetch_related(
                _TOWNS
            )
            resource.known = {self._key_of(row): row for row in rows if isinstance(row, OfficerAssignment)}
        self.known: dict[tuple[object, ...], OfficerAssignment] = resource.known

    def get_instance(self, row: Mapping[str, Any]) -> OfficerAssignment | None:
        """The stored assignment of a row; None for a new one and for a row that cannot be read."""
        fields = [self.resource.fields[name] for name in self.resource.get_import_id_fields()]
        try:
            officer, town, district, role, since = (field.clean(row) for field in fields)
        except (Problem, ValidationError):
            return None
        return self.known.get((officer and officer.pk, town and town.pk, district and district.pk, role, since))

    @staticmethod
    def _key_of(row: OfficerAssignment) -> tuple[object, ...]:
        return row.officer_id, row.town_id, row.district_id, row.role, row.since


class CheckedResource(ModelResource):
    """What our resources share: every faulty cell of a row is reported, unchanged rows are left alone.

    Rows are read one by one; `write` saves the records of many rows at once, which is twenty times as fast.
    """

    _is_new = True
    _original: Model | None = None
    _fields: list[Field] | None = None
    # Keys of the records that are new.
    made: set[Any]

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.made = set()

    def get_import_fields(self) -> list[Field]:
        """The fields in their order, found out once: the library looks for them several times a row."""
        if self._fields is None:
            self._fields = list(super().get_import_fields())
        return self._fields

    def after_init_instance(self, instance: Model, new: Any, row: Any, **options: Any) -> None:
        """Remember whether the row being read makes a new record, and else how the record is.

        The library's own deep copy and comparison of each row (`skip_diff`) would cost more than all the rest.
        """
        super().after_init_instance(instance, new, row, **options)
        self._is_new = bool(new)
        self._original = None if new else copy(instance)

    def after_import_row(self, row: Any, row_result: Any, **options: Any) -> None:
        """Hand the record as it was on to whoever reports."""
        super().after_import_row(row, row_result, **options)
        row_result.original = self._original

    def save_instance(self, instance: Model, is_create: Any, _row: Any, **_options: Any) -> None:
        """Only remember which records are new; `write` saves them."""
        if is_create:
            self.made.add(instance.pk)

    def write(self, records: Sequence[Model]) -> None:
        """Save new and changed records, without signals."""
        new = [record for record in records if record.pk in self.made]
        known = [record for record in records if record.pk not in self.made]
        model: Any = self._meta.model
        insert_rows(model, new)
        update_rows(model, [field.attribute for field in self.get_import_fields()], known)

    def import_instance(self, instance: Model, row: Mapping[str, Any], **options: Any) -> None:
        """Read all cells of a row into the record; raises one ValidationError with every fault."""
        faults: dict[str, ValidationError] = {}
        for field in self.get_import_fields():
            if field.column_name not in row:
                continue
            try:
                field.save(instance, row, **options)
            except Problem as problem:
                faults[field.attribute] = ValidationError(in_words(problem.message))
            except ValidationError as error:
                faults[field.attribute] = error
        if faults:
            raise ValidationError(faults)

    def validate_instance(
        self,
        instance: Model,
        import_validation_errors: dict[str, Any] | None = None,
        **_options: Any,
    ) -> None:
        """Check values field by field and facts that belong together; keys and references were checked in reading."""
        faults: dict[str, Any] = dict(import_validation_errors or {})
        try:
            instance.clean_fields(exclude={*faults, *self.looked_up, *instance.get_deferred_fields()})
        except ValidationError as error:
            faults = error.update_error_dict(faults)
        for name, message in self.missing_facts(instance).items():
            faults.setdefault(name, ValidationError(message))
        if faults:
            raise ValidationError(faults)

    looked_up: ClassVar[tuple[str, ...]] = ()

    def missing_facts(self, _instance: Any) -> dict[str, Sentence]:
        """Facts that must stand together and do not: field and what to say."""
        return {}

    def skip_row(self, instance: Any, _original: Any, _row: Any, import_validation_errors: Any = None) -> bool:
        """Whether nothing differs; a new record is never skipped."""
        if self._is_new or import_validation_errors:
            return False
        return all(field.get_value(instance) == field.get_value(self._original) for field in self.get_import_fields())


class TownResource(CheckedResource):
    """The register of towns, matched by the code of the national register."""

    code = column("code")
    name = column("name")
    kind = choice("kind", _word(TOWN_KIND))
    county_part = column("county_part")
    status = choice("status", _word(TOWN_STATUS))
    preparing_since = column("preparing_since", _date, None)
    member_since = column("member_since", _date, None)
    member_since_precision = choice("member_since_precision")
    member_until = column("member_until", _date, None)
    accession_document = column("accession_document")
    accession_url = column("accession_url", _web)
    inhabitants = column("inhabitants", parse_whole, None)
    inhabitants_year = column("inhabitants_year", parse_whole, None)
    inhabitants_source = column("inhabitants_source")
    lon = column("lon", parse_degrees, None)
    lat = column("lat", parse_degrees, None)
    website = column("website", _web)
    phone = column("phone")
    email = column("email")
    data_box = column("data_box")
    summary = column("summary")

    def __init__(self, taken_slugs: set[str] | None = None) -> None:
        super().__init__()
        self.taken_slugs = set() if taken_slugs is None else taken_slugs

    def get_queryset(self) -> QuerySet[Town]:
        """Towns without their outlines, which no table changes and which weigh more than everything else."""
        return Town.objects.defer("boundary")

    def init_instance(self, row: Mapping[str, Any] | None = None) -> Town:
        """A new town with an address of its own."""
        cells = row or {}
        slug = free_slug(cells.get("name", ""), cells.get("county_part", ""), cells.get("code", ""), self.taken_slugs)
        return Town(slug=slug)

    class Meta:
        model = Town
        fields = (
            "code",
            "name",
            "kind",
            "county_part",
            "status",
            "preparing_since",
            "member_since",
            "member_since_precision",
            "member_until",
            "accession_document",
            "accession_url",
            "inhabitants",
            "inhabitants_year",
            "inhabitants_source",
            "lon",
            "lat",
            "website",
            "phone",
            "email",
            "data_box",
            "summary",
        )
        import_id_fields = ("code",)
        instance_loader_class = CachedInstanceLoader
        skip_unchanged = True
        skip_diff = True
        store_instance = True

    def missing_facts(self, instance: Town) -> dict[str, Sentence]:
        """The facts that the database demands together, in words."""
        found: dict[str, Sentence] = {}
        if instance.status == "member" and instance.member_since is None:
            found["member_since"] = _("A member needs the date since when.")
        if instance.status == "former" and instance.member_until is None:
            found["member_until"] = _("A former member needs the date until when.")
        if instance.member_until and instance.member_since and instance.member_until < instance.member_since:
            found["member_until"] = _("The end lies before the beginning.")
        if instance.inhabitants is not None and instance.inhabitants_year is None:
            found["inhabitants_year"] = _(
                "A number of inhabitants needs its year: in a column, or one for the whole file."
            )
        if instance.inhabitants is not None and not instance.inhabitants_source:
            found["inhabitants_source"] = _(
                "A number of inhabitants needs its source: in a column, or one for the whole file."
            )
        if (instance.lon is None) != (instance.lat is None):
            found["lat" if instance.lat is None else "lon"] = _("Longitude and latitude belong together.")
        return found


class OfficerResource(CheckedResource):
    """People, matched by their code in imports."""

    code = column("code")
    rank = column("rank")
    name = column("name")
    organisation = column("organisation")
    phone = column("phone")
    email = column("email")
    office_hours = column("office_hours", parse_office_hours)

    class Meta:
        model = Officer
        fields = (
            "code",
            "rank",
            "name",
            "organisation",
            "phone",
            "email",
            "office_hours",
        )
        import_id_fields = ("code",)
        instance_loader_class = CachedInstanceLoader
        skip_unchanged = True
        skip_diff = True
        store_instance = True


class AssignmentResource(CheckedResource):
    """Who answers for what since when: matched by officer, town, district, function and first day."""

    officer = Field("officer", "code", Looking(Officer, _("No officer has this code."), ("rank", "name")))
    town = Field("town", "town", Looking(Town, _("No town has this code.")))
    district = Field(
        "district", "district", LookingInTown(SecurityDistrict, _("The town has no district of this number."))
    )
    role = column("role", _word(OFFICER_ROLE))
    since = column("since", _date, None)
    until = column("until", _date, None)
    substitute = Field("substitute", "substitute", Looking(Officer, _("No officer has this code."), ("rank", "name")))
    looked_up = ("officer", "town", "district", "substitute")
    known: dict[tuple[object, ...], OfficerAssignment] | None = None

    class Meta:
        model = OfficerAssignment
        fields = (
            "officer",
            "town",
            "district",
            "role",
            "since",
            "until",
            "substitute",
        )
        import_id_fields = ("officer", "town", "district", "role", "since")
        instance_loader_class = AssignmentLoader
        skip_unchanged = True
        skip_diff = True
        store_instance = True

    def expect(self, codes: Iterable[str]) -> None:
        """Take these codes for people although they are not stored: their rows are faulty and never written."""
        widget: Looking = self.fields["officer"].widget
        widget.expected = {code: Officer(code=code) for code in codes}

    def is_readable(self, cells: Mapping[str, str]) -> bool:
        """Whether everything but the people of a row is in order."""
        instance = OfficerAssignment()
        try:
            for name in ("town", "district", "role", "since", "until"):
                self.import_field(self.fields[name], instance, cells)
        except (Problem, ValidationError):
            return False
        return not self.missing_facts(instance)

    def missing_facts(self, instance: OfficerAssignment) -> dict[str, Sentence]:
        """The facts that the database demands together, in words."""
        found: dict[str, Sentence] = {}
        if instance.until and instance.since and instance.until < instance.since:
            found["until"] = _("The end lies before the beginning.")
        if instance.substitute_id and instance.substitute_id == instance.officer_id:
            found["substitute"] = _("Nobody can be their own substitute.")
        return found
