"""Kinds of files that may be imported on screen, and which permission each takes: what queries need of importers."""

from __future__ import annotations

# Opening the screen at all; and importing the registers that everything stands on.
OPEN, REGISTERS = "region.import_files", "region.import_registers"

_permissions: dict[str, str] = {}


def register_kind(key: str, permission: str) -> None:
    """Know a kind of file by the key of its importer."""
    _permissions[key] = permission


def kinds() -> tuple[str, ...]:
    """Keys of all kinds."""
    return tuple(_permissions)


def permission_of(key: str) -> str:
    """What importing files of this kind takes; of a kind that is gone, the strictest."""
    return _permissions.get(key, REGISTERS)
