"""What each column of a table means: guessed, or written down in a mapping file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from microcred.catalogues.tables.columns import FIELDS, Column, nearest
from microcred.problem import Problem
from microcred.readers.yaml import load as load_yaml
from microcred.vocabularies.tables import key

__all__ = ["ColumnMap", "as_yaml", "read_mapping", "told"]

_KEYS: Final = ("columns", "constants", "fill down", "sheet", "heading row", "encoding", "kind")


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
    constants = data.get("constants")
    row = data.get("heading row") or 0
    return ColumnMap(
        columns={str(heading): str(stated or "") for heading, stated in columns.items()},
        constants=constants if isinstance(constants, dict) else {},
        fill_down=tuple(map(str, data.get("fill down") or ())),
        sheet=str(data.get("sheet") or ""),
        heading_row=row if isinstance(row, int) else 0,
        encoding=str(data.get("encoding") or ""),
    )


_WRITE_ONE: Final = "Let “microcred catalogue columns FILE --output mapping.yaml” write one"


def _check(heading: str, stated: object) -> None:
    name = str(stated or "").partition("@")[0].strip()
    if name and name not in FIELDS:
        near = nearest(name)
        hint = f"Did you mean {near}?" if near else f"Use one of {', '.join(FIELDS)}"
        raise Problem(f"The column “{heading}” is mapped to “{name}”, which is no field", hint)


def told(columns: Iterable[Column], where: str) -> list[str]:
    """Return in lines how the columns are read."""
    columns = list(columns)
    read = {column.field for column in columns}
    lines = [f"Columns of {where}:"]
    for column in columns:
        heading = " ".join(column.heading.split())[:48]
        hidden = ", though the workbook hides it" if column.hidden else ""
        if not column.field:
            near = column.near
            asked = f"another column is read as {near}" if near in read else f"did you mean {near}?"
            hint = f" ({asked})" if near else ""
            lines.append(f"  “{heading}” is not read{hint}{hidden}")
        else:
            language = f" in {column.language}" if column.language else ""
            mark = "" if column.sure else ", a guess"
            lines.append(f"  “{heading}” is read as {column.field}{language}{mark}{hidden}")
    return lines


def _by_heading(columns: Iterable[Column]) -> dict[str, str]:
    """Return what each heading means; of those that are alike, the first that is read counts."""
    found: dict[str, tuple[str, str]] = {}
    for column in columns:
        language = f"@{column.language}" if column.language else ""
        if not found.get(key(column.heading), ("", ""))[1]:
            found[key(column.heading)] = column.heading, f"{column.field}{language}"
    return dict(found.values())


def as_yaml(columns: Iterable[Column], sheet: str, heading_row: int) -> str:
    """Return a mapping file that says what was guessed, to be corrected by a person."""
    import yaml

    lines = [
        "# How the columns of a table are read. Correct what is wrong; an empty value leaves a",
        "# column out. A language stands behind the field: title@fi.",
        f"# Fields: {', '.join(FIELDS)}",
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
