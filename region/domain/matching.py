"""Matching features of a boundary file with towns and districts: by code, or by names that a person has confirmed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from region.geometry.features import Feature
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.tables.values import folded

# Names under which offices keep the code of a municipality or district, folded, the most telling first.
CODE_PROPERTIES = (
    "code", "kod", "kod obec", "kod obce", "obec kod", "kod obci", "csu code", "icob", "kod lau2", "lau2", "kod momc",
    "jpt kod je", "teryt", "kod teryt", "national code", "nationalcode", "number", "cislo", "numer", "nr", "no",
    "oznaceni", "id",
)  # fmt: skip
NAME_PROPERTIES = ("name", "nazev", "nazwa", "naz obec", "nazev obce", "jpt nazwa", "naz momc", "text", "jmeno")
# Below this likeness (0–1) a name is not worth suggesting.
_LIKE = 0.75
_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Matching:
    """How a person says that features are to be recognised.

    `match_property` holds the code (empty: found out); `pattern` takes the code out of it by its first group;
    `aliases` lead from names to codes; `where` keeps only features with these values.
    """

    match_property: str = ""
    pattern: str = ""
    aliases: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A feature with the code found for it; `code` is empty when none was, and `reason` says why."""

    feature: Feature
    value: str
    code: str = ""
    reason: Message | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name in the file, and the code and name in the register that look most like it (likeness 0–1)."""

    written: str
    code: str
    name: str
    likeness: float


def kept(features: Sequence[Feature], where: Mapping[str, str]) -> list[Feature]:
    """Features whose properties have the wanted values. Raises `Problem` when none has."""
    found = [feature for feature in features if all(text_of(feature, name) == value for name, value in where.items())]
    if not found:
        raise Problem(
            _("No feature has the values asked for with --where. Its properties are: %(names)s."),
            names=property_names(features),
        )
    return found


def match_features(
    features: Sequence[Feature], *, known: Mapping[str, str], matching: Matching, open_ended: bool = False
) -> tuple[str, list[Match]]:
    """The property that holds the codes and the code of each feature.

    `known` leads from codes to names. With `open_ended` a code that is not known yet is taken too (a new district).
    """
    chosen = matching.match_property or code_property(features, known)
    if not any(chosen in feature.properties for feature in features):
        raise Problem(
            _("No feature has a property %(name)s. There are: %(names)s."),
            name=chosen or "–",
            names=property_names(features),
        )
    return chosen, [_match(one, text_of(one, chosen), known, matching, open_ended=open_ended) for one in features]


def code_property(features: Sequence[Feature], known: Collection[str]) -> str:
    """The property that looks like a code and leads to the most known ones. Raises `Problem` when there is none."""
    names = [name for name in _names(features) if folded(name) in CODE_PROPERTIES]
    if not names:
        raise Problem(
            _("Say with --match which property holds the code. There are: %(names)s."), names=property_names(features)
        )

    def rank(name: str) -> tuple[int, int]:
        return sum(text_of(feature, name) in known for feature in features), -CODE_PROPERTIES.index(folded(name))

    return max(names, key=rank)


def doubled(matches: Iterable[Match]) -> dict[str, list[int]]:
    """Codes that several features claim, with the numbers of those features."""
    claims: dict[str, list[int]] = {}
    for match in matches:
        if match.code:
            claims.setdefault(match.code, []).append(match.feature.number)
    return {code: numbers for code, numbers in claims.items() if len(numbers) > 1}


def resolve_alias(written: str, aliases: Mapping[str, str]) -> str:
    """Code of a confirmed name: the whole name, else the longest alias with which the name ends; else empty."""
    name = folded(written)
    by_name = {folded(alias): code for alias, code in aliases.items()}
    if name in by_name:
        return by_name[name]
    ends = [alias for alias in by_name if alias and name.endswith(f" {alias}")]
    return by_name[max(ends, key=len)] if ends else ""


def suggestions(written: str, known: Mapping[str, str]) -> list[Suggestion]:
    """Known names most like the written one, the best first; never used without a person's word."""
    ranked = sorted(
        (Suggestion(written, code, name, likeness(written, name)) for code, name in known.items()),
        key=lambda found: -found.likeness,
    )
    return [found for found in ranked[:_SUGGESTIONS] if found.likeness >= _LIKE]


def likeness(written: str, name: str) -> float:
    """How alike two names are (0–1), also when other words stand before the written one ("Dzielnica XVII …")."""
    whole, wanted = folded(written), folded(name)
    if not wanted:
        return 0.0
    end = " ".join(whole.split()[-len(wanted.split()) :])
    return max(SequenceMatcher(None, candidate, wanted).ratio() for candidate in (whole, end))


def text_of(feature: Feature, name: str) -> str:
    """Value of a property as text; whole numbers without a decimal point."""
    value = feature.properties.get(name)
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def name_of(feature: Feature) -> str:
    """Name of a feature, from whichever of its properties is called so; else its number."""
    named = {folded(key): key for key in feature.properties}
    found = next((text_of(feature, named[name]) for name in NAME_PROPERTIES if name in named), "")
    return found or f"#{feature.number}"


def property_names(features: Sequence[Feature]) -> str:
    """Names of all properties, for messages."""
    return ", ".join(_names(features)) or "–"


def _names(features: Sequence[Feature]) -> list[str]:
    return list(dict.fromkeys(name for feature in features for name in feature.properties))


def _match(feature: Feature, value: str, known: Mapping[str, str], matching: Matching, *, open_ended: bool) -> Match:
    alias = resolve_alias(value, matching.aliases)
    if alias:
        fault = (
            None
            if alias in known or open_ended
            else say(_("The alias leads to the code %(code)s, which nothing has."), code=alias)
        )
        return Match(feature, value, "" if fault else alias, fault)
    code = value
    if matching.pattern:
        found = _search(matching.pattern, value)
        code = (found[1] if found.re.groups else found[0]) if found else ""
    if code in known or (open_ended and code):
        return Match(feature, value, code)
    return Match(feature, value, "", _unmatched(value, known))


def _search(pattern: str, value: str) -> re.Match[str] | None:
    try:
        return re.search(pattern, value)
    except re.error as error:
        raise Problem(_("The pattern is not a regular expression: %(error)s."), error=error) from error


def _unmatched(value: str, known: Mapping[str, str]) -> Message:
    """Why a value leads nowhere, with near candidates for a person to confirm."""
    if not value:
        return say(_("The property is empty."))
    near = suggestions(value, known)
    if not near:
        return say(_("Nothing has this code."))
    return say(
        _("Nothing has this code. Names are matched only through an alias; near ones: %(names)s."),
        names=", ".join(f"{found.name} ({found.code})" for found in near),
    )
