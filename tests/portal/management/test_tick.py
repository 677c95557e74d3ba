"""``manage tick``: what editors scheduled appears, once, and a second tick changes nothing."""

from __future__ import annotations

import time
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

pytestmark = pytest.mark.django_db


def new_page(title: str) -> Page:
    home = Page.objects.filter(depth=2).first() or Page.objects.get(depth=1)
    page: Page = home.add_child(instance=Page(title=title, slug=title.lower(), live=False))
    return page


def tick() -> str:
    out = StringIO()
    call_command("tick", stdout=out)
    return out.getvalue()


def test_scheduled_page_is_published_once() -> None:
    page = new_page("Due")
    page.go_live_at = timezone.now() + timedelta(seconds=0.5)
    page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    time.sleep(0.5)
    first, second = tick(), tick()
    page.refresh_from_db()
    assert page.live
    assert (first.split(":")[0], second) == ("scheduled pages", "")


def test_expired_page_is_taken_down() -> None:
    page = new_page("Old")
    page.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert (tick().split(":")[0], tick()) == ("scheduled pages", "")
    page.refresh_from_db()
    assert not page.live
