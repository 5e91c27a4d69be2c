"""YAML to plain data that means what the person wrote.

The data is built from the parser's events, one after the other: no recursion, no tags that
make objects, and only true, false, null and plain numbers become something other than text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from microcred.credential import Fault
from microcred.problem import Problem
from microcred.readers import bounds
from microcred.readers.foreign import MOST_FAULTS
from microcred.readers.formats import Loaded
from microcred.readers.places import Node, Noted, Places
from microcred.readers.recognise import is_prose
from microcred.readers.text import decode, position, shown
from microcred.readers.yaml_faults import explained, line_of, unknown_alias
from microcred.readers.yaml_tree import Builder, Value
from microcred.rule import Verdict, cannot_tell, not_met

__all__ = ["load", "resolved"]

# The parser in C where PyYAML was built with it: the same events, seven times faster.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# “title: #1 in training”, “title: Module #3”; whoever means a comment puts a space behind the sign.
_HIDDEN = re.compile(r"[ \t]+(#[^\s#].*)")
_CUT = re.compile(r"[ \t]+(#\w.*)")
# “{hours: 62,5}”, “{statement: Weld, cut and inspect}”: a name without a colon behind it.
_NO_COLON = re.compile(r"\s*[,}]")
_STANDARD = "tag:yaml.org,2002:"
_TYPES: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "null": (type(None),),
}


def resolved(spelled: str) -> object:
    """Return what a plain scalar means: itself, unless it is a known word or a number.

    A number must be spelled as it is always spelled, so that nothing is lost: 1.10, 007,
    1e3 and 12:30 stay text.
    """
    if spelled in _WORDS:
        return _WORDS[spelled]
    if not _NUMBER.match(spelled) or sum(map(str.isdigit, spelled)) > bounds.MAX_DIGITS:
        return spelled
    number = float(spelled) if "." in spelled else int(spelled)
    return number if str(number) == spelled else spelled


def load(data: bytes) -> Loaded:
    """Return the data of a YAML file and the place of each value.

    Raises:
        Problem: the text isn't YAML, uses what isn't read, or passes a bound.
    """
    text = decode(data)
    reading = _Reading(text)
    try:
        value, node = reading.result()
    except yaml.YAMLError as error:
        raise explained(text, error) from None
    places = Places(text, _scan, node)
    faults = tuple(Fault(*hidden) for hidden in reading.hidden[:MOST_FAULTS])
    return value, Noted(places, frozenset(), faults) if faults else places


def _is_comment(words: str, text: str) -> Verdict:
    why = " is not read: YAML takes what begins with # for a comment"
    if not text:
        return not_met("“{words}”" + why, words=shown(words))
    question = "Does “{words}” belong to “{text}”? It"
    return cannot_tell(question + why, words=shown(words), text=shown(text))


def _is_name(words: str) -> Verdict:
    return not_met(
        "“{words}” is not read: between braces, a comma begins the name of the next field",
        fix="Put a text with a comma in quotation marks, and write numbers with a decimal point",
        words=shown(words),
    )


def _scan(text: str) -> Node:
    return _Reading(text).result()[1]


class _Reading:
    """One pass over the events of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._builder = Builder(text)
        # What YAML may wrongly take for comments or for names: rule, pointer and verdict.
        self.hidden: list[tuple[str, str, Verdict]] = []

    def result(self) -> tuple[object, Node]:
        for event in self._events():
            at = event.start_mark.index if event.start_mark else 0
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event, at)
            elif isinstance(event, yaml.AliasEvent):
                anchor = str(event.anchor)
                if not self._builder.alias(anchor, at):
                    raise unknown_alias(self._text, anchor, at)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event, at)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._builder.end()
            elif isinstance(event, yaml.DocumentStartEvent) and self._builder.top is not None:
                raise self._second_document(at)
        if self._builder.top is None:
            raise Problem(
                "The file holds nothing but comments",
                "Fill it in, or remove the # before the lines that are meant",
            )
        return self._builder.top

    def _events(self) -> Iterator[yaml.Event]:
        events: Iterator[yaml.Event] = yaml.parse(self._text, Loader=_LOADER)
        return events

    def _scalar(self, event: yaml.ScalarEvent, at: int) -> None:
        spelled: str = event.value
        if len(spelled) > bounds.MAX_SCALAR:
            raise bounds.text_too_long(self._where(at))
        plain = not event.style
        if plain and spelled == "<<" and self._builder.at_key:
            raise Problem(
                f"{line_of(self._text, at)} asks to merge another group with <<, which isn’t read",
                "Write the fields out; where << is a text, put it in quotation marks",
            )
        value: object = resolved(spelled) if plain else spelled
        if event.tag not in (None, "!"):
            value = self._tagged(event.tag, spelled, at)
        if plain and not self._builder.at_key and (not spelled or isinstance(value, str)):
            self._look_behind(spelled, event.end_mark.index if event.end_mark else at)
        is_name = self._builder.at_name_in_braces
        # An empty value stands nowhere: its place is the name of its field.
        self._builder.add(Value(value, at, not spelled and plain, spelled), event.anchor)
        if is_name and event.end_mark and _NO_COLON.match(self._text, event.end_mark.index):
            self.hidden.append(("SHAPE-unknown", self._builder.due, _is_name(spelled)))

    def _look_behind(self, spelled: str, end: int) -> None:
        if hidden := (_CUT if spelled else _HIDDEN).match(self._text, end):
            verdict = _is_comment(hidden[1], spelled)
            self.hidden.append(("SHAPE-comment", self._builder.due, verdict))

    def _tagged(self, tag: str, spelled: str, at: int) -> object:
        name = tag.removeprefix(_STANDARD)
        if name == tag or name not in _TYPES:
            raise self._unknown_tag(tag, at)
        value = spelled if name == "str" else resolved(spelled)
        if not isinstance(value, _TYPES[name]) or (name != "bool" and isinstance(value, bool)):
            raise Problem(
                f"{line_of(self._text, at)} says that “{shown(spelled)}” is of the type "
                f"!!{name}, and it isn’t",
                f"Remove !!{name}, or write the value as true, false, null, 12 or 2.5",
            )
        return value

    def _start(self, event: yaml.CollectionStartEvent, at: int) -> None:
        mapping = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in (None, "!", _STANDARD + ("map" if mapping else "seq")):
            raise self._unknown_tag(event.tag, at)
        if self._builder.at_key:
            raise Problem(
                f"{line_of(self._text, at)} has a list or group where the name of a field "
                "should be",
                "Write the name of the field as a text; put a text that begins with [, { or ? "
                "in quotation marks",
            )
        self._builder.start(mapping, at, block=not event.flow_style, anchor=event.anchor)

    def _unknown_tag(self, tag: str, at: int) -> Problem:
        name = tag.replace(_STANDARD, "!!")
        return Problem(
            f"{line_of(self._text, at)} has the tag “{shown(name)}”, which isn’t read",
            "Remove the tag; where the exclamation mark is part of a text, put the text in "
            "quotation marks",
        )

    def _second_document(self, at: int) -> Problem:
        line, _ = position(self._text, at)
        if is_prose(self._text[at:]):
            return Problem(
                f"A text without fields follows the description from line {line} on",
                "Put it into a field, such as summary, or into a file of its own",
            )
        return Problem(
            f"The file holds more than one document: the next one begins on line {line}",
            "Put one description in each file, or remove the line --- between them",
        )

    def _where(self, at: int) -> str:
        line, column = position(self._text, at)
        return f"line {line}, column {column}"
