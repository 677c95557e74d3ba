"""Registers that people keep in spreadsheets, as django-import-export resources: for commands and screens alike.

Values are read by `region.tables`, so a file in Czech, Polish or English habits means the same everywhere; a cell that
cannot be read is reported with its column, and every faulty cell of a row at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader, CachedInstanceLoader
from import_export.resources import ModelResource
from import_export.widgets import Widget

from region.messages import Problem
from region.models import Officer, OfficerAssignment, SecurityDistrict, Town
from region.office_hours import parse_office_hours
from region.tables.values import parse_date, parse_degrees, parse_whole
from region.tables.words import OFFICER_ROLE, TOWN_KIND, TOWN_STATUS, Words, parse_word
from region.text import folded_tokens
from region.wording import in_words

# A text, or one that is translated when shown.
Sentence: TypeAlias = Any


class Reading(Widget):
    """A cell read by one of our parsers; an empty cell gives `empty`."""

    def __init__(self, parse: Callable[[str], Any], empty: object = None) -> None:
        super().__init__()
        self.parse = parse
        self.empty = empty

    def clean(self, value: Any, **_options: Any) -> Any:
        text = "" if value is None else str(value).strip()
        return self.parse(text) if text else self.empty

    def render(self, value: Any, **_options: Any) -> str:
        return "" if value is None else str(value)


class Looking(Widget):
    """A code that leads to another record; all records are fetched by one query, at the first use.

    `within` names the column of another code without which this one means nothing.
    """

    within = ""

    def __init__(self, model: type[Model], missing: Sentence) -> None:
        super().__init__()
        self.model = model
        self.missing = missing
        self._found: dict[str, Model] | None = None

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **_options: Any) -> Model | None:
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        key = f"{(row or {}).get(self.within, '')}/{text}" if self.within else text
        if self._found is None:
            self._found = dict(self.pairs())
        if key not in self._found:
            raise ValidationError(self.missing)
        return self._found[key]

    def pairs(self) -> Iterable[tuple[str, Model]]:
        """Every record under its key."""
        records: Iterable[Any] = self.model._default_manager.exclude(code=None)
        return ((str(record.code), record) for record in records)

    def render(self, value: Any, **_options: Any) -> str:
        return "" if value is None else str(value.code)


class LookingInTown(Looking):
    """A district's number, which means something only within its town."""

    within = "town"

    def pairs(self) -> Iterable[tuple[str, Model]]:
        rows = SecurityDistrict.objects.select_related("town")
        return ((f"{row.town.code}/{row.code}", row) for row in rows if isinstance(row, SecurityDistrict))


def _date(text: str) -> object:
    return parse_date(text)[0]


def _web(text: str) -> str:
    return text if "://" in text else f"https://{text}"


def _word(words: Words) -> Callable[[str], str]:
    return lambda text: parse_word(text, words)


def column(name: str, parse: Callable[[str], Any] = str, empty: object = "") -> Field:
    """A field of a resource whose column goes by the same name; an empty cell empties it."""
    return Field(attribute=name, column_name=name, widget=Reading(parse, empty))


def choice(name: str, parse: Callable[[str], Any] = str) -> Field:
    """The same for a field that is never empty: an empty cell leaves it as it is."""
    return Field(attribute=name, column_name=name, widget=Reading(parse), saves_null_values=False)


def free_slug(name: str, county_part: str, code: str, taken: set[str]) -> str:
    """Part of an address that no other town has: the name, then with its part of the county, then with its code."""
    words = [slugify("-".join(folded_tokens(text))) for text in (name, county_part, code)]
    candidates = [words[0], "-".join(filter(None, words[:2])), "-".join(filter(None, words[::2]))]
    found = next((slug[:120] for slug in candidates if slug and slug[:120] not in taken), f"{words[2]}-{len(taken)}")
    taken.add(found)
    return found


class AssignmentLoader(BaseInstanceLoader):
    """Finds assignments by what they are unique in; all are fetched by one query."""

    def __init__(self, resource: ModelResource, dataset: Any = None) -> None:
        super().__init__(resource, dataset)
        rows = OfficerAssignment.objects.select_related("officer", "town", "district", "substitute")
        self.known = {self._key_of(row): row for row in rows if isinstance(row, OfficerAssignment)}

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
    """What our resources share: every faulty cell of a row is reported, unchanged rows are left alone."""

    _is_new = True

    def after_init_instance(self, instance: Model, new: Any, row: Any, **options: Any) -> None:
        """Remember whether the row being read makes a new record."""
        super().after_init_instance(instance, new, row, **options)
        self._is_new = bool(new)

    def import_instance(self, instance: Model, row: Mapping[str, Any], **options: Any) -> None:
        """Read all cells of a row into the record; raises one ValidationError with every fault."""
        faults: dict[str, ValidationError] = {}
        for field in self.get_import_fields():
            try:
                self.import_field(field, instance, row, **options)
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
            instance.clean_fields(exclude={*faults, *self.looked_up})
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

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        """Whether nothing differs; a new record is never skipped."""
        return not self._is_new and bool(super().skip_row(instance, original, row, import_validation_errors))


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
        skip_html_diff = True
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
            found["inhabitants_year"] = _("A number of inhabitants needs its year (column or --year).")
        if instance.inhabitants is not None and not instance.inhabitants_source:
            found["inhabitants_source"] = _("A number of inhabitants needs its source (column or --source).")
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
        skip_html_diff = True
        store_instance = True


class AssignmentResource(CheckedResource):
    """Who answers for what since when: matched by officer, town, district, function and first day."""

    officer = Field("officer", "code", Looking(Officer, _("No officer has this code.")))
    town = Field("town", "town", Looking(Town, _("No town has this code.")))
    district = Field(
        "district", "district", LookingInTown(SecurityDistrict, _("The town has no district of this number."))
    )
    role = column("role", _word(OFFICER_ROLE))
    since = column("since", _date, None)
    until = column("until", _date, None)
    substitute = Field("substitute", "substitute", Looking(Officer, _("No officer has this code.")))
    looked_up = ("officer", "town", "district", "substitute")

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
        skip_html_diff = True
        store_instance = True

    def missing_facts(self, instance: OfficerAssignment) -> dict[str, Sentence]:
        """The facts that the database demands together, in words."""
        found: dict[str, Sentence] = {}
        if instance.until and instance.since and instance.until < instance.since:
            found["until"] = _("The end lies before the beginning.")
        if instance.substitute_id and instance.substitute_id == instance.officer_id:
            found["substitute"] = _("Nobody can be their own substitute.")
        return found
