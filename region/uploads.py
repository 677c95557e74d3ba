"""What an uploaded file really is. Pure: no Django.

A name and a type that a browser states prove nothing: the first bytes, and for the zip-based formats of offices the
parts inside, say what a file is, and its extension must agree. What a browser could run (HTML, SVG, XML, scripts, also
hidden in or behind another format) is refused, and so are macros and archives that unpack to something huge.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

import filetype

from region.messages import Problem
from region.messages import gettext_noop as _

MEGABYTE = 1_000_000
LONGEST_NAME = 120
_HEAD = 8192
_ENDS = 4096
# An archive may unpack to this much, or to more when it is not packed suspiciously well.
_UNPACKED = 100 * MEGABYTE
_MOST_UNPACKED = 500 * MEGABYTE
_BEST_PACKING = 100
_MOST_PARTS = 10_000
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php)", re.IGNORECASE)
_MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
# What macros are called in an old workbook, whose folder is written in UTF-16.
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_NO_MACROS = "_NO_MACROS__".encode("utf-16-le")
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_UNSAFE = re.compile(r'[\\/:*?"<>|;]+')

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
# Extensions we know and the type under which such a file is kept.
TYPES = {
    "pdf": "application/pdf",
    "docx": f"{_OFFICE}wordprocessingml.document",
    "xlsx": f"{_OFFICE}spreadsheetml.sheet",
    "odt": f"{_OPEN}text",
    "ods": f"{_OPEN}spreadsheet",
    "xls": "application/vnd.ms-excel",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "csv": "text/csv",
    "txt": "text/plain",
    "json": "application/json",
    "geojson": "application/geo+json",
    "zip": "application/zip",
    "gpkg": "application/geopackage+sqlite3",
}
_SAME = {"jpeg": "jpg", "jpe": "jpg"}
# What the first bytes tell, as `filetype` names it.
_SNIFFED = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}
_TEXTS = frozenset({"csv", "txt", "json", "geojson"})
_PART_OF = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_MIMETYPE = {f"{_OPEN}text".encode(): "odt", f"{_OPEN}spreadsheet".encode(): "ods"}

PAPERS = ("pdf", "docx", "xlsx", "odt", "ods", "jpg", "png", "webp", "csv", "txt")
TABLES = ("csv", "txt", "xlsx", "xls")
POINTS = (*TABLES, "geojson", "json")


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be uploaded somewhere: kinds by extension, and bytes.

    With `drops_macros` an old workbook may carry macros: they are taken out before it is kept (`without_macros`).
    """

    kinds: tuple[str, ...] = PAPERS
    most_bytes: int = 20 * MEGABYTE
    drops_macros: bool = False

    @property
    def accept(self) -> str:
        """For the attribute `accept` of an input."""
        return ",".join(f".{kind}" for kind in (*self.kinds, *(("jpeg",) if "jpg" in self.kinds else ())))

    @property
    def words(self) -> str:
        """Kinds as people read them."""
        return ", ".join(kind.upper() for kind in self.kinds)


