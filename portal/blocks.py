"""Blocks that editors build pages from: few, and each with one look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockValidationError
from wagtail.coreutils import string_to_ascii
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from portal.figure_block import FigureBlock
from portal.table_segments import cell_segments, with_cells
from region.enums import DatePrecision
from region.parts import Link

if TYPE_CHECKING:
    from collections.abc import Iterable

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingValue(blocks.StructValue):
    """A heading that knows its place in the address (``#anchor``)."""

    _anchor = ""

    @property
    def anchor(self) -> str:
        """Part of the address behind ``#``; made unique on the page by :func:`outline`."""
        return self._anchor or slugify(string_to_ascii(self["text"])) or "section"

    def number_anchor(self, count: int) -> None:
        """Tell apart the ``count``-th heading of the same words."""
        self._anchor = f"{self.anchor}-{count}"


def outline(body: Iterable[Any]) -> list[Link]:
    """Headings of the second level as links for "on this page"; makes the anchors of all headings unique."""
    links: list[Link] = []
    seen: dict[str, int] = {}
    for child in body:
        if child.block_type != "heading":
            continue
        anchor = child.value.anchor
        seen[anchor] = seen.get(anchor, 0) + 1
        if seen[anchor] > 1:
            child.value.number_anchor(seen[anchor])
        if child.value["level"] == "h2":
            links.append(Link(child.value["text"], f"#{child.value.anchor}"))
    return links


class HeadingBlock(blocks.StructBlock):
    """A heading inside the page."""

    text = blocks.CharBlock(label=_("heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[
            ("h2", pgettext_lazy("level of a heading", "section")),
            ("h3", pgettext_lazy("level of a heading", "part of a section")),
        ],
        default="h2",
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "portal/blocks/heading.html"
        value_class = HeadingValue
        form_classname = "struct-block"


class ParagraphBlock(blocks.RichTextBlock):
    """Running text: words in bold and italic, links, lists; nothing else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **kwargs})

    class Meta:
        label = _("Text")
        icon = "pilcrow"


class PictureBlock(blocks.StructBlock):
    """A picture with a description for those who do not see it."""

    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=250)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "portal/blocks/picture.html"


class TableBlock(TypedTableBlock):
    """A table whose first row and first column are headings; its words are translated with the page."""

    text = blocks.CharBlock(label=_("words"), required=False)
    number = blocks.CharBlock(label=_("number"), required=False)

    class Meta:
        label = _("Table")
        icon = "table"
        template = "portal/blocks/table.html"

    def clean(self, value: Any) -> Any:
        """Every column has a heading, when the page is published."""
        table = super().clean(value)
        if not self.is_deferred_validation and any(not column["heading"].strip() for column in table.columns):
            raise TypedTableBlockValidationError(non_block_errors=[_("Write a heading for every column.")])
        return table

    def get_translatable_segments(self, value: Any) -> list[Any]:
        """Words for the translator: caption, headings, cells of words."""
        return cell_segments(value)

    def restore_translated_segments(self, value: Any, segments: list[Any]) -> Any:
        """The table with translated words."""
        return with_cells(value, segments)


class DocumentBlock(blocks.StructBlock):
    """A file to download; its type and size are added by the page."""

    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(
        label=_("words of the link"), required=False, help_text=_("Empty: the title of the document.")
    )
    summary = blocks.CharBlock(label=_("what is in it"), required=False, max_length=300)

    class Meta:
        label = _("Document to download")
        icon = "doc-full"
        template = "portal/blocks/document.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("words"))
    who = blocks.CharBlock(label=_("who said it"), required=False, max_length=160)

    class Meta:
        label = _("Quote")
        icon = "openquote"
        template = "portal/blocks/quote.html"


class StepBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(label=_("what to do"), max_length=120)
    text = ParagraphBlock(label=_("how"), required=False)

    class Meta:
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """A procedure, step by step."""

    steps = blocks.ListBlock(StepBlock(), label=_("steps"), min_num=2)

    class Meta:
        label = _("Steps")
        icon = "list-ol"
        template = "portal/blocks/steps.html"


class NoteBlock(blocks.StructBlock):
    """Something not to be overlooked."""

    title = blocks.CharBlock(label=_("heading"), required=False, max_length=120)
    text = ParagraphBlock(label=_("text"))
    severity = blocks.ChoiceBlock(
        label=_("severity"),
        choices=[
            ("info", pgettext_lazy("severity", "information")),
            ("warning", pgettext_lazy("severity", "warning")),
            ("danger", pgettext_lazy("severity", "danger")),
        ],
        default="info",
    )

    class Meta:
        label = _("Note")
        icon = "info-circle"
        template = "portal/blocks/note.html"


class ContactBlock(blocks.StructBlock):
    """A function that people may turn to."""

    function = blocks.CharBlock(label=_("function or office"), max_length=160)
    purpose = blocks.CharBlock(label=_("what they help with"), required=False, max_length=300)
    name = blocks.CharBlock(label=_("name"), required=False, max_length=120)
    phone = blocks.CharBlock(label=_("phone"), required=False, max_length=30)
    email = blocks.EmailBlock(label=_("e-mail"), required=False)
    is_example = blocks.BooleanBlock(
        label=_("example"), required=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    class Meta:
        label = _("Contact")
        icon = "user"
        template = "portal/blocks/contact.html"


class QuestionBlock(blocks.StructBlock):
    """A question with its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=200)
    answer = ParagraphBlock(label=_("answer"))

    class Meta:
        label = _("Question and answer")
        icon = "help"
        template = "portal/blocks/question.html"


class KeyFigureBlock(blocks.StructBlock):
    """One large number on the home page."""

    value = blocks.CharBlock(label=_("value"), max_length=20)
    unit = blocks.CharBlock(label=_("unit"), required=False, max_length=20)
    label = blocks.CharBlock(label=_("what it counts"), max_length=80)
    note = blocks.CharBlock(label=_("note"), required=False, max_length=250)
    source = blocks.CharBlock(
        label=_("source"),
        required=False,
        max_length=250,
        help_text=_("Only where it differs from the common source below."),
    )
    is_example = blocks.BooleanBlock(
        label=_("example"), required=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    class Meta:
        label = _("Key figure")
        icon = "order"


class MilestoneBlock(blocks.StructBlock):
    """Something that happened in the programme."""

    date = blocks.DateBlock(label=_("date"))
    precision = blocks.ChoiceBlock(label=_("date known to"), choices=DatePrecision.choices, default=DatePrecision.DAY)
    heading = blocks.CharBlock(label=_("heading"), max_length=160)
    text = blocks.TextBlock(label=_("text"), required=False)
    source = blocks.CharBlock(label=_("source"), required=False, max_length=300)

    class Meta:
        label = _("Milestone")
        icon = "date"


def body_blocks() -> list[tuple[str, blocks.Block]]:
    """Blocks of every body of text."""
    return [
        ("heading", HeadingBlock()),
        ("paragraph", ParagraphBlock()),
        ("picture", PictureBlock()),
        ("table", TableBlock()),
        ("document", DocumentBlock()),
        ("quote", QuoteBlock()),
        ("steps", StepsBlock()),
        ("note", NoteBlock()),
        ("contact", ContactBlock()),
        ("figure", FigureBlock()),
    ]
