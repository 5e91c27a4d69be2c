"""The walk over documents: a rule judges its nodes in all of them, then the next rule does.

What rules look at forms a tree of fields. Documents that are walked together cost less than one
after the other: a rule that has just run is still at hand in the processor for its next node.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, NamedTuple, cast

from microcred.description import Description
from microcred.rule import NOT_APPLICABLE, Rule, Verdict
from microcred.vocabularies.tables import remembered

__all__ = ["TOGETHER", "Hit", "Path", "Step", "pointer", "tree", "walk"]

# How many documents are best walked together: with fewer, the rules push each other out of the
# processor's memory; with many more, the documents do.
TOGETHER = 64

# Where a node stands: a chain of (where it came from, name).
Path = Any


# A rule that judges at a step, with its bit and its function.
_Judging = tuple[int, Rule, Callable[..., Verdict | None]]

# What rules find in a text in some language: those that it meets, as bits, and other verdicts.
_Reading = Callable[[str, str], tuple[int, list[tuple[Rule, Verdict]]]]


class Hit(NamedTuple):
    """A verdict other than *met*, at a place of the document."""

    rule: Rule
    verdict: Verdict
    path: Path

    @property
    def pointer(self) -> str:
        """Return the place as a JSON pointer."""
        return pointer(self.path) + self.verdict.at


def pointer(path: Path) -> str:
    """Return a chain of names as a JSON pointer."""
    names = []
    while path is not None:
        path, name = path
        names.append("/" + str(name).replace("~", "~0").replace("/", "~1"))
    return "".join(reversed(names))


@dataclass(slots=True)
class Step:
    """A place in the tree: who judges the nodes there, and where it goes on."""

    rules: list[_Judging] = field(default_factory=list)
    on_texts: list[_Judging] = field(default_factory=list)
    by_text: list[_Judging] = field(default_factory=list)
    reading: _Reading | None = None  # what all rules by text find in one
    fields: dict[str, Step] = field(default_factory=dict)
    items: Step | None = None

    def down(self, name: str) -> Step:
        """Return the step to a field, or for ``*`` to each item; a new one where it is needed."""
        if name == "*":
            self.items = self.items or Step()
            return self.items
        return self.fields.setdefault(name, Step())


def tree(rules: Iterable[tuple[int, Rule]]) -> Step:
    """Return the tree of what *rules* look at, each rule with a bit of its own."""
    root = Step()
    for bit, rule in rules:
        for pattern in rule.at:
            step = root
            for name in pattern.split("/")[1:]:
                step = step.down(name)
            judge = cast("Callable[..., Verdict | None]", rule.judge)
            if rule.by_text:
                step.by_text.append((bit, rule, judge))
                step.reading = step.reading or _reading(step.by_text)
            else:
                (step.on_texts if rule.each_text else step.rules).append((bit, rule, judge))
    return root


def _reading(rules: list[_Judging]) -> _Reading:
    @remembered  # the records of a catalogue say much in the same words
    def read(text: str, language: str) -> tuple[int, list[tuple[Rule, Verdict]]]:
        met, found = 0, []
        for bit, rule, judge in rules:
            verdict = judge(text, language)
            if verdict is None:
                met |= bit
            elif verdict:
                found.append((rule, verdict))
        return met, found

    return read


def walk(root: Step, documents: Sequence[Description]) -> tuple[int, list[list[Hit]]]:
    """Return the rules that were met at some node, as bits, and the hits of each document."""
    hits: list[list[Hit]] = [[] for _ in documents]
    data = [document.data for document in documents]
    met = _visit(root, _Nodes(data, documents), hits)
    return met, hits


class _Nodes(NamedTuple):
    """Nodes of one step in several documents, and the document of each.

    Where a node stands is worked out only for a hit: it is node ``origins[i]`` of the ``parent``,
    from which ``name``, or ``names[i]``, leads to it. Nodes whose name is ``*`` are all the items
    of their parents.
    """

    values: Sequence[Any]
    documents: Sequence[Description]
    parent: _Nodes | None = None
    origins: Sequence[int] | None = None  # None where each node has its counterpart in the parent
    name: str | None = None  # None where a node is the parent's own
    names: Sequence[str | None] = ()

    def place(self, position: int) -> tuple[int, Path]:
        """Return the number of a node's document, and where it stands in there."""
        if self.parent is None:
            return position, None
        origin = position if self.origins is None else self.origins[position]
        number, path = self.parent.place(origin)
        name = self._name(position, origin)
        return number, path if name is None else (path, name)

    def _name(self, position: int, origin: int) -> str | int | None:
        if self.parent is None or self.origins is None or self.name != "*":
            return self.names[position] if self.names else self.name
        node = self.parent.values[origin]
        siblings = node.items() if type(node) is dict else enumerate(node)
        names = [name for name, value in siblings if value is not None]
        return names[position - bisect_left(self.origins, origin)]

    def field(self, name: str) -> _Nodes:
        """Return the values of a field, where there are any."""
        values = list(map(dict.get, self.values, repeat(name)))
        # To compare with None is several times dearer than to ask whether there is something.
        if all(values):  # each node has the field: the rest is the same
            return _Nodes(values, self.documents, self, None, name)
        if not any(values) and values.count(None) == len(values):
            return _NONE
        there = [position for position, value in enumerate(values) if value is not None]
        return self._below([values[position] for position in there], there, name)

    def items(self) -> _Nodes:
        """Return the items of lists and the values of maps."""
        values: list[Any] = []
        origins: list[int] = []
        for position, node in enumerate(self.values):
            values += node.values() if type(node) is dict else node
            origins += [position] * len(node)
        if not all(values):  # what can't be read leaves a gap in its list
            there = [position for position, value in enumerate(values) if value is not None]
            values = [values[position] for position in there]
            origins = [origins[position] for position in there]
        return self._below(values, origins, "*")

    def texts(self) -> tuple[_Nodes, list[str]]:
        """Return each text by itself, with its language: one text may be there in several."""
        if dict not in map(type, self.values):
            return self, [document.language for document in self.documents]
        values: list[str] = []
        names: list[str | None] = []
        origins: list[int] = []
        languages: list[str] = []
        for position, node in enumerate(self.values):
            if type(node) is dict:
                values += node.values()
                names += node
                origins += [position] * len(node)
                languages += map(str.lower, node)
            else:
                values.append(node)
                names.append(None)
                origins.append(position)
                languages.append(self.documents[position].language)
        return self._below(values, origins, None, names), languages

    def _below(
        self,
        values: list[Any],
        origins: Sequence[int],
        name: str | None,
        names: Sequence[str | None] = (),
    ) -> _Nodes:
        documents = [self.documents[position] for position in origins]
        return _Nodes(values, documents, self, origins, name, names)


