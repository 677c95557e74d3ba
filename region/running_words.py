"""What goes on by itself, in words: kinds of mail, why a message or a task failed, what a task does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

Text = Any

MAIL_KINDS: dict[str, Text] = {
    "message": pgettext_lazy("kind of e-mail", "message from a resident"),
    "digest": pgettext_lazy("kind of e-mail", "daily notices"),
    "invitation": pgettext_lazy("kind of e-mail", "invitation"),
    "second_factor_reset": pgettext_lazy("kind of e-mail", "second factor removed"),
}
_UNREACHABLE = _("The mail server cannot be reached. Nothing is lost: the message waits.")
_MAIL_ERRORS: dict[str, Text] = {
    "ConnectionRefusedError": _UNREACHABLE,
    "TimeoutError": _UNREACHABLE,
    "gaierror": _UNREACHABLE,
    "OSError": _UNREACHABLE,
    "SMTPConnectError": _UNREACHABLE,
    "SMTPAuthenticationError": _("The mail server does not accept our name and password."),
    "SMTPSenderRefused": _("The mail server does not accept our address as the sender."),
    "SMTPRecipientsRefused": _("The mail server does not accept the address of the reader."),
    "SMTPDataError": _("The mail server does not accept the message."),
    "SMTPServerDisconnected": _("The mail server broke off the connection."),
    "SenderLost": _("The program ended while it was sending. Perhaps the message went out."),
    "ValueError": _("The message cannot be sent as it is."),
}
_TASK_ERRORS: dict[str, Text] = {
    "WorkerLost": _("Its worker died three times while it had this task in hand."),
    "OperationalError": _("The database could not be reached."),
    "InterfaceError": _("The database could not be reached."),
    "ConnectionRefusedError": _("Another server did not answer."),
    "TimeoutError": _("Another server did not answer in time."),
    "MemoryError": _("There was not enough memory."),
    "ModuleNotFoundError": _("The program no longer knows this task."),
    "ImportError": _("The program no longer knows this task."),
}
TASKS: dict[str, Text] = {
    "region.domain.sending.send_soon": pgettext_lazy("task", "Send waiting e-mail"),
    "region.tasks.prepare_file": pgettext_lazy("task", "Make a PDF"),
    "region.tasks.work_on_import": pgettext_lazy("task", "Import a file"),
    "reports.tasks.recount_events": pgettext_lazy("task", "Count events anew by their categories"),
    "reports.tasks.calculate_coverage": pgettext_lazy("task", "Calculate what cameras reach"),
    "wagtail.tasks.update_reference_index_task": pgettext_lazy("task", "Note where a page or picture is used"),
    "wagtail.tasks.delete_file_from_storage_task": pgettext_lazy("task", "Delete a file"),
    "modelsearch.tasks.insert_or_update_object_task": pgettext_lazy("task", "Enter a page into the search"),
}


def mail_kind(kind: str) -> str:
    """A kind of message in words; one without words as it is."""
    return str(MAIL_KINDS.get(kind, kind.replace("_", " ").replace(".", " ")))


def mail_error(error: str) -> str:
    """Why a message was not sent, in words; the server's code after them. Nothing for no error."""
    name, _space, code = error.partition(" ")
    words = str(_MAIL_ERRORS.get(name) or gettext("Not sent: %(error)s") % {"error": name}) if name else ""
    return f"{words} ({code})" if code else words


def task_name(path: str) -> str:
    """What a task does, in words; one without words by its name in the program."""
    return str(TASKS.get(path, path.rpartition(".")[2].removesuffix("_task").replace("_", " ")))


def task_error(path: str) -> str:
    """Why a task failed, in words, by the kind of failure; its own text may hold personal data and stays in the log."""
    name = path.rpartition(".")[2]
    fault = gettext("A fault in the program (%(error)s). The log says more.") % {"error": name}
    return str(_TASK_ERRORS.get(name) or fault) if name else ""


def task_state(status: str, *, is_set_aside: bool = False) -> str:
    """Where a task stands, in a word or two."""
    if status == "FAILED" and is_set_aside:
        return pgettext("task", "set aside")
    words = {
        "READY": pgettext("task", "waiting"),
        "RUNNING": pgettext("task", "running"),
        "SUCCESSFUL": pgettext("task", "done"),
        "FAILED": pgettext("task", "failed"),
    }
    return words[status]
