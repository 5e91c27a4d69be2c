"""The summary of a catalogue for people who read it in a terminal."""

from __future__ import annotations

from typing import Any, Final

from microcred.report.characters import ending, visible
from microcred.report.characters import width as columns_of
from microcred.report.page import Page
from microcred.report.words import NOTE

__all__ = ["counted", "percent", "write"]

Json = dict[str, Any]

_RULES_SHOWN: Final = 12
_BAR: Final = 20


def write(found: Json, *, width: int = 80, colour: bool = False) -> str:
    """Return a summary as text that is at most *width* columns wide."""
    page = Page(width, colour, "en")
    page.add(f"Report on a catalogue of {counted(found['records']['total'])}", "bold")
    profile = found["profile"]
    for label, value in (
        ("Catalogue", found["source"]),
        ("Profile", f"{profile['id']} {profile['version']}, as of {profile['asOf']}"),
        ("Checked on", found["checkedOn"]),
    ):
        page.hang(f"{label}:", visible(str(value)), indent=14)
    page.gap()
    _records(page, found)
    _elements(page, found)
    _rules(page, found)
    _groups(page, "Providers with most records in which a must rule is not met", found["providers"])
    _groups(page, "Countries", found["countries"])
    _worst(page, found)
    _since(page, found)
    page.gap()
    page.add(NOTE, "dim")
    return "\n".join(page.lines) + "\n"


def counted(number: int) -> str:
    """Return how many records there are, in words."""
    return f"{_n(number)} record" if number == 1 else f"{_n(number)} records"


def _n(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def percent(part: int, whole: int) -> str:
    """Return a share in words: never 100 % or 0 % where that isn't exactly so."""
    if not whole:
        return "–"
    share = 100 * part / whole
    if 0 < share < 0.1:
        return "under 0.1 %"
    shown = min(share, 99.9) if part < whole else share
    return f"{shown:.0f} %" if shown in (0, 100) else f"{shown:.1f} %"


def _records(page: Page, found: Json) -> None:
    records, findings = found["records"], found["findings"]
    clear = percent(records["clear"], records["total"])
    page.add(f"Every must rule is met in {counted(records['clear'])} ({clear}).")
    if records["unread"]:
        page.add(f"{counted(records['unread'])} could not be read.", "must")
    page.add(
        f"Not met: {_n(findings['must'])} must, {_n(findings['should'])} should, "
        f"{_n(findings['advice'])} advice. Questions for a person: {_n(findings['cannotTell'])}."
    )


def _head(page: Page, text: str) -> None:
    page.gap()
    page.add(text, "bold")


def _elements(page: Page, found: Json) -> None:
    if not found["elements"]:
        return
    _head(page, "How often each element is stated")
    for row in found["elements"]:
        filled = _BAR * row["stated"] // row["records"] if row["records"] else 0
        bar = "█" * filled + "░" * (_BAR - filled)
        share = percent(row["stated"], row["records"])
        broken = f", {_n(row['notMet'])} not met" if row["notMet"] else ""
        page.hang(f"{row['element']:<4}{bar}", f"{share} {row['name']}{broken}", indent=27, start=2)


def _rules(page: Page, found: Json) -> None:
    if not found["rules"]:
        return
    _head(page, "Findings by rule")
    for rule in found["rules"][:_RULES_SHOWN]:
        count = rule["notMet"] or rule["cannotTell"]
        asks = "" if rule["notMet"] else " (questions)"
        head = f"{_n(count):>9}  {rule['rule']}"
        style = rule["level"] if rule["notMet"] else "question"
        page.hang(head, f"{rule['title']}{asks}", style, indent=24)
    if len(found["rules"]) > _RULES_SHOWN:
        page.add(f"… and {len(found['rules']) - _RULES_SHOWN} more rules", "dim", indent=11)


def _groups(page: Page, title: str, groups: list[Json]) -> None:
    groups = [group for group in groups if group["withMust"]][:5]
    if not groups:
        return
    _head(page, title)
    for group in groups:
        head = f"{_n(group['withMust'])} of {_n(group['records'])}"
        name = ending(visible(group["name"]), page.columns - 18)
        page.lines.append(" " * max(0, 14 - columns_of(head)) + head + "  " + name)


def _worst(page: Page, found: Json) -> None:
    if not found["worst"]:
        return
    _head(page, "Most to mend")
    for record in found["worst"]:
        counts = ", ".join(
            f"{record[name]} {name}" for name in ("must", "should", "advice") if record[name]
        )
        page.hang(f"{record['at']}:", visible(record["title"] or "(no title)"), indent=14, start=2)
        page.add(counts, "dim", indent=14)


def _since(page: Page, found: Json) -> None:
    since = found.get("since")
    if not since:
        return
    _head(page, f"Since {since['checkedOn']}")
    share = since["share"]
    page.add(
        f"Records in which every must rule is met: {100 * share['before']:.1f} % then, "
        f"{100 * share['now']:.1f} % now."
    )
    for rule in since["rules"][:5]:
        change = rule["now"] - rule["before"]
        page.hang(f"{change:+,}", f"{rule['rule']} ({rule['before']:,} then)", indent=12, start=2)
