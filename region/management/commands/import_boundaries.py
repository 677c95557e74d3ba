from __future__ import annotations

import csv
from argparse import BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from region.domain.boundaries import BoundaryOptions, Target, alias_suggestions, import_boundaries
from region.domain.imports import ImportReport, Run
from region.domain.matching import Matching
from region.domain.users import system_user
from region.geometry.features import FeatureFile
from region.geometry.files import read_features
from region.management.importing import ImportCommand, add_coordinate_arguments, coordinate_system, pairs
from region.models import Town
from region.tables.headers import Column
from region.tables.reading import Options, read_table

ALIAS_COLUMNS = (
    Column("name", ("název", "jméno", "nazwa", "alias"), required=True),
    Column("code", ("kód", "kod"), required=True),
)


class Command(ImportCommand):
    help = "Import boundaries from GeoJSON; zipped shapefile, GeoPackage and GML with the package pyogrio."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_coordinate_arguments(parser)
        parser.add_argument("--as", dest="target", choices=[*Target], required=True, help="whose boundaries these are")
        parser.add_argument("--town", default="", metavar="CODE", help="the town whose districts these are")
        parser.add_argument(
            "--match", default="", metavar="PROPERTY", help="property with the code; found out if absent"
        )
        parser.add_argument("--pattern", default="", help="regular expression whose first group is the code")
        parser.add_argument("--alias", action="append", default=[], metavar="NAME=CODE", help="a name and its code")
        parser.add_argument("--alias-file", type=Path, metavar="CSV", help="table of names and codes (name, code)")
        parser.add_argument(
            "--suggest-aliases",
            type=Path,
            metavar="CSV",
            help="write a proposal of such a table, to be checked by hand",
        )
        parser.add_argument(
            "--where", action="append", default=[], metavar="PROPERTY=VALUE", help="only features with this value"
        )
        parser.add_argument("--layer", default="", help="layer of a file that has several")
        parser.add_argument("--source", default="", help="source, shown on pages (default for new outlines: the file)")
        parser.add_argument("--schematic", action=BooleanOptionalAction, help="the boundaries are (not) only sketches")

    def run_import(self, run: Run, options: dict[str, Any]) -> ImportReport:
        file = read_features(options["file"], layer=options["layer"], encoding=options["encoding"])
        chosen = BoundaryOptions(
            matching=_matching(options),
            system=coordinate_system(options),
            source=options["source"],
            default_source=options["file"].name,
            schematic=options["schematic"],
            town=_town(options["town"]),
        )
        target = Target(options["target"])
        if options["suggest_aliases"]:
            self._write_suggestions(file, target, chosen, options["suggest_aliases"])
        return import_boundaries(file=file, target=target, by=system_user(), options=chosen, run=run)

    def _write_suggestions(self, file: FeatureFile, target: Target, options: BoundaryOptions, path: Path) -> None:
        rows = alias_suggestions(file=file, target=target, options=options)
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";")
            writer.writerow(["name", "code", "name in the register", "likeness"])
            writer.writerows([row.written, row.code, row.name, f"{row.likeness:.2f}"] for row in rows)
        self.stdout.write(
            _("Aliases proposed in %(path)s: %(count)s. Check each, then use --alias-file.")
            % {"count": len(rows), "path": path}
        )


def _matching(options: dict[str, Any]) -> Matching:
    """How features are to be matched, from the options and the table of aliases."""
    aliases = pairs(options["alias"], "--alias")
    if options["alias_file"]:
        table = read_table(options["alias_file"], ALIAS_COLUMNS, Options(ignore_unknown=True))
        aliases = {row.cells["name"]: row.cells["code"] for row in table.rows} | aliases
    where = pairs(options["where"], "--where")
    return Matching(options["match"], options["pattern"], aliases, where)


def _town(code: str) -> Town | None:
    """The town with the code, or None when no code is given."""
    if not code:
        return None
    town = Town.objects.filter(code=code).first()
    if town is None:
        raise CommandError(_("No town has the code %(code)s.") % {"code": code})
    return town