def clean_name(name: str) -> str:
    """A file's name without folders, hidden signs and signs that systems forbid; never empty, at most 120 signs."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    # Control signs, marks of direction, halves of signs: nothing that shows, and some of it turns a name round.
    plain = _UNSAFE.sub("-", "".join(sign for sign in plain if unicodedata.category(sign)[0] != "C"))
    plain = " ".join(plain.split()).strip(". ")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME] or "file"
    extension = extension[:10].lower()
    return f"{stem[: LONGEST_NAME - len(extension) - 1].strip('. ') or 'file'}.{extension}"


def check_size(size: int, limits: Limits) -> None:
    """Refuse (Problem) a file that is empty or too large."""
    if size == 0:
        raise Problem(_("The file is empty. Choose another one."))
    if size > limits.most_bytes:
        raise Problem(
            _("The file has %(size)s MB; at most %(most)s MB are taken. Make it smaller or divide it."),
            size=-(-size // MEGABYTE),
            most=limits.most_bytes // MEGABYTE,
        )


def check_file(file: IO[bytes], *, name: str, size: int, limits: Limits) -> str:
    """Type of a file (such as application/pdf) whose bytes agree with its name and with what is taken here.

    Raises Problem with a sentence that says what to do. Leaves the file at its beginning.
    """
    check_size(size, limits)
    extension = PurePosixPath(name.lower()).suffix.lstrip(".")
    named = _SAME.get(extension, extension)
    if named not in limits.kinds:
        raise Problem(_("This kind of file is not taken here. Taken are: %(kinds)s."), kinds=limits.words)
    try:
        found = _found(file, size, limits)
    finally:
        file.seek(0)
    if named != found and not (found == "text" and named in _TEXTS):
        raise Problem(
            _("The file is not what its name says (%(name)s). Open it in its program and save it again as %(kind)s."),
            name=name,
            kind=named.upper(),
        )
    return TYPES[named]


def _found(file: IO[bytes], size: int, limits: Limits) -> str:
    """What the bytes are: one of our extensions, "text", or "" when nothing we know."""
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(max(0, size - _ENDS))
    tail = file.read(_ENDS)
    # In UTF-16 each letter of a tag comes with a zero.
    is_wide = head.startswith(_WIDE)
    if any(_MARKUP.search(part.replace(b"\0", b"") if is_wide else part) for part in (head, tail)):
        raise Problem(
            _("The file contains a web page or a script, which is not taken. Save it as PDF, a table as XLSX or CSV.")
        )
    if head.startswith(b"PK\x03\x04"):
        return _archive(file, size)
    if zipfile.is_zipfile(file):
        raise Problem(_("The file hides an archive behind another format. Save it again in its program."))
    if head.startswith(b"SQLite format 3\x00"):
        return "gpkg"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if not limits.drops_macros:
            _check_old(file)
        return "xls"
    kind = filetype.guess(head)
    if kind is not None:
        return _SNIFFED.get(kind.mime, "")
    return "text" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    """Whether the beginning reads as text in any of the encodings that offices use."""
    if head.startswith(_WIDE):
        return True
    return not any(byte < 9 or 13 < byte < 32 for byte in head)


def _archive(file: IO[bytes], size: int) -> str:
    """Which format is packed in a zip: docx, xlsx, odt, ods, or plain "zip"."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_parts(parts, size)
            names = {part.filename for part in parts}
            mimetype, types = (_beginning(archive, name, names) for name in ("mimetype", "[Content_Types].xml"))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Problem(_("The file is damaged. Open it in its program and save it again.")) from error
    if types:
        # Programs go by the type that stands here, not by the name of the part.
        if _MACROS.search(types):
            _refuse_macros()
        return next((kind for part, kind in _PART_OF.items() if part in names), "")
    return _MIMETYPE.get(mimetype.strip(), "") if mimetype else "zip"


def _beginning(archive: zipfile.ZipFile, name: str, names: set[str]) -> bytes:
    """The first bytes of a part, however large it unpacks; empty when there is none."""
    if name not in names:
        return b""
    with archive.open(name) as part:
        return part.read(MEGABYTE)


def _check_old(file: IO[bytes]) -> None:
    """Refuse an old workbook with macros."""
    file.seek(0)
    before = b""
    for piece in iter(lambda: file.read(MEGABYTE), b""):
        if _OLD_MACROS in before + piece:
            _refuse_macros()
        before = piece[-len(_OLD_MACROS) :]


def without_macros(content: bytes) -> bytes:
    """The bytes of an old workbook in which no program finds macros any more: their folder has lost its name.

    Statistical offices send such workbooks, mostly with empty macros. The cells stay as they are.
    """
    return content.replace(_OLD_MACROS, _NO_MACROS)


def _refuse_macros() -> None:
    raise Problem(_("The file contains macros, which are not taken. Save it without them, as DOCX or XLSX."))


def _check_parts(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse archives that unpack to something huge, that are locked or that carry macros."""
    unpacked = sum(part.file_size for part in parts)
    is_suspicious = unpacked > _UNPACKED and unpacked > _BEST_PACKING * size
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or is_suspicious:
        raise Problem(_("The file would unpack to something too large. Divide it."))
    if any(part.flag_bits & 1 for part in parts):
        raise Problem(_("The file is locked by a password. Save it without one."))
    if any(_is_macro(PurePosixPath(part.filename.lower())) for part in parts):
        _refuse_macros()


def _is_macro(part: PurePosixPath) -> bool:
    """Whether a part of an archive is a program: of Microsoft Office, or of OpenDocument (but its lists of none)."""
    if part.name == "vbaproject.bin":
        return True
    return part.parts[:1] in {("basic",), ("scripts",)} and part.suffix != "" and "script-l" not in part.name
