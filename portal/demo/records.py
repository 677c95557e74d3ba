"""What the demo content of a region holds: frozen values, filled by `portal.demo.reading`.

Everything with `example` true is invented and has to be shown as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from portal.demo import markup

if TYPE_CHECKING:
    from portal.demo.camera_records import Cameras

Language = Literal["cs", "pl", "en"]
LANGUAGES: tuple[Language, ...] = ("cs", "pl", "en")
Precision = Literal["day", "month", "year"]
Side = Literal["centre", "n", "ne", "e", "se", "s", "sw", "w", "nw"]
Role = Literal["state_police", "municipal_police", "town_hall", "fire_service", "psychologist", "working_group"]


@dataclass(frozen=True, slots=True)
class Text:
    """One plain text in every language of the portal."""

    cs: str
    pl: str
    en: str

    def __getitem__(self, language: Language) -> str:
        """Return the text in `language`."""
        return {"cs": self.cs, "pl": self.pl, "en": self.en}[language]

    def columns(self, name: str) -> dict[str, str]:
        """Return the text as the columns of a register: `name_cs`, `name_pl`, `name_en`."""
        return {f"{name}_{language}": self[language] for language in LANGUAGES}

    def filled(self, **values: str) -> Text:
        """Return the text with every `{name}` replaced by the value of that name."""
        cs, pl, en = (self[language] for language in LANGUAGES)
        for name, value in values.items():
            cs, pl, en = (text.replace("{" + name + "}", value) for text in (cs, pl, en))
        return Text(cs=cs, pl=pl, en=en)


@dataclass(frozen=True, slots=True)
class Heading(Text):
    """A one-line text that is shown large: one-letter words are tied to the next word by no-break spaces."""


@dataclass(frozen=True, slots=True)
class Rich(Text):
    """A longer text in the markup of `portal.demo.markup`, in every language."""

    def html(self, language: Language) -> str:
        """Return the text in `language` as HTML (h2, p, ul, li, strong)."""
        return markup.to_html(self[language])

    def blocks(self, language: Language) -> tuple[markup.Block, ...]:
        """Return the text in `language` as headings, paragraphs and lists."""
        return markup.blocks(self[language])


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from; `published` is as exact as `precision` says and empty where nobody says it."""

    key: str
    title: Text
    publisher: Text
    published: date | None = None
    precision: Precision = "year"
    note: Text | None = None
    example: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyNumber:
    """A number to call in danger."""

    number: str
    label: Text


@dataclass(frozen=True, slots=True)
class Words:
    """How the region calls itself, its members and their parts."""

    region: Text
    town: Text
    towns: Text
    district: Text
    districts: Text


@dataclass(frozen=True, slots=True)
class Office:
    """The public address of the office that runs the programme."""

    name: Text
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A function of the office that people may turn to; never a person's name."""

    key: str
    function: Text
    purpose: Text
    phone: str
    email: str
    example: bool


@dataclass(frozen=True, slots=True)
class Profile:
    """The region's profile; `crs` is the EPSG code of the national coordinate system.

    `addresses_place` is the place in every address of a city; empty where each address lies in its own town.
    """

    name: Text
    programme: Text
    kind: Literal["county", "city"]
    country: Literal["CZ", "PL"]
    currency: str
    time_zone: str
    crs: int
    default_language: Language
    languages: tuple[Language, ...]
    town_codes: Literal["ruian", "own"]
    town_codes_note: Text
    outlines_note: Text
    outlines_credit: str
    addresses_note: Text
    words: Words
    office: Office
    emergency: tuple[EmergencyNumber, ...]
    contact: tuple[Contact, ...]
    addresses_place: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A member of the programme: a town, a smaller municipality or a city district; its area where a source says it."""

    code: str
    name: str
    kind: Literal["town", "municipality", "city_district"]
    lat: float
    lon: float
    inhabitants: int
    inhabitants_on: date
    inhabitants_precision: Precision
    inhabitants_source: str
    member_since: date
    member_precision: Precision
    member_source: str
    locative: Text
    text: Text
    okres: str = ""
    area_km2: Decimal | None = None


@dataclass(frozen=True, slots=True)
class District:
    """A security district of a town; `side` says where in the town its schematic outline lies."""

    town: str
    number: int
    side: Side
    name: Text
    area: Text
    streets: tuple[str, ...]
    example: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours on one day of the week (0 = Monday), in the region's time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Officer:
    """One assignment of an invented person: no `districts` means the whole town, `until` means it has ended."""

    town: str
    role: Role
    function: Text
    rank: str
    name: str
    organisation: Text
    phone: str
    email: str
    hours: tuple[Hours, ...]
    districts: tuple[int, ...]
    since: date
    example: bool
    until: date | None = None
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that news, events, answers and materials share."""

    key: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True)
