from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.catalogues import compile_catalogues
from portal.catalogues.extraction import collect_messages
from portal.catalogues.updating import PLURAL_FORMS, catalogue_path, update_catalogue


class Command(BaseCommand):
    help = "Collect the messages of code and templates into locale/ for translators, and compile what they wrote."

    def handle(self, *args: Any, **options: Any) -> None:
        messages = collect_messages(settings.BASE_DIR)
        locale_dir = settings.BASE_DIR / "locale"
        self.stdout.write(f"{len(messages)} messages")
        for language in PLURAL_FORMS:
            done = update_catalogue(catalogue_path(locale_dir, language), language=language, messages=messages)
            self.stdout.write(
                f"{language}: {len(done.added)} new, {len(done.removed)} gone, {done.untranslated} to translate"
            )
        self.stdout.write(f"{compile_catalogues(locale_dir)} compiled")
