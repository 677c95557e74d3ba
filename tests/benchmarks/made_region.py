"""A made-up region of 500,000 addresses and 1,000 districts for benchmarks. The same on every run."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from region.models import Address, SecurityDistrict, Street, Town
from region.text import fold

FIRST = [
    "Hus",
    "Palack",
    "Jungmann",
    "Žižk",
    "Havlíčk",
    "Tyl",
    "Smetan",
    "Dvořák",
    "Neruda",
    "Němc",
    "Čapk",
    "Komensk",
    "Riegr",
    "Purkyň",
    "Masaryk",
    "Beneš",
    "Štefánik",
    "Švermov",
    "Jirásk",
    "Alš",
    "Erben",
    "Mácha",
    "Vrchlick",
    "Kollár",
    "Rais",
    "Lužick",
    "Pražsk",
    "Plzeňsk",
    "Klatovsk",
    "Domažlick",
    "Nádražn",
    "Školn",
    "Zahradn",
    "Lipov",
    "Lesn",
    "Polní",
    "Krátk",
    "Dlouh",
    "Nov",
    "Star",
    "Horn",
    "Doln",
    "Příčn",
    "Východn",
    "Západn",
    "Severn",
    "Jižn",
    "Sokolsk",
    "Hřbitovn",
    "Družstevn",
]
SECOND = ["ova", "ská", "ní", "ého", "á", "ovská", "ovo"]
KINDS = ["", "", "", "", "", "", "náměstí ", "třída "]
ORDINALS = ["17. listopadu", "28. října", "5. května", "1. máje", "9. května"]
PLACES = [
    "Stříbro",
    "Sušice",
    "Nepomuk",
    "Blovice",
    "Přeštice",
    "Kralovice",
    "Rokycany",
    "Tachov",
    "Domažlice",
    "Planá",
    "Stod",
    "Merklín",
    "Klatovy",
    "Nýřany",
    "Kdyně",
    "Manětín",
    "Plasy",
    "Zbiroh",
    "Radnice",
    "Dobřany",
    "Starý Plzenec",
    "Horažďovice",
    "Železná Ruda",
    "Horní Bříza",
]
ENDS = ["", " nad Mží", " pod Lesem", "ec", "ov", "ín", "ice", " u Lomu", " Lhota", " Újezd"]
TOWNS, SIDE = 250, 0.06


def fill(*, addresses: int, districts: int, seed: int = 1) -> None:
    """Write places, streets, numbered houses, towns and their districts (seeded, so the same each time)."""
    chance = random.Random(seed)
    towns = _towns(chance)
    _districts(chance, towns, districts)
    for streets in _batches(_streets(chance, addresses), 500):
        made = Street.objects.bulk_create([Street(place=place, name=name) for place, name, *_rest in streets])
        houses = (
            house for street, row in zip(made, streets, strict=True) for house in _houses(chance, street, *row[2:])
        )
        for batch in _batches(houses, 5_000):
            Address.objects.bulk_create(batch)


def _towns(chance: random.Random) -> list[Town]:
    """Square towns in a grid, 16 a row."""
    found = []
    for index in range(TOWNS):
        name = f"{PLACES[index % len(PLACES)]}{ENDS[index // len(PLACES) % len(ENDS)]}"
        lon, lat = 12.4 + index % 16 * SIDE, 49.0 + index // 16 * SIDE
        slug = f"{fold(name).replace(' ', '-')}-{index}"
        row = Town(
            code=str(index),
            name=name,
            slug=slug,
            status="member",
            member_since=date(2010 + index % 3, 7, 1),
            lon=lon,
            lat=lat,
        )
        _bound(row, [[lon, lat], [lon + SIDE, lat], [lon + SIDE, lat + SIDE], [lon, lat + SIDE], [lon, lat]])
        found.append(row)
    return Town.objects.bulk_create(found)


def _districts(chance: random.Random, towns: list[Town], count: int) -> None:
    """Round districts of 240 corners, several in each town."""
    rows = []
    for index in range(count):
        town = towns[index % len(towns)]
        lon, lat = (town.min_lon or 0) + chance.random() * SIDE, (town.min_lat or 0) + chance.random() * SIDE
        ring = [
            [lon + 0.012 * math.cos(turn * math.tau / 240), lat + 0.012 * math.sin(turn * math.tau / 240)]
            for turn in range(240)
        ]
        row = SecurityDistrict(town=town, code=str(index // len(towns) + 1), name=f"Okrsek {index}")
        _bound(row, [*ring, ring[0]])
        rows.append(row)
    SecurityDistrict.objects.bulk_create(rows)


def _bound(row: Any, ring: list[list[float]]) -> None:
    lons, lats = zip(*ring, strict=True)
    row.boundary = {"type": "Polygon", "coordinates": [ring]}
    row.min_lon, row.max_lon, row.min_lat, row.max_lat = min(lons), max(lons), min(lats), max(lats)


def _streets(chance: random.Random, addresses: int) -> Iterator[tuple[str, str, float, float, int]]:
    """Place, name, longitude, latitude, houses: one big town, towns with streets, villages without."""
    left, index = addresses, 0
    while left > 0:
        place = _place(index)
        lon, lat = 12.4 + chance.random() * 16 * SIDE, 49.0 + chance.random() * 15 * SIDE
        names = {""} if index % 3 == 2 else {_name(chance) for _ in range(2_500 if index == 0 else 20 + index % 90)}
        for name in sorted(names):
            houses = min(left, chance.randint(40, 400) if not name else chance.randint(4, 60))
            if houses:
                yield place, name, lon, lat, houses
            left -= houses
        index += 1


def _place(index: int) -> str:
    if index == 0:
        return "Plzeň"
    name = f"{PLACES[index % len(PLACES)]}{ENDS[index // len(PLACES) % len(ENDS)]}"
    return name if index < len(PLACES) * len(ENDS) else f"{name} {surname(index)}"


def surname(number: int) -> str:
    """A made-up ending that makes a place's name unlike others."""
    return "".join("bdfghklmnprstvz"[int(digit)] + "aeiouyěíáé"[int(digit)] for digit in str(number)).capitalize()


def _name(chance: random.Random) -> str:
    if chance.random() < 0.02:
        return chance.choice(ORDINALS)
    end = chance.choice(["", "", " I", " II", f" {chance.choice(FIRST)}a"])
    return f"{chance.choice(KINDS)}{chance.choice(FIRST)}{chance.choice(SECOND)}{end}"


def _houses(chance: random.Random, street: Street, lon: float, lat: float, houses: int) -> Iterator[Address]:
    for index in range(1, houses + 1):
        number = f"{chance.randint(1, 3000)}/{index}" if street.name else str(index)
        yield Address(street=street, number=number, lon=lon + chance.random() * 0.01, lat=lat + chance.random() * 0.01)


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(rows, size)):
        yield batch