class News:
    """A piece of news, `days_ago` days old on the day of loading."""

    key: str
    title: Heading
    lead: Text
    body: Rich
    days_ago: int
    example: bool
    topics: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An event `in_days` days after the day of loading, between `start` and `end` in the region's time."""

    key: str
    title: Heading
    lead: Text
    body: Rich
    in_days: int
    start: time
    end: time
    place: Text
    organiser: Text
    example: bool
    topics: tuple[str, ...] = ()
    town: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site; `slug` is its address in each language, `body` is empty where lists make up the page."""

    key: str
    slug: Text
    title: Heading
    lead: Text
    body: Rich | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened in the programme; `on` is as exact as `precision` says."""

    on: date
    precision: Precision
    heading: Heading
    text: Text
    source: str
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """A project that the region runs itself."""

    key: str
    title: Heading
    text: Text
    source: str


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme: its page, its milestones in time order, the projects of the region itself."""

    page: Page
    milestone: tuple[Milestone, ...]
    project: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A key figure; `unit` is empty for plain counts, `note` says what the number leaves out."""

    key: str
    value: Decimal
    label: Text
    note: Text
    on: date
    precision: Precision
    source: str
    unit: Text | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question that residents ask, with its answer."""

    key: str
    question: Heading
    answer: Rich
    topic: str


@dataclass(frozen=True, slots=True)
class Material:
    """Something to print or to read: the summary stands on the page, the body makes the file."""

    key: str
    title: Heading
    summary: Text
    audience: Text
    body: Rich
    topic: str
    file_name: Text


@dataclass(frozen=True, slots=True)
class Alert:
    """A banner over the whole site, shown between two days counted from the day of loading."""

    key: str
    severity: Literal["info", "warning", "danger"]
    text: Text
    from_days: int
    until_days: int
    example: bool
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegionContent:
    """Everything there is to load for one demo region, in the order of the files."""

    code: str
    profile: Profile
    sources: dict[str, Source]
    towns: tuple[Town, ...]
    districts: tuple[District, ...]
    officers: tuple[Officer, ...]
    topics: tuple[Topic, ...]
    news: tuple[News, ...]
    events: tuple[Event, ...]
    programme: Programme
    figures: tuple[Figure, ...]
    faq: tuple[Answer, ...]
    materials: tuple[Material, ...]
    pages: dict[str, Page]
    alerts: tuple[Alert, ...]
    cameras: Cameras

    def town(self, code: str) -> Town:
        """Return the town of that code; KeyError if there is none."""
        return {town.code: town for town in self.towns}[code]

    def districts_of(self, code: str) -> tuple[District, ...]:
        """Return the security districts of the town of that code, by number."""
        return tuple(sorted((d for d in self.districts if d.town == code), key=lambda district: district.number))

    def officers_of(self, code: str) -> tuple[Officer, ...]:
        """Return the assignments in the town of that code, as written."""
        return tuple(officer for officer in self.officers if officer.town == code)
