"""Loads the standing pages: home, towns, programme, contacts, guide."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

from portal.demo.articles import load_alerts, load_events, load_materials, load_news
from portal.demo.markup import slug
from portal.demo.work import Blocks, Work, body_of
from portal.domain.outline import PageWords
from portal.domain.pages import publish
from portal.domain.site import build_site
from portal.domain.town_pages import create_town_page
from portal.models import ContactPage, GuideIndexPage, GuidePage, HomePage, ProgrammePage, StandardPage, Topic
from region import clock
from region.domain.records import put_record
from region.models import Town
from region.numerals import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.demo.records import Figure, Language, RegionContent
    from portal.demo.records import Topic as TopicRow
    from region.models import User

PROJECTS_HEADING = {"cs": "Celokrajské projekty", "pl": "Projekty ogólnoregionalne", "en": "Region-wide projects"}


def load_pages(content: RegionContent, *, by: User, progress: Callable[[str], None]) -> None:
    """Load everything that editors write, in the order in which things point at each other."""
    work = Work(content=content, by=by, today=clock.today())
    work.pages = build_site(by=by, languages=work.languages, titles=_titles(work))
    work.topics = {row.key: _topic(work, row) for row in content.topics}
    _home(work)
    progress(f"Page trees in {len(work.languages)} languages")
    work.towns = {town.code: town for town in Town.objects.filter(code__in=[row.code for row in content.towns])}
    for row in content.towns:
        _town_page(work, row.code)
    progress(f"{len(work.towns)} town pages in each language")
    _programme(work)
    _texts(work)
    _guide(work)
    progress(f"Programme, contacts, {len(content.faq)} answers")
    load_news(work)
    load_events(work)
    load_materials(work)
    load_alerts(work)
    progress(f"{len(content.news)} news, {len(content.events)} events, {len(content.materials)} information materials")


def _titles(work: Work) -> dict[str, dict[str, PageWords]]:
    pages = {**work.content.pages, "programme": work.content.programme.page}
    return {
        key: {code: PageWords(page.title[code], page.slug[code], page.lead[code]) for code in work.languages}
        for key, page in pages.items()
    }


def _topic(work: Work, row: TopicRow) -> Topic:
    values = {f"name_{code}": row.name[code] for code in work.languages}
    return put_record(kind=Topic, key={"slug": row.key}, values=values, by=work.by)


def _home(work: Work) -> None:
    for code in work.languages:
        home: HomePage = work.pages["home"][code]
        if home.figures or not work.content.figures:
            continue  # An editor may have changed it since.
        source = work.content.sources[work.content.figures[0].source]
        home.figures = [("figure", figure_block(figure, code)) for figure in work.content.figures]
        home.figures_source = f"{source.title[code]}, {source.publisher[code]}"
        home.figures_on = f"{work.content.figures[0].on.year}"
        publish(page=home, by=work.by)


def figure_block(figure: Figure, code: Language) -> dict[str, Any]:
    """Value of a key figure's block, its number written as the language writes it."""
    exponent = Decimal(str(figure.value)).normalize().as_tuple().exponent
    with override(code):
        value = number(figure.value, max(0, -int(exponent)))
    return {
        "value": value,
        "unit": figure.unit[code] if figure.unit else "",
        "label": figure.label[code],
        "note": figure.note[code],
    }


def _town_page(work: Work, code: str) -> None:
    row = work.content.town(code)
    pages = create_town_page(town=work.towns[code], by=work.by)
    for language in work.languages:
        if language == work.content.profile.default_language:
            continue  # There the page shows the town's own short text.
        if not pages[language].introduction:
            pages[language].introduction = f"<p>{row.text[language]}</p>"
            publish(page=pages[language], by=work.by)


def _programme(work: Work) -> None:
    words = work.outlined(
        work.content.programme.page,
        body=lambda code: [*body_of(work.content.programme.page.body, code), *_projects(work, code)],
        milestones=lambda code: _milestones(work, code),
    )
    work.put(ProgrammePage, "home", words)


def _projects(work: Work, code: Language) -> Blocks:
    projects = work.content.programme.project
    blocks: Blocks = [("heading", {"text": PROJECTS_HEADING[code], "level": "h2"})] if projects else []
    for project in projects:
        blocks.append(("heading", {"text": project.title[code], "level": "h3"}))
        blocks.append(("paragraph", f"<p>{project.text[code]}</p>"))
    return blocks


def _milestones(work: Work, code: Language) -> Blocks:
    return [
        (
            "milestone",
            {
                "date": row.on,
                "precision": row.precision,
                "heading": row.heading[code],
                "text": row.text[code],
                "source": work.content.sources[row.source].title[code],
            },
        )
        for row in work.content.programme.milestone
    ]


def _texts(work: Work) -> None:
    about, contacts = work.content.pages["about"], work.content.pages["contacts"]
    work.put(StandardPage, "home", work.outlined(about, body=lambda code: body_of(about.body, code)))
    words = work.outlined(contacts, body=lambda code: [*body_of(contacts.body, code), *_contacts(work, code)])
    work.put(ContactPage, "home", words)


def _contacts(work: Work, code: Language) -> Blocks:
    return [
        (
            "contact",
            {
                "function": row.function[code],
                "purpose": row.purpose[code],
                "name": "",
                "phone": row.phone,
                "email": row.email,
                "is_example": row.example,
            },
        )
        for row in work.content.profile.contact
    ]


def _guide(work: Work) -> None:
    work.put(GuideIndexPage, "home", work.outlined(work.content.pages["faq"]))
    for topic in work.content.topics:
        if any(row.topic == topic.key for row in work.content.faq):
            work.put(GuidePage, "faq", _questions(work, topic))


def _questions(work: Work, topic: TopicRow) -> dict[str, dict[str, Any]]:
    rows = [row for row in work.content.faq if row.topic == topic.key]
    return work.each(
        title=lambda code: topic.name[code],
        slug=lambda code: slug(topic.name[code]),
        lead=lambda code: topic.text[code],
        questions=lambda code: [
            ("question", {"question": row.question[code], "answer": row.answer.html(code)}) for row in rows
        ],
    )
