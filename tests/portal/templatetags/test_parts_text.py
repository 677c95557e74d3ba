"""Buttons, cards, lists: the marks that carry meaning."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.utils import translation

from region.parts import DateItem, Fact, FileItem, Link, Milestone, Tab


def render(text: str, **context: object) -> str:
    """A template's output with runs of white space made one space."""
    return " ".join(engines["django"].from_string(text).render(context).split())


def test_button_with_an_address_is_a_link() -> None:
    assert render('{% button "Go" href="/x" kind="primary" %}') == '<a class="btn btn--primary" href="/x">Go</a>'


def test_button_without_an_address_is_a_button() -> None:
    shown = render('{% button "Add" small=True name="add" value="1" disabled=True %}')
    assert shown == '<button class="btn btn--line btn--small" type="submit" name="add" value="1" disabled>Add</button>'


@pytest.mark.parametrize(("direction", "extra"), [("forward", ""), ("back", " go--back"), ("down", " go--down")])
def test_arrow_link_points(direction: str, extra: str) -> None:
    shown = render('{% arrow_link "All" href="/x" direction=direction %}', direction=direction)
    assert shown == f'<a class="go{extra}" href="/x">All</a>'


def test_arrow_link_to_another_language_says_so() -> None:
    assert (
        render('{% arrow_link "Vše" href="/cs/" lang="cs" %}')
        == '<a class="go" href="/cs/" lang="cs" hreflang="cs">Vše</a>'
    )


@pytest.mark.parametrize(
    ("severity", "word"), [("info", "Information"), ("warning", "Attention"), ("danger", "Danger"), ("success", "Done")]
)
def test_notice_says_its_severity_in_words(severity: str, word: str) -> None:
    shown = render("{% notice severity=severity %}<p>x</p>{% endnotice %}", severity=severity)
    assert shown == f'<div class="notice notice--{severity}"> <p class="sr">{word}</p> <p>x</p> </div>'


def test_card_shows_only_what_it_has() -> None:
    assert render("{% card %}<p>x</p>{% endcard %}") == '<article class="card"> <p>x</p> </article>'


def test_card_heading_is_its_link() -> None:
    shown = render('{% card title="U nás" href="/x" level=2 kind="call" lang="cs" %}{% endcard %}')
    assert (
        shown
        == '<article class="card card--call" lang="cs"> <h2><a href="/x">U\u00a0nás</a></h2> </article>'.replace(
            "\u00a0", " "
        )
    )


def test_plate_says_what_it_numbers() -> None:
    shown = render('{% plate 7 tone="light" label="District" %}')
    assert shown == '<span class="plate plate--light"><span class="sr">District </span>7</span>'


def test_heading_level_stays_between_two_and_four() -> None:
    assert (
        render('{% heading "A" level=1 %}{% heading "B" level=9 id="b" lang="pl" %}')
        == '<h2>A</h2> <h4 id="b" lang="pl">B</h4>'
    )


def test_section_heading_has_a_link_or_a_hint() -> None:
    assert render('{% section_heading "A" id="a" href="/x" link_text="All" %}') == (
        '<div class="scaled"> <h2 id="a">A</h2> <a class="go" href="/x">All</a> </div>'
    )
    assert (
        render('{% section_heading "A" hint="h" level=3 %}')
        == '<div class="scaled"> <h3>A</h3> <p class="hint">h</p> </div>'
    )


def test_facts_without_items_disappear() -> None:
    assert render("{% facts items %}", items=[]) == ""


def test_facts_mark_invented_ones() -> None:
    shown = render("{% facts items %}", items=[Fact("Projects", "2", "/p", demo=True)])
    assert shown == (
        '<dl class="facts"> <div><dt>Projects <span class="demo">example</span> </dt>'
        '<dd><a href="/p">2</a></dd></div> </dl>'
    )


def test_timeline_says_what_is_now_and_what_is_planned() -> None:
    items = [Milestone("2010", "A"), Milestone("2011", "B", state="now"), Milestone("2012", "C", "t", "next", "/c")]
    assert render("{% timeline items %}", items=items) == (
        '<ol class="time"> <li><p class="when">2010</p> <h3>A</h3> </li>'
        ' <li class="now"><p class="when"><b>Now</b> 2011</p> <h3>B</h3> </li>'
        ' <li class="next"><p class="when"><span class="sr">Planned: </span>2012</p>'
        ' <h3><a href="/c">C</a></h3> <p>t</p></li> </ol>'
    )


def test_details_open_when_asked() -> None:
    shown = render('{% details title="Q" open=True id="q" %}<p>A</p>{% enddetails %}')
    assert (
        shown == '<details class="fold" id="q" open> <summary>Q</summary> <div class="flow"><p>A</p></div> </details>'
    )


def test_tabs_show_counts_only_when_known() -> None:
    shown = render('{% tabs items label="Views" %}', items=[Tab("A", "?a", current=True, count=0), Tab("B", "?b")])
    assert shown == (
        '<nav class="views" aria-label="Views"><ul>'
        ' <li><a href="?a" aria-current="page">A <span class="cnt">0</span></a></li>'
        ' <li><a href="?b">B</a></li> </ul></nav>'
    )


def test_on_page_needs_two_places() -> None:
    assert render("{% on_page links %}", links=[Link("A", "#a")]) == ""


def test_file_list_says_type_size_and_day() -> None:
    files = [FileItem("Contract", "/c", "PDF", 240_000, date(2025, 7, 2), "Who pays."), FileItem("Note", "/n")]
    assert render("{% file_list files %}", files=files) == (
        '<ul class="rows files"> <li><div><a href="/c">Contract</a><p class="small soft">Who pays.</p></div>'
        ' <span class="soft">PDF, 240 kB, 2 July 2025</span></li>'
        ' <li><div><a href="/n">Note</a></div> <span class="soft"></span></li> </ul>'
    )


@pytest.mark.parametrize(("code", "leaf"), [("cs", "<b>4.</b> pro"), ("pl", "<b>4</b> gru"), ("en", "<b>4</b> dec")])
def test_dates_list_shows_a_leaf_of_the_calendar(code: str, leaf: str) -> None:
    with translation.override(code):
        assert leaf in render("{% dates_list items %}", items=[DateItem("A", "/a", date(2025, 12, 4))])


def test_dates_list_shows_the_hour_only_when_known() -> None:
    items = [
        DateItem("A", "/a", datetime(2025, 12, 4, 13, tzinfo=UTC), "Sušice"),
        DateItem("B", "/b", date(2025, 12, 9)),
    ]
    shown = render("{% dates_list items %}", items=items)
    assert shown.count("Sušice, Thursday&nbsp;") == 1
    assert shown.count("<p>Tuesday</p>") == 1


def test_empty_state_shows_the_way_out() -> None:
    assert render('{% empty_state "Nothing" text="Clear it." href="/x" link_text="All" %}') == (
        '<div class="empty"> <h2>Nothing</h2> <p>Clear it.</p> <p><a class="go" href="/x">All</a> </p> </div>'
    )
