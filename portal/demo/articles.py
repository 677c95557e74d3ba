"""Loads what is dated: news, events, information materials, the alert."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from portal.demo.handouts import handout
from portal.demo.markup import slug
from portal.demo.work import Words, Work, body_of, moment
from portal.models import Alert, EventPage, MaterialPage, NewsPage

if TYPE_CHECKING:
    from portal.demo.records import Alert as AlertRow
    from portal.demo.records import Event, Material, News

TITLE_LENGTH = 160


def load_news(work: Work) -> None:
    """Load the news, dated back from today; what stands already is left as editors have it."""
    for row in work.content.news:
        work.put(
            NewsPage,
            "news",
            _article(work, row),
            keep=True,
            date=work.today - timedelta(days=row.days_ago),
            topics=[work.topics[key] for key in row.topics],
            towns=[work.towns[code] for code in row.towns],
            is_example=row.example,
        )


def load_events(work: Work) -> None:
    """Load the events, dated forward from today."""
    for row in work.content.events:
        day = work.today + timedelta(days=row.in_days)
        words = _article(work, row)
        for code in work.languages:
            words[code] |= {"place": row.place[code], "organiser": row.organiser[code]}
        work.put(
            EventPage,
            "events",
            words,
            keep=True,
            start=moment(day, row.start),
            end=moment(day, row.end),
            town=work.towns[row.town] if row.town else None,
            topics=[work.topics[key] for key in row.topics],
            is_example=row.example,
        )


def load_materials(work: Work) -> None:
    """Load the information materials, each with a file to print."""
    for row in work.content.materials:
        topics = [work.topics[row.topic]]
        work.put(MaterialPage, "materials", _material(work, row), keep=True, topics=topics, date=work.today)


def _material(work: Work, row: Material) -> Words:
    return work.each(
        title=lambda code: row.title[code],
        slug=lambda code: slug(row.title[code]),
        lead=lambda code: row.summary[code],
        summary=lambda code: row.summary[code],
        audience=lambda code: row.audience[code],
        body=lambda code: body_of(row.body, code),
        document=lambda code: handout(material=row, language=code),
    )


def load_alerts(work: Work) -> None:
    """Load the banner over the site."""
    for row in work.content.alerts:
        if not Alert.objects.filter(title_cs=_first(row.text.cs)[0]).exists():
            _alert(work, row)


def _alert(work: Work, row: AlertRow) -> None:
    midnight = moment(work.today, time())
    words = {code: _first(row.text[code]) for code in work.languages}
    alert = Alert(
        severity=row.severity,
        since=midnight + timedelta(days=row.from_days),
        until=midnight + timedelta(days=row.until_days),
        is_example=row.example,
        **{f"title_{code}": title for code, (title, _more) in words.items()},
        **{f"text_{code}": more for code, (_title, more) in words.items()},
    )
    alert.full_clean()
    alert.towns = [work.towns[code] for code in row.towns]
    alert.save()


def _first(text: str) -> tuple[str, str]:
    """First sentence and the rest."""
    first, dot, rest = text.partition(". ")
    return f"{first}{dot.strip()}"[:TITLE_LENGTH], rest


def _article(work: Work, row: News | Event) -> Words:
    return work.each(
        title=lambda code: row.title[code],
        slug=lambda code: slug(row.title[code]),
        lead=lambda code: row.lead[code],
        body=lambda code: body_of(row.body, code),
    )
