"""Recognising in which encoding a text was written: by evidence, never by a silent guess.

Order of evidence: a byte-order mark; zero bytes (UTF-16 without a mark); valid UTF-8; bytes 0x80–0x9F, which are
letters in Windows cp1250 and nothing in ISO-8859-2; at last, which of the two gives letters that Czech or Polish use.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterable, Mapping

from region.messages import Problem
from region.messages import gettext_noop as _

UTF_8, UTF_8_MARKED = "utf-8", "utf-8-sig"
UTF_16, UTF_16_LE, UTF_16_BE = "utf-16", "utf-16-le", "utf-16-be"
CP1250, ISO_8859_2 = "cp1250", "iso8859-2"
# Names for people; also what an option --encoding takes.
NAMES = {
    UTF_8: "UTF-8",
    UTF_8_MARKED: "UTF-8 with BOM",
    UTF_16: "UTF-16 with BOM",
    UTF_16_LE: "UTF-16 LE",
    UTF_16_BE: "UTF-16 BE",
    CP1250: "cp1250",
    ISO_8859_2: "ISO-8859-2",
}
_MARKS = ((codecs.BOM_UTF8, UTF_8_MARKED), (codecs.BOM_UTF16_LE, UTF_16), (codecs.BOM_UTF16_BE, UTF_16))
# How often a letter occurs in running text, per ten thousand (rounded).
_CZECH = {
    "á": 220,
    "é": 130,
    "í": 330,
    "ý": 110,
    "ě": 160,
    "š": 80,
    "č": 100,
    "ř": 120,
    "ž": 100,
    "ů": 70,
    "ú": 10,
    "ň": 10,
    "ť": 4,
    "ď": 4,
    "ó": 3,
}
_POLISH = {"ą": 99, "ć": 40, "ę": 111, "ł": 182, "ń": 20, "ó": 85, "ś": 66, "ź": 6, "ż": 83}
# Signs that stand between words in either language and say nothing about it.
_NEUTRAL = frozenset("\xa0§°´„“”‚‘’–—…•·×÷®©™€«»›‹¨±µ¶\xad")
_FOREIGN = frozenset("äöüßôâëîçĺľŕőű")
_WRONG, _ODD = -400.0, -100.0
# Least lead of one encoding over the other, per byte that tells them apart.
_LEAD = 40.0
_ZERO_SHARE = 0.2
_C1 = range(0x80, 0xA0)
_ASCII = bytes(range(0x80))


def recognise_encoding(content: bytes) -> str:
    """Python's name of the encoding of the text. Raises `Problem` for what is no text or cannot be decided."""
    return recognise_chunks([content])


def recognise_chunks(chunks: Iterable[bytes]) -> str:
    """The same for a text that comes in pieces (a file too large to hold)."""
    evidence = Evidence()
    for chunk in chunks:
        evidence.add(chunk)
    return evidence.verdict()


class Evidence:
    """What the bytes of a text have shown so far."""

    def __init__(self) -> None:
        self._start = b""
        self._length = 0
        self._zeros = [0, 0]
        self._high: Counter[int] = Counter()
        self._utf_8: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder(UTF_8)("strict")

    def add(self, chunk: bytes) -> None:
        """Look at the next piece."""
        self._start = self._start or chunk[:4]
        for parity in (0, 1):
            self._zeros[(self._length + parity) % 2] += chunk[parity::2].count(0)
        self._length += len(chunk)
        self._high.update(chunk.translate(None, _ASCII))
        self._try_utf_8(chunk, final=False)

    def verdict(self) -> str:
        """The encoding that the evidence speaks for."""
        if not self._length:
            raise Problem(_("The file is empty."))
        marked = next((name for mark, name in _MARKS if self._start.startswith(mark)), "")
        if marked:
            return marked
        if any(self._zeros):
            return self._by_zeros()
        self._try_utf_8(b"", final=True)
        return UTF_8 if self._utf_8 else self._by_letters()

    def _try_utf_8(self, chunk: bytes, *, final: bool) -> None:
        if self._utf_8 is None:
            return
        try:
            self._utf_8.decode(chunk, final)
        except UnicodeDecodeError:
            self._utf_8 = None

    def _by_zeros(self) -> str:
        """UTF-16 writes a zero byte beside each plain letter; zeros anywhere else mean a file that is no text."""
        even, odd = self._zeros
        if self._length % 2:
            raise Problem(_("This is not a text file."))
        if odd > _ZERO_SHARE * self._length / 2 and not even:
            return UTF_16_LE
        if even > _ZERO_SHARE * self._length / 2 and not odd:
            return UTF_16_BE
        raise Problem(_("This is not a text file."))

    def _by_letters(self) -> str:
        """Windows or ISO, by bytes that only one of them uses, else by the letters that come out."""
        scores = {name: letters_score(self._high, name) for name in (CP1250, ISO_8859_2)}
        telling = sum(count for byte, count in self._high.items() if _letter(byte, CP1250) != _letter(byte, ISO_8859_2))
        if any(byte in _C1 for byte in self._high):
            scores[ISO_8859_2] = float("-inf")
        best, other = sorted(scores, key=lambda name: (-scores[name], name))
        if scores[best] <= 0:
            raise Problem(
                _("The encoding was not recognised. Save the file as UTF-8, or name the encoding with --encoding.")
            )
        if telling and scores[best] - scores[other] < _LEAD * telling:
            raise Problem(
                _("The encoding could be cp1250 or ISO-8859-2; the text is too short. Name it with --encoding.")
            )
        return best


def letters_score(high: Mapping[int, int], encoding: str) -> float:
    """How well the bytes above 127 read as Czech or as Polish, whichever fits better (above zero: like a real text)."""
    letters = {_letter(byte, encoding): count for byte, count in high.items()}
    return max(sum(_weight(letter, usual) * count for letter, count in letters.items()) for usual in (_CZECH, _POLISH))


def _weight(letter: str, usual: dict[str, int]) -> float:
    """What one letter says for a language: its own letters for, impossible signs strongly against."""
    if letter in _NEUTRAL:
        return 1.0
    small = letter.lower()
    if small in usual:
        return float(usual[small])
    return _ODD if small in _FOREIGN or small in _CZECH or small in _POLISH else _WRONG


def _letter(byte: int, encoding: str) -> str:
    """The sign of a byte, or the sign of a fault where the encoding has none."""
    return bytes([byte]).decode(encoding, errors="replace")
