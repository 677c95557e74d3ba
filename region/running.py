"""What of mail, tasks and the minute tick is entered in the registers at start: duties, cards, entries of the menu."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import update_reference_index_task

from region.domain.effects import forget_old_effects
from region.domain.notices import send_digests
from region.domain.outbox import forget_old
from region.domain.queue import forget_old_tasks, next_attempt, retry_failed_tasks, retryable, return_lost_tasks
from region.domain.sending import give_up_lost, send_waiting
from region.domain.tick import register
from region.office import RUNNING, Card, Entry, Place, register_cards, register_entry
from region.queries.mail import mail_state
from region.queries.running import SEE_TASKS, dead_tasks, signs_of_life
from region.rules import can

if TYPE_CHECKING:
    from region.models import User

SEE_MAIL = ("region.view_mail", "region.manage_mail")


def connect() -> None:
    """Enter everything; called once by ``apps.ready()``."""
    # Both look at what is there now, and so bear being run again.
    retryable(update_reference_index_task)
    retryable(insert_or_update_object_task)
    register("lost tasks", return_lost_tasks, _("Give tasks whose worker died to another one"))
    register("failed tasks", retry_failed_tasks, _("Try failed tasks again"))
    register("lost messages", give_up_lost, _("Find e-mails whose sending was cut off"))
    register("digests", send_digests, _("Write the daily e-mail of notices (at seven in the morning)"))
    register("outbox", send_waiting, _("Send e-mails that wait"))
    register("old messages", forget_old, _("Delete old e-mails"))
    register("old tasks", forget_old_tasks, _("Delete old tasks"))
    register("old effects", forget_old_effects, _("Delete old marks of finished tasks"))
    register_cards(Place.OFFICE, "mail", mail_cards)
    register_cards(Place.OFFICE, "tasks", task_cards)
    register_cards(Place.OFFICE, "running", running_cards)
    register_entry(Entry(pgettext_lazy("office", "E-mail"), "region:office-mail", SEE_MAIL, group=RUNNING, order=60))
    register_entry(Entry(pgettext_lazy("menu", "Tasks"), "region:office-tasks", SEE_TASKS, group=RUNNING, order=61))
    register_entry(
        Entry(pgettext_lazy("menu", "Processes"), "region:office-running", SEE_TASKS, group=RUNNING, order=62)
    )


def mail_cards(user: User, now: datetime) -> Iterator[Card]:
    """Mail that is held, is stuck, or waits for a decision."""
    if not any(can(user, name) for name in SEE_MAIL):
        return
    state = mail_state(now=now)
    address, look = reverse("region:office-mail"), gettext("Look at e-mail")
    if state.hold:
        yield Card(gettext("All e-mail is held back"), address, look, detail=state.hold.reason, is_urgent=True)
    elif state.stuck:
        words = ngettext("%(count)d e-mail waits too long", "%(count)d e-mails wait too long", state.stuck)
        detail = gettext("The mail server does not take them. Nothing is lost.")
        yield Card(words % {"count": state.stuck}, f"{address}?status=waiting", look, detail=detail, is_urgent=True)
    if state.troubled:
        words = ngettext("%(count)d e-mail was not sent", "%(count)d e-mails were not sent", state.troubled)
        detail = gettext("Send again, or note that it has arrived.")
        yield Card(words % {"count": state.troubled}, address, look, detail=detail)


def task_cards(user: User, _now: datetime) -> Iterator[Card]:
    """Tasks that failed for good."""
    if not any(can(user, name) for name in SEE_TASKS):
        return
    dead = sum(next_attempt(row) is None for row in dead_tasks()[:1000])
    if dead:
        words = ngettext("%(count)d task in the background failed", "%(count)d tasks in the background failed", dead)
        address = f"{reverse('region:office-tasks')}?state=failed"
        yield Card(
            words % {"count": dead}, address, gettext("Look at tasks"), detail=gettext("Run again or set aside.")
        )


def running_cards(user: User, now: datetime) -> Iterator[Card]:
    """The minute tick or the workers do not show themselves."""
    if not any(can(user, name) for name in SEE_TASKS):
        return
    signs = signs_of_life(now=now)
    address, look = reverse("region:office-running"), gettext("What runs by itself")
    detail = gettext("Whoever runs the server should look at it.")
    if signs.is_tick_late:
        what = gettext("The minute tick has not shown itself for five minutes")
        yield Card(what, address, look, detail=detail, is_urgent=True)
    if signs.is_worker_late:
        what = gettext("No worker has shown itself for five minutes")
        yield Card(what, address, look, detail=detail, is_urgent=True)
    if signs.failing:
        what = gettext("Something that the minute tick does keeps failing")
        yield Card(what, address, look, detail=detail)
