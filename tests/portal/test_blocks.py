"""Blocks that pages are built from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.template import engines
from django.test import RequestFactory

from portal.blocks import PictureBlock, TableBlock, outline
from portal.models import StandardPage
from tests.factories import trees
from tests.factories.pictures import picture

if TYPE_CHECKING:
    from region.models import RegionProfile

# A page looks its content type up.
pytestmark = pytest.mark.django_db
TABLE = {
    "columns": [{"type": "text", "heading": "Rok"}, {"type": "number", "heading": "Počet"}],
    "rows": [{"values": ["2010", "4"]}, {"values": ["2011", "11"]}],
    "caption": "Projekty",
}


@pytest.fixture
def table() -> Any:
    """The block of a table by itself."""
    block = TableBlock()
    block.set_name("table")
    return block


def body(*blocks: tuple[str, Any]) -> Any:
    """A body of these blocks."""
    return StandardPage(body=list(blocks)).body


def rendered(blocks: Any) -> str:
    """The body as a page shows it."""
    template = engines["django"].from_string("{% for part in body %}{% include_block part %}{% endfor %}")
    html: str = template.render({"body": blocks}, RequestFactory().get("/"))
    return html


def test_headings_of_the_same_words_have_anchors_of_their_own() -> None:
    blocks = body(*(("heading", {"text": "Łódź a Plzeň", "level": "h2"}) for _turn in range(3)))
    assert [link.url for link in outline(blocks)] == ["#lodz-a-plzen", "#lodz-a-plzen-2", "#lodz-a-plzen-3"]


def test_only_sections_are_listed_but_every_heading_has_an_anchor() -> None:
    blocks = body(("heading", {"text": "Jedna", "level": "h2"}), ("heading", {"text": "Dvě", "level": "h3"}))
    assert [link.title for link in outline(blocks)] == ["Jedna"]
    assert '<h3 id="dve">' in rendered(blocks)


def test_table_has_headings_of_columns_and_rows(table: Any) -> None:
    html = rendered(body(("table", table.to_python(TABLE))))
    assert html.count('<th scope="col"') == 2
    assert html.count('<th scope="row">') == 2
    assert '<td data-label="Počet" class="r">' in html


def test_table_without_a_heading_is_refused(table: Any) -> None:
    value = table.to_python(
        {**TABLE, "columns": [{"type": "text", "heading": "Rok"}, {"type": "number", "heading": " "}]}
    )
    with pytest.raises(ValidationError):
        table.clean(value)


def test_table_without_a_heading_may_wait_in_a_draft(table: Any) -> None:
    value = table.to_python({**TABLE, "columns": [{"type": "text", "heading": ""}, {"type": "number", "heading": ""}]})
    table.defer_required_validation()
    assert table.clean(value).columns[0]["heading"] == ""


def test_words_of_a_table_are_translated_and_numbers_kept(table: Any) -> None:
    value = table.to_python(TABLE)
    segments = table.get_translatable_segments(value)
    assert [segment.path for segment in segments] == ["caption", "column-0", "column-1", "cell-0-0", "cell-1-0"]
    for segment in segments:
        segment.string = segment.string.from_plaintext(f"{segment.render_text()} (pl)")
    translated = table.restore_translated_segments(value, segments)
    assert translated.caption == "Projekty (pl)"
    assert [column["heading"] for column in translated.columns] == ["Rok (pl)", "Počet (pl)"]
    assert [row["values"] for row in translated.row_data] == [["2010 (pl)", "4"], ["2011 (pl)", "11"]]


def test_picture_without_a_description_is_refused(db: None) -> None:
    block = PictureBlock()
    image = picture()
    image.contextual_alt_text, image.decorative = "", False
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"image": None, "caption": ""}) | {"image": image})


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("quote", {"text": "Slovo", "who": "Kdo"}, "<figcaption"),
        (
            "steps",
            {"steps": [{"title": "Jdi", "text": "<p>a</p>"}, {"title": "Stůj", "text": ""}]},
            '<ol class="after">',
        ),
        ("note", {"title": "Pozor", "text": "<p>Led</p>", "severity": "warning"}, "notice--warning"),
        ("contact", {"function": "Úřad", "phone": "377195111", "is_example": True}, 'href="tel:377195111"'),
    ],
)
def test_block_shows_its_parts(kind: str, value: dict[str, Any], expected: str, db: None) -> None:
    assert expected in rendered(body((kind, value)))


def test_page_of_three_sections_has_a_list_of_them(county: RegionProfile) -> None:
    tree = trees.trees("cs")["cs"]
    headings = [("heading", {"text": f"Část {number}", "level": "h2"}) for number in range(3)]
    page = trees.add(tree["about"], StandardPage, body=headings)
    assert [link.url for link in page.sections()] == ["#cast-0", "#cast-1", "#cast-2"]
    assert trees.add(tree["about"], StandardPage, body=headings[:2]).sections() == []
