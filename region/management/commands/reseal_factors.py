"""Encrypt the secrets of second factors with the present SECRET_KEY."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from region.domain.factors import reseal_factors


class Command(BaseCommand):
    help = "After SECRET_KEY was changed: encrypt the secrets of second factors anew, so that the old key may go."

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = reseal_factors()
        self.stdout.write(f"{done} secrets encrypted with the present key.")
        if lost:
            self.stderr.write(f"{lost} cannot be read with any key: their owners need a new second factor.")
