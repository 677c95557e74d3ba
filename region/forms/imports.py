"""Forms of the import screen: the file, how it is to be read, whether rejected rows are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region.forms.documents import PrivateFileField
from region.messages import Message
from region.tables.crosstabs import DEEPEST_HEADING
from region.tables.encodings import NAMES
from region.tables.reading import SEPARATORS, Options
from region.uploads import Limits
from region.wording import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from region.importers import Importer
    from region.models import SavedMapping
    from region.tables.looking import Look, SeenColumn

_PREFIX = "column-"
_LONGEST = 60
LONGEST_NAME = 80


class UploadForm(forms.Form):
    """What the file holds, and the file."""

    use_required_attribute = False

    importer = forms.ChoiceField(
        label=_("What does the file hold?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the file holds.")},
    )

    def __init__(self, *args: Any, importers: Sequence[Importer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = dict.fromkeys(kind for one in importers for kind in one.limits.kinds)
        most = max((one.limits.most_bytes for one in importers), default=0)
        self.fields["file"] = PrivateFileField(label=_("File"), limits=Limits(tuple(kinds), most, drops_macros=True))
        field: Any = self.fields["importer"]
        field.choices = [(one.key, format_html("<b>{}</b><br>{}", one.title, one.description)) for one in importers]


class ColumnsForm(forms.Form):
    """How the file is read: encoding, separator, sheet, header row, and which column is which of ours."""

    use_required_attribute = False

    def __init__(self, *args: Any, look: Look, importer: Importer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look = look
        self.importer = importer
        if look.encoding:
            self._choose("encoding", _("Encoding"), list(NAMES.items()), look.encoding)
            separators = [(sign, in_words(Message(word))) for sign, word in SEPARATORS.items()]
            self._choose("separator", _("Separator"), separators, look.separator)
        if len(look.sheets) > 1:
            words = {name: f" – {look.sheet_words[name][:_LONGEST]}" for name in look.sheet_words}
            sheets = [(name, f"{name}{words.get(name, '')}") for name in look.sheets]
            self._choose("sheet", _("Sheet"), sheets, look.recognised.sheet)
        rows = [(str(number), f"{number}: {_shortened(cells)}") for number, cells in look.first_rows]
        self._choose("header_row", _("Row with the headings"), rows, str(look.recognised.header_row))
        if look.header_depth:
            depths = [(str(depth), str(depth)) for depth in range(1, DEEPEST_HEADING + 1)]
            self._choose(
                "header_depth", _("Rows that the headings take, up to that one"), depths, str(look.header_depth)
            )
        for column in look.columns:
            self._add_column(column)

    def _choose(self, name: str, label: Any, choices: list[tuple[str, str]], chosen: str) -> None:
        known = choices if chosen in dict(choices) else [*choices, (chosen, chosen)]
        self.fields[name] = forms.ChoiceField(label=label, choices=known, initial=chosen, required=False)

    def _add_column(self, column: SeenColumn) -> None:
        """A choice of our columns for one of the file's."""
        known = [(one.name, self.importer.word(one.name)) for one in self.importer.columns]
        heading = column.heading or gettext("column %(number)s") % {"number": column.place + 1}
        label = gettext("“%(heading)s” is") % {"heading": heading}
        self.fields[f"{_PREFIX}{column.place}"] = forms.ChoiceField(
            label=label,
            choices=[("", self.importer.rest), *known],
            initial=column.name,
            required=False,
            widget=forms.Select(attrs={"aria-label": label}),
        )

    def rows(self) -> list[tuple[SeenColumn, forms.BoundField]]:
        """The file's columns with their choices."""
        return [(column, self[f"{_PREFIX}{column.place}"]) for column in self.look.columns]

    def basics(self) -> list[forms.BoundField]:
        """The choices that decide how the file is cut into columns."""
        return [self[name] for name in self.fields if not name.startswith(_PREFIX)]

    def is_cut_anew(self) -> bool:
        """Whether one of the basics was changed: columns are then recognised anew."""
        return any(bound.name in self.changed_data for bound in self.basics())

    def reading(self) -> Options:
        """How the file is to be read."""
        chosen = self.cleaned_data
        return Options(
            encoding=chosen.get("encoding", ""),
            separator=chosen.get("separator", ""),
            sheet=chosen.get("sheet", ""),
            header_row=int(chosen.get("header_row") or 0) if not self._is_elsewhere() else 0,
            header_depth=int(chosen.get("header_depth") or 0) if not self._is_elsewhere() else 0,
            places=None if self.is_cut_anew() else self._places(),
            ignore_unknown=True,
        )

    def _is_elsewhere(self) -> bool:
        """Whether rows stand elsewhere than where their number was chosen."""
        return bool({"encoding", "separator", "sheet"} & {*self.changed_data}) and "header_row" not in self.changed_data

    def _places(self) -> dict[str, int]:
        names = {column.place: self.cleaned_data.get(f"{_PREFIX}{column.place}", "") for column in self.look.columns}
        return {name: place for place, name in names.items() if name}

    def clean(self) -> dict[str, Any]:
        """One of ours can be only one of the file's."""
        chosen: dict[str, Any] = super().clean() or self.cleaned_data
        if self.is_cut_anew():
            return chosen
        first: dict[str, str] = {}
        for column in self.look.columns:
            field = f"{_PREFIX}{column.place}"
            name = chosen.get(field, "")
            if name and name in first:
                self.add_error(field, gettext("“%(name)s” was chosen twice.") % {"name": self.importer.word(name)})
            first.setdefault(name, field)
        return chosen

    def missing(self) -> list[str]:
        """Our columns that a file must have and that none was chosen for, in words."""
        chosen = self._places()
        return [self.importer.word(one.name) for one in self.importer.columns if one.is_missing(chosen)]


class MappingForm(forms.Form):
    """Which kept way of reading is taken."""

    use_required_attribute = False

    mapping = forms.ChoiceField(label=_("Read as"), required=False)

    def __init__(self, *args: Any, mappings: Sequence[SavedMapping], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["mapping"]
        field.choices = [("", gettext("as it is recognised by itself")), *((str(one.pk), one.name) for one in mappings)]


class KeepForm(forms.Form):
    """Under which name the way of reading is kept."""

    use_required_attribute = False

    keep_as = forms.CharField(
        label=_("Keep this way of reading as"),
        help_text=_(
            "The next file with the same headings is then read so by itself. A name that is taken gets this way."
        ),
        max_length=LONGEST_NAME,
        required=False,
    )


class MappingNameForm(forms.Form):
    """Another name for a kept way of reading."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME, error_messages={"required": _("Write a name.")})


class ConfirmForm(forms.Form):
    """Whether the rest is written without its rejected rows."""

    use_required_attribute = False

    skip_rejected = forms.BooleanField(
        label=_("Write the rest without the rejected rows"),
        error_messages={"required": _("Tick this, or mend the file and upload it again.")},
    )


def _shortened(cells: Any) -> str:
    text = " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
