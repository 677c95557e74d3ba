"""Words of registers in Czech, Polish and English, leading to our stable codes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.values import folded

Words = Mapping[str, tuple[str, ...]]

TOWN_STATUS: Words = {
    "member": ("člen", "členem", "členské město", "zapojeno", "zapojené město", "uczestnik", "członek", "uczestniczy"),
    "preparation": (
        "v přípravě", "připravuje se", "příprava", "w przygotowaniu", "przygotowuje się", "in preparation", "preparing",
    ),
    "former": ("bývalý", "bývalé", "bývalý člen", "ukončeno", "były", "była", "były uczestnik", "former member"),
}  # fmt: skip
TOWN_KIND: Words = {
    "city": ("statutární město", "krajské město", "miasto na prawach powiatu", "statutory city"),
    "town": ("město", "miasto", "gmina miejska", "gmina miejsko-wiejska"),
    "township": ("městys", "miasteczko", "market town"),
    "municipality": ("obec", "vesnice", "gmina", "gmina wiejska", "wieś", "village"),
    "city_district": ("městský obvod", "městská část", "obvod", "dzielnica", "city district", "district"),
}
OFFICER_ROLE: Words = {
    "state_police": (
        "policie", "policie čr", "policie české republiky", "pčr", "státní policie", "policista", "policista čr",
        "obvodní policista", "inspektor pčr", "okrskář pčr", "okrskář policie čr", "policja", "policja państwowa",
        "policjant", "dzielnicowy", "dzielnicowa", "police", "police officer", "state police officer",
    ),
    "municipal_police": (
        "městská policie", "obecní policie", "mp", "strážník", "strážnice", "strážník městské policie", "okrskář mp",
        "okrskář městské policie", "straż miejska", "straż gminna", "sm", "strażnik", "strażnik miejski", "strażniczka",
        "municipal police officer", "city guard",
    ),
    "town_hall": (
        "obecní úřad", "městský úřad", "magistrát", "radnice", "úřad", "kontaktní osoba", "kontaktní osoba úřadu",
        "pracovník úřadu", "tajemník", "urząd", "urząd miasta", "urząd gminy", "osoba do kontaktu", "town hall contact",
        "contact person",
    ),
    "fire_service": (
        "hasiči", "hasič", "hzs", "hasičský záchranný sbor", "sdh", "straż pożarna", "psp", "osp", "strażak",
        "fire service contact", "fire brigade", "firefighter",
    ),
    "psychologist": (
        "psycholog", "psycholožka", "sociální pracovník", "sociální pracovnice", "psycholog nebo sociální pracovník",
        "pracownik socjalny", "pracownica socjalna", "social worker", "psychologist or social worker",
    ),
    "working_group": (
        "pracovní skupina", "člen pracovní skupiny", "členka pracovní skupiny", "grupa robocza",
        "członek grupy roboczej", "member of a working group", "working group member",
    ),
}  # fmt: skip


def parse_word(text: str, words: Words) -> str:
    """The code that a word stands for, letter case and accents aside. Raises `Problem` naming what may be written."""
    code = _codes(tuple(words.items())).get(folded(text))
    if code is not None:
        return code
    raise Problem(
        _("“%(word)s” is not known here. Write one of: %(words)s."),
        word=text,
        words=", ".join(names[0] for names in words.values()),
    )


@lru_cache(maxsize=16)
def _codes(words: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    """Codes by the folded words that stand for them; of two codes the first has a word."""
    found: dict[str, str] = {}
    for code, names in words:
        for name in (code, *names):
            found.setdefault(folded(name), code)
    return found
