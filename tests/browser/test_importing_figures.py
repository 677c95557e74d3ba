"""An analyst brings in events and a statistical table on screen, keeps how they are read, and takes them back."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from tests.browser.people import new_figure
from tests.factories.workbooks import new_workbook, packed

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.conftest import Reading
    from tests.browser.serving import Portal
    from tests.browser.watching import Watched

# New in every run, so that a portal kept between runs serves as well.
NUMBER = int(time.time()) % 900_000 + 100_000
DONE = {"written": {"cs": "Zapsáno", "pl": "Zapisano"}, "undone": {"cs": "Vráceno zpět", "pl": "Cofnięto"}}


def _signed_in(window: Watched, portal: Portal, language: str) -> Page:
    page = window.open(f"/{language}/account/login/")
    page.locator("[name=login]").fill(portal.accounts["analyst"].email)
    page.locator("[name=password]").fill(portal.accounts["analyst"].password)
    page.locator("form:has([name=password]) button[type=submit]").first.click()
    page.wait_for_url("**/office/**")
    return page


def _uploaded(page: Page, portal: Portal, language: str, importer: str, path: Path) -> None:
    page.goto(f"{portal.url}/{language}/office/imports/new/")
    page.locator(f"[name=importer][value={importer}]").check()
    page.locator("[name=file]").set_input_files(path)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/columns/")


def _written(page: Page, *, rejected: bool) -> str:
    """Try, confirm, write; gives the address of the result."""
    page.locator("button[value=check]").click()
    page.wait_for_url("**/check/")
    page.locator("a[href$='/confirm/']").first.click()
    if rejected:
        page.locator("[name=skip_rejected]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}/$"))
    return page.url


def _undone(page: Page, address: str) -> None:
    page.goto(f"{address}undo/")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(address)


def _events(folder: Path, month: int) -> Path:
    """A register as cities publish it: titles above, day and hour apart, one cell for the point, a sum below."""
    rows = "".join(f"{day}.{month}.2021|{day}15|Vrak {NUMBER}|49.74, 13.3{day}\n" for day in range(1, 10))
    path = folder / f"odtahy-{NUMBER}-{month}.txt"
    head = f"Odtahy {NUMBER}|||\n\nDatum výjezdu|Hodina|Důvod {NUMBER}|Kde\n"
    path.write_bytes(f"{head}{rows}Celkem||9|\n".encode("cp1250"))
    return path


def test_events_are_imported_read_the_same_next_time_and_undone(read: Reading, portal: Portal, tmp_path: Path) -> None:
    from playwright.sync_api import expect

    page = _signed_in(read(locale="cs-CZ"), portal, "cs")
    _uploaded(page, portal, "cs", "events", _events(tmp_path, 3))
    expect(page.locator("[name=column-0]")).to_have_value("date")
    expect(page.locator("[name=column-3]")).to_have_value("point")
    page.locator("[name=column-2]").select_option("label")
    page.locator("[name=keep_as]").fill(f"Odtahy {NUMBER}")
    first = _written(page, rejected=True)
    expect(page.locator("h1")).to_have_text(DONE["written"]["cs"])
    _uploaded(page, portal, "cs", "events", _events(tmp_path, 4))
    expect(page.locator("main")).to_contain_text(f"„Odtahy {NUMBER}“")
    expect(page.locator("[name=column-2]")).to_have_value("label")
    second = _written(page, rejected=True)
    page.locator("main a[href$='/office/events/spellings/']").click()
    expect(page.locator("main")).to_contain_text(f"vrak {NUMBER}")
    for address in (second, first):
        _undone(page, address)
        expect(page.locator("h1")).to_have_text(DONE["undone"]["cs"])


def _table(folder: Path, year: int) -> Path:
    """Headings in two rows with merged cells, groups merged downwards, sums among the data."""
    book = new_workbook()
    sheet = book.active
    for row in (
        [f"Interwencje {NUMBER}", None, None, None],
        ["Dzielnica", "Rodzaj", year, None],
        [None, None, f"mandaty {NUMBER}", "pouczenia"],
        ["Północ", "parkowanie", 1200 + year, 300],
        [None, "hałas", 70, 60],
        ["Południe", "parkowanie", 900, 200],
        [None, "hałas", 50, 40],
        ["Razem", "ogółem", 2220 + year, 600],
    ):
        sheet.append(row)
    for cells in ("A1:D1", "A2:A3", "B2:B3", "C2:D2", "A4:A5", "A6:A7"):
        sheet.merge_cells(cells)
    path = folder / f"interwencje-{NUMBER}-{year}.xlsx"
    path.write_bytes(packed(book))
    return path


def test_table_of_two_levels_is_read_the_same_next_year_and_undone(
    read: Reading, portal: Portal, tmp_path: Path
) -> None:
    from playwright.sync_api import expect

    figure = new_figure(portal)
    page = _signed_in(read(locale="pl-PL"), portal, "pl")
    _uploaded(page, portal, "pl", "crosstab", _table(tmp_path, 1901))
    rows = page.locator("[name=row-0] option").all_inner_texts()
    assert [text for text in rows if "hałas" in text] == ["Północ hałas", "Południe hałas"]
    expect(page.locator("[name=measure-0]")).to_contain_text(f"1901 mandaty {NUMBER}")
    page.locator("[name=source]").select_option(index=1)
    page.locator("[name=metric-0]").select_option(figure)
    page.locator("[name=row-0]").select_option(label="Południe hałas")
    page.locator("[name=measure-0]").select_option(label=f"1901 mandaty {NUMBER}")
    page.locator("[name=period_from]").fill("1. 1. 1901")
    page.locator("[name=period_until]").fill("31. 12. 1901")
    page.locator("[name=keep_as]").fill(f"Interwencje {NUMBER}")
    first = _written(page, rejected=False)
    expect(page.locator("h1")).to_have_text(DONE["written"]["pl"])
    _uploaded(page, portal, "pl", "crosstab", _table(tmp_path, 1902))
    expect(page.locator("main")).to_contain_text(f"„Interwencje {NUMBER}”")
    expect(page.locator("[name=row-0] option:checked")).to_have_text("Południe hałas")
    expect(page.locator("[name=measure-0] option:checked")).to_have_text(f"1902 mandaty {NUMBER}")
    _undone(page, first)
    expect(page.locator("h1")).to_have_text(DONE["undone"]["pl"])
