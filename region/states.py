"""States of a record and the ways between them, as data. Pure: no Django.

An area lists its own in its ``states.py`` and hands them to ``region.domain.transition``, which is the only place where
a state changes. Names are stable codes; words for people stand in ``public_label`` and in the enum of the states.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

# A text, or one that is translated when shown.
Text = Any


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from a state to another: who may go it, what is checked first.

    ``guard`` names a check of the ``Flow`` that uses the table. ``changes`` are the fields that may be given along with
    it. ``by_clock``: the minute tick may do it too, in nobody's name. ``refusal`` is said of a record in another state.
    """

    name: str
    source: str | tuple[str, ...]
    target: str
    permission: str
    guard: str = ""
    public_label: Text = ""
    refusal: Text = ""
    needs_reason: bool = False
    by_clock: bool = False
    changes: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[str, ...]:
        """The states it leads from."""
        return (self.source,) if isinstance(self.source, str) else self.source


@dataclass(frozen=True)
class States:
    """All states of one kind of record. Refuses (ValueError) a table that cannot be meant.

    Not meant are: the same way listed twice, two ways of one name from one state, a state that nothing leads to.
    ``elsewhere`` are states into which other code leads, such as a worker.
    """

    initial: str
    transitions: tuple[Transition, ...]
    elsewhere: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the table once, when its module is read."""
        seen: set[tuple[str, str]] = set()
        for way in self.transitions:
            for source in way.sources:
                if (way.name, source) in seen:
                    raise ValueError(f"“{way.name}” leads twice from “{source}”.")
                seen.add((way.name, source))
        if lost := sorted(self.all - self._reachable):
            raise ValueError(f"Nothing leads from “{self.initial}” to: {', '.join(lost)}.")

    @cached_property
    def all(self) -> frozenset[str]:
        """Codes of all states."""
        return frozenset(
            {self.initial, *self.elsewhere}.union(*({*way.sources, way.target} for way in self.transitions))
        )

    @cached_property
    def final(self) -> frozenset[str]:
        """States that nothing leads from."""
        return self.all.difference(*(way.sources for way in self.transitions))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the transitions in the order of the table, each once."""
        return tuple(dict.fromkeys(way.name for way in self.transitions))

    @property
    def _reachable(self) -> set[str]:
        found = {self.initial, *self.elsewhere}
        while more := {way.target for way in self.transitions if found & set(way.sources)} - found:
            found |= more
        return found

    def find(self, name: str, source: str) -> Transition | None:
        """The transition of a name from a state; None when there is none."""
        return next((way for way in self.transitions if way.name == name and source in way.sources), None)

    def named(self, name: str) -> Transition:
        """The first transition of a name, whose words are those of all; raises LookupError for a name that is none."""
        found = next((way for way in self.transitions if way.name == name), None)
        if found is None:
            raise LookupError(f"No transition is called “{name}”.")
        return found

    def leading_from(self, source: str) -> tuple[Transition, ...]:
        """Every transition from a state."""
        return tuple(way for way in self.transitions if source in way.sources)

    def diagram(self) -> str:
        """The table as a Mermaid state diagram, for the documentation."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for way in self.transitions:
            note = f" [{way.guard}]" if way.guard else ""
            lines += [f"    {source} --> {way.target}: {way.name}{note}" for source in way.sources]
        lines += [f"    {state} --> [*]" for state in sorted(self.final)]
        return "\n".join(lines) + "\n"
