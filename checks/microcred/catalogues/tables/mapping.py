"""What each column of a table means: guessed, or written down in a mapping file."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.tables.columns import FIELDS, Column, nearest
from microcred.problem import Problem
from microcred.readers.text import shown
from microcred.readers.yaml import load as load_yaml
from microcred.shape import schema
from microcred.vocabularies import vocabulary
from microcred.vocabularies.tables import key

__all__ = ["ColumnMap", "as_yaml", "read_mapping", "told"]

_KEYS: Final = ("columns", "constants", "fill down", "sheet", "heading row", "encoding")


@dataclass(frozen=True)
class ColumnMap:
    """A mapping file: headings to fields, and what holds for every row."""

    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    fill_down: tuple[str, ...] = ()
    sheet: str = ""
    heading_row: int = 0
    encoding: str = ""

    def apply(self, columns: Iterable[Column]) -> list[Column]:
        """Return the columns with what the file says of them."""
        wanted = {key(heading): stated for heading, stated in self.columns.items()}
        seen: set[str] = set()
        found = []
        for column in columns:
            heading = key(column.heading)
            # A heading that stands there twice is mapped once: the second would replace the first.
            if heading in seen and wanted.get(heading):
                found.append(replace(column, field="", near=wanted[heading].partition("@")[0]))
            else:
                found.append(self._one(column, wanted.get(heading)))
            seen.add(heading)
        return found

    def unused(self, columns: Iterable[Column]) -> list[str]:
        """Return the headings of the file that none of the columns has."""
        there = {key(column.heading) for column in columns}
        return [heading for heading in self.columns if key(heading) not in there]

    @staticmethod
    def _one(column: Column, stated: str | None) -> Column:
        if stated is None:
            return column
        name, _, language = stated.partition("@")
        return Column(
            column.number, column.heading, name.strip(), language.strip(), hidden=column.hidden
        )


def read_mapping(path: Path) -> ColumnMap:
    """Return what a mapping file says.

    Raises:
        Problem: it can't be read, or names a field that doesn't exist.
    """
    try:
        data, _ = load_yaml(path.read_bytes())
    except OSError as error:
        raise Problem(f"“{path}” can’t be read: {error.strerror}", "Look at its name") from None
    if not isinstance(data, dict):
        raise Problem(f"“{path}” isn’t made of “name: value” lines", _WRITE_ONE)
    for name in data:
        if name not in _KEYS:
            raise Problem(f"“{name}” in “{path}” is unknown", f"Use {', '.join(_KEYS)}")
    columns = data.get("columns") or {}
    if not isinstance(columns, dict):
        raise Problem(f"`columns` in “{path}” isn’t made of “heading: field” lines", _WRITE_ONE)
    for heading, stated in columns.items():
        _check(str(heading), stated)
    return ColumnMap(
        columns={str(heading): str(stated or "") for heading, stated in columns.items()},
        constants=_constants(data.get("constants") or {}),
        fill_down=_fill_down(data.get("fill down") or ()),
        sheet=str(data.get("sheet") or ""),
        heading_row=_heading_row(data.get("heading row") or 0),
        encoding=str(data.get("encoding") or ""),
    )


def _constants(stated: object) -> dict[str, Any]:
    if not isinstance(stated, dict):
        raise Problem(
            "`constants` holds no “field: value” lines", "Write for example `{language: de}`"
        )
    for name in stated:
        if name not in schema()["properties"]:
            raise Problem(
                f"`constants` sets “{name}”, which is no field of a description",
                "Use the names of the document format, such as language or countries",
            )
    return stated


def _fill_down(stated: object) -> tuple[str, ...]:
    fields = tuple(map(str, stated)) if isinstance(stated, (list, tuple)) else (str(stated),)
    for name in fields:
        _check_field(name, f"`fill down` names “{name}”")
    return fields


def _heading_row(stated: object) -> int:
    if not isinstance(stated, int) or isinstance(stated, bool) or stated < 0:
        raise Problem(f"`heading row` is “{stated}”", "Write the number of the row, counted from 1")
    return stated


_WRITE_ONE: Final = "Let “microcred catalogue columns FILE --output mapping.yaml” write one"


def _check(heading: str, stated: object) -> None:
    name, _, language = str(stated or "").partition("@")
    if name.strip():
        _check_field(name.strip(), f"The column “{heading}” is mapped to “{name.strip()}”")
    if language and vocabulary("languages").get(language.strip()) is None:
        raise Problem(
            f"The column “{heading}” is mapped to the language “{language.strip()}”, which is no "
            "code of a language",
            "Write a code such as en, fr or uk behind the @",
        )


def _check_field(name: str, where: str) -> None:
    if name not in FIELDS:
        near = nearest(name)
        hint = f"Did you mean {near}?" if near else f"Use one of {', '.join(FIELDS)}"
        raise Problem(f"{where}, which is no field", hint)


def told(columns: Iterable[Column], where: str) -> list[str]:
    """Return in lines how the columns are read."""
    columns = list(columns)
    read = {column.field for column in columns}
    lines = [f"Columns of {where}:"]
    for column in columns:
        heading = " ".join(column.heading.split())[:48]
        hidden = ", though the workbook hides it" if column.hidden else ""
        links = ", by the links behind its words," if column.linked else ""
        if not column.field:
            near = column.near
            asked = f"another column is read as {near}" if near in read else f"did you mean {near}?"
            hint = f" ({asked})" if near else ""
            lines.append(f"  “{heading}” is not read{hint}{hidden}")
        else:
            language = f" in {column.language}" if column.language else ""
            mark = "" if column.sure else ", a guess"
            lines.append(f"  “{heading}”{links} is read as {column.field}{language}{mark}{hidden}")
    return lines


def _by_heading(columns: Iterable[Column]) -> dict[str, str]:
    """Return what each heading means; of those that are alike, the first that is read counts."""
    found: dict[str, tuple[str, str]] = {}
    for column in columns:
        language = f"@{column.language}" if column.language else ""
        if not found.get(key(column.heading), ("", ""))[1]:
            found[key(column.heading)] = column.heading, f"{column.field}{language}"
    return dict(found.values())


def _comment(words: str) -> list[str]:
    return textwrap.wrap(words, 98, initial_indent="# ", subsequent_indent="#   ")


def _in_doubt(column: Column) -> str:
    heading = shown(column.heading)
    if column.field:
        return "" if column.sure else f"“{heading}” is a guess."
    return f"“{heading}” may be {column.near}." if column.near else ""


def as_yaml(columns: Iterable[Column], sheet: str, heading_row: int) -> str:
    """Return a mapping file that says what was guessed, to be corrected by a person."""
    import yaml

    columns = list(columns)
    lines = [
        "# How the columns of a table are read. Correct what is wrong; an empty value leaves a",
        "# column out. A language stands behind the field: title@fi.",
        *_comment(f"Fields: {', '.join(FIELDS)}"),
        *(line for column in columns for line in _comment(_in_doubt(column))),
    ]
    known = _by_heading(columns)
    data: dict[str, Any] = {"columns": known, "heading row": heading_row}
    if sheet:
        data["sheet"] = sheet
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100)
    lines.append(text.rstrip())
    lines += [
        "# The same in every row, for example:",
        "# constants: {language: de, countries: [AT]}",
        "# Cells that are empty because the one above holds for them too:",
        "# fill down: [provider]",
    ]
    return "\n".join(lines) + "\n"
