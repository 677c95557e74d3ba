"""Fills frozen dataclasses from TOML tables by their type hints; every refusal names the place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


class ContentError(ValueError):
    """A demo file says something that cannot be used; the message begins with file and key."""


def fill(shape: type[T], table: object, *, where: str) -> T:
    """Return a `shape` (a dataclass) filled from a TOML `table` that lies at `where`.

    A short record may be written as a list of its values, in the order of the fields.
    Missing keys without a default, unknown keys, empty texts and values of a wrong kind raise ContentError.
    """
    hints = get_type_hints(shape)
    if isinstance(table, list) and len(table) == len(hints):
        table = dict(zip(hints, table, strict=True))
    if not isinstance(table, Mapping):
        raise ContentError(f"{where}: a table is expected")
    unknown = sorted(set(table) - set(hints))
    if unknown:
        raise ContentError(f"{where}.{unknown[0]}: unknown key")
    values = {name: value(hints[name], table[name], where=f"{where}.{name}") for name in hints if name in table}
    for name in _required(shape):
        if name not in values:
            raise ContentError(f"{where}.{name}: missing")
    return shape(**values)


def value(hint: Any, raw: object, *, where: str) -> Any:
    """Return `raw` as a value of the type `hint`; ContentError if it is not one."""
    origin = get_origin(hint)
    if origin is UnionType:
        hint = next(part for part in get_args(hint) if part is not NoneType)
        return value(hint, raw, where=where)
    if origin is Literal:
        return _one_of(get_args(hint), raw, where)
    if origin is tuple:
        return _row(get_args(hint)[0], raw, where)
    if isinstance(hint, type) and is_dataclass(hint):
        return fill(hint, raw, where=where)
    return _plain(hint, raw, where)


def _required(shape: type) -> list[str]:
    return [f.name for f in fields(shape) if f.default is MISSING and f.default_factory is MISSING]


def _one_of(choices: tuple[object, ...], raw: object, where: str) -> object:
    if raw not in choices:
        raise ContentError(f"{where}: {raw!r} is none of {', '.join(map(str, choices))}")
    return raw


def _row(hint: Any, raw: object, where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise ContentError(f"{where}: a list is expected")
    return tuple(value(hint, item, where=f"{where}[{number}]") for number, item in enumerate(raw, start=1))


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip():
        raise ValueError("a text that is not empty is expected")
    return raw.strip()


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise ValueError("a number is expected")
    return float(raw)


def _decimal(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
        raise ValueError("a number is expected")
    return Decimal(raw)


def _whole(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise ValueError("a whole number is expected")
    return raw


def _truth(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise ValueError("true or false is expected")
    return raw


def _date(raw: object) -> date:
    if type(raw) is not date:
        raise ValueError("a date such as 2010-01-28 is expected")
    return raw


def _time(raw: object) -> time:
    if not isinstance(raw, str):
        raise ValueError('a time such as "15:00" is expected')
    return time.fromisoformat(raw)


_READERS: dict[type, Callable[[object], object]] = {
    str: _text,
    float: _number,
    Decimal: _decimal,
    int: _whole,
    bool: _truth,
    date: _date,
    time: _time,
}


def _plain(hint: type, raw: object, where: str) -> object:
    try:
        return _READERS[hint](raw)
    except ValueError as problem:
        raise ContentError(f"{where}: {problem}") from problem