_NONE = _Nodes((), ())


def _visit(step: Step, nodes: _Nodes, hits: list[list[Hit]]) -> int:
    met = _judge(step.rules, nodes, hits, nodes.documents) if step.rules else 0
    if step.on_texts or step.reading:
        texts, languages = nodes.texts()
        met |= _judge(step.on_texts, texts, hits, texts.documents, languages)
        if step.reading:
            met |= _read(step.reading, texts, hits, languages)
    for name, below in step.fields.items():
        found = nodes.field(name)
        if found.values:
            met |= _visit(below, found, hits)
    if step.items:
        found = nodes.items()
        if found.values:
            met |= _visit(step.items, found, hits)
    return met


def _read(read: _Reading, texts: _Nodes, hits: list[list[Hit]], languages: Sequence[str]) -> int:
    met = 0
    for position, (bits, found) in enumerate(map(read, texts.values, languages)):
        met |= bits
        if found:
            number, path = texts.place(position)
            hits[number] += [Hit(rule, verdict, path) for rule, verdict in found]
    return met


def _judge(
    rules: list[_Judging], nodes: _Nodes, hits: list[list[Hit]], *beside: Sequence[Any]
) -> int:
    """Let rules judge nodes, each with what stands *beside* it."""
    met = 0
    if not nodes.values:
        return met
    for bit, rule, judge in rules:
        verdicts = list(map(judge, nodes.values, *beside))
        first = verdicts[0]
        # Most rules answer all nodes alike, and that is quick to see.
        if first is NOT_APPLICABLE and verdicts.count(first) == len(verdicts):
            continue
        if None in verdicts:
            met |= bit
        if any(verdicts):
            for position, verdict in enumerate(verdicts):
                if verdict:
                    number, path = nodes.place(position)
                    hits[number].append(Hit(rule, verdict, path))
    return met
