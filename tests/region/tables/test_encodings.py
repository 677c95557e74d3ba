from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.messages import Problem
from region.tables.encodings import recognise_chunks, recognise_encoding

CZECH = "kód;název;okres\n558486;Útušice;Plzeň-jih\n558711;Čeminy;Plzeň-sever\n557528;Železná Ruda;Klatovy\n"
POLISH = "numer;nazwa\nIX;Łagiewniki-Borek Fałęcki\nXII;Bieżanów-Prokocim\nVIII;Dębniki – Śródmieście\n"
WORDS = st.lists(
    st.sampled_from(["Přeštice", "Žihle", "Horšovský Týn", "Kožlany", "Šťáhlavy", "Nýřany", "Tlučná", "Měčín"]),
    min_size=4,
    max_size=60,
).map(";".join)


@pytest.mark.parametrize("text", [CZECH, POLISH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859-2"])
def test_recognise_encoding_of_real_texts(text: str, encoding: str) -> None:
    if encoding == "iso8859-2":
        text = text.replace("–", "-")
    assert recognise_encoding(text.encode(encoding)) == encoding


@given(text=WORDS, encoding=st.sampled_from(["utf-8", "cp1250", "iso8859-2", "utf-16"]))
def test_recognise_encoding_gives_back_the_text(text: str, encoding: str) -> None:
    content = text.encode(encoding)
    assert content.decode(recognise_encoding(content)) == text


def test_recognise_encoding_of_plain_letters_is_utf_8() -> None:
    assert recognise_encoding(b"code;name\n1;Stod\n") == "utf-8"


def test_recognise_encoding_that_both_readings_share_is_windows() -> None:
    assert recognise_encoding("1;Merklín".encode("iso8859-2")) == "cp1250"


def test_recognise_encoding_too_short_to_tell() -> None:
    with pytest.raises(Problem, match="could be cp1250 or ISO-8859-2"):
        recognise_encoding("554499;Aš".encode("iso8859-2"))


def test_recognise_encoding_of_dos() -> None:
    with pytest.raises(Problem, match="encoding was not recognised"):
        recognise_encoding(CZECH.encode("cp852"))


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", bytes(range(256)) * 4, b"\x00\x01\x02"])
def test_recognise_encoding_of_no_text(content: bytes) -> None:
    with pytest.raises(Problem, match="not a text file"):
        recognise_encoding(content)


def test_recognise_encoding_of_nothing() -> None:
    with pytest.raises(Problem, match="file is empty"):
        recognise_encoding(b"")


def test_recognise_chunks_cut_inside_a_letter() -> None:
    content = CZECH.encode()
    assert recognise_chunks(content[start : start + 1] for start in range(len(content))) == "utf-8"


def test_recognise_chunks_cut_inside_a_wide_letter() -> None:
    content = CZECH.encode("utf-16-be")
    assert recognise_chunks([content[:3], content[3:]]) == "utf-16-be"


def test_recognise_chunks_with_a_mark() -> None:
    assert recognise_chunks([codecs.BOM_UTF8 + b"a", b"b"]) == "utf-8-sig"
