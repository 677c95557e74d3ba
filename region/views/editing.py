"""Wagtail's forms for the region's registers: whatever is saved is told to the audit trail in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_noop
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import CreateView, DeleteView, EditView, SnippetViewSet
from wagtail.snippets.widgets import AdminSnippetChooser

from region.domain.editing import note_edit, note_removal, stored_values


class _Told:
    """Save together with the audit event."""

    form: Any
    request: Any

    def save_instance(self) -> Any:
        """The saved record."""
        with transaction.atomic():
            before = stored_values(self.form.instance)
            saved = super().save_instance()  # type: ignore[misc] # mixed into Wagtail's views
            note_edit(target=saved, before=before, by=self.request.user)
        return saved


class ToldCreateView(_Told, CreateView):
    """A new record."""


class ToldEditView(_Told, EditView):
    """A changed record."""


class ToldDeleteView(DeleteView):
    """A deleted record."""

    def delete_action(self) -> None:
        """Delete together with the audit event."""
        with transaction.atomic():
            note_removal(target=self.object, by=self.request.user)
            super().delete_action()


# Words on the buttons of a chooser.
_BUTTONS = {
    "choose_one_text": gettext_noop("Choose: %(object)s"),
    "choose_another_text": gettext_noop("Choose another: %(object)s"),
    "link_to_chosen_text": gettext_noop("Edit: %(object)s"),
}


def _worded(text: str, name: Any) -> str:
    return gettext(text) % {"object": name}


class SpokenChooser(AdminSnippetChooser):
    """Buttons in the reader's language: Wagtail words them once, in the language that it starts in."""

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        super().__init__(model, **kwargs)
        for name, text in _BUTTONS.items():
            setattr(self, name, lazy(_worded, str)(text, self.model._meta.verbose_name))


class SpokenChooserViewSet(SnippetChooserViewSet):
    """The dialog for choosing a record."""

    base_widget_class = SpokenChooser


class ToldViewSet(SnippetViewSet):
    """Wagtail's list and forms, with the audit trail told of every change."""

    add_view_class = ToldCreateView
    edit_view_class = ToldEditView
    delete_view_class = ToldDeleteView
    chooser_viewset_class = SpokenChooserViewSet
    copy_view_enabled = False


class UnchosenViewSet(ToldViewSet):
    """A register that no page refers to.

    It has no dialog for choosing a record: that would show the register to everybody who writes pages, and take new
    records past its own forms. Other registers refer to it by a plain list.
    """

    def register_chooser_viewset(self) -> None:
        """None."""
