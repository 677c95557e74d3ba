"""The region area."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegionConfig(AppConfig):
    """Django's record of the region area."""

    name = "region"

    def ready(self) -> None:
        """Have the minute tick look after tasks whose worker died and send what waits in the outbox."""
        from region import people_work, personal_fields, register_importers, running, security_events
        from region.domain.audit_seals import seal_new_events
        from region.domain.batches import forget_old_files
        from region.domain.documents import remove_orphans
        from region.domain.erasure import forget_what_is_old
        from region.domain.sent_forms import forget_old_forms
        from region.domain.tick import register

        personal_fields.classify()
        register_importers.register()
        running.connect()
        security_events.connect()
        people_work.connect()
        register("old forms", forget_old_forms, _("Delete marks of forms sent long ago"))
        register("audit seals", seal_new_events, _("Seal the audit trail"))
        register("old imports", forget_old_files, _("Delete files of imports after half a year"))
        register("orphaned files", remove_orphans, _("Delete stored files that belong to nothing"))
        register("old personal data", forget_what_is_old, _("Empty personal data that are no longer needed"))

        _teach_letters()
        _fill_menu()


def _teach_letters() -> None:
    """Have every connection to SQLite compare letters without diacritics, as PostgreSQL does by itself."""
    from django.db.backends.signals import connection_created

    from region.folding import teach

    connection_created.connect(teach, dispatch_uid="folded-letters")


def _fill_menu() -> None:
    """Entries of the office's menu that stand on the kernel alone."""
    from django.utils.translation import gettext_lazy as _

    from region.office import RUNNING, Entry, register_entry

    view_calendar = ("region.view_calendar",)
    register_entry(Entry(_("Calendar"), "region:office-calendar", view_calendar, group=RUNNING, order=40))
    register_entry(Entry(_("Audit trail"), "region:office-audit", ("region.view_audit",), group=RUNNING, order=70))
    handle = ("region.handle_personal_data",)
    register_entry(Entry(_("Personal data"), "region:office-personal-data", handle, group=RUNNING, order=71))
