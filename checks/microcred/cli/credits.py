"""``microcred credits``: what credits of one system come to in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from microcred.cli.output import columns, in_colour, put

if TYPE_CHECKING:
    from microcred.credits import Conversion
    from microcred.report.page import Page

__all__ = ["credits"]

_LAST: Final = (
    "Whether credits count elsewhere, and how many, decides whoever takes them in. "
    "Two sizes that are alike say nothing of level and content."
)


@click.command()
@click.argument("amount")
@click.option("--from", "source", required=True, metavar="SYSTEM", help="System of the amount.")
@click.option("--to", "target", metavar="SYSTEM", help="System asked for.  [default: ECTS]")
@click.option("--hours", metavar="HOURS", help="The workload in hours, where it is stated.")
@click.option(
    "--profile", default="eu-2022", show_default=True, metavar="ID|FILE", help="Whose hours count."
)
@click.option(
    "--format", type=click.Choice(["text", "json"]), default="text", help="Form of the answer."
)
def credits(  # noqa: A001 - what people type
    amount: str, source: str, target: str | None, hours: str | None, profile: str, format: str
) -> int:
    """Tell what an AMOUNT of credits, or of hours, comes to in another system.

    SYSTEM is ECTS, hours, UK-credit, SCQF, NZ-credit … `microcred credits 1 --from ?` lists all.

    Exit status: 0 if an answer is known, 1 if no source says how to work it out.
    """
    from microcred import credits as known
    from microcred.profiles import profile as named

    # Whoever asks for ECTS in ECTS wants to know the hours.
    into = target or (known.HOURS if known.system(source) == "ECTS" else "ECTS")
    told = known.convert(
        known.amount(amount),
        source,
        into,
        hours=None if hours is None else known.amount(hours),
        rates=known.Rates.of(named(profile)),
    )
    if format == "json":
        import json

        put(json.dumps(_entry(told), ensure_ascii=False, indent=2) + "\n", for_people=False)
    else:
        put("\n".join(_lines(told)) + "\n")
    return 0 if told.ways else 1


def _entry(told: Conversion) -> dict[str, object]:
    span = told.span
    return {
        "points": told.points,
        "from": told.source,
        "to": told.target,
        "low": span and round(span.low, 2),
        "high": span and round(span.high, 2),
        "ways": [
            {
                "name": way.name,
                "low": round(way.span.low, 2),
                "high": round(way.span.high, 2),
                "how": way.told,
                "sources": list(way.sources),
                "confidence": way.confidence,
            }
            for way in told.ways
        ],
        "caveats": list(told.caveats),
    }


def _lines(told: Conversion) -> list[str]:
    from microcred.credits import counted, unit
    from microcred.report.characters import sentence
    from microcred.report.page import Page

    page = Page(columns(), in_colour(None), "en")
    start = counted(told.points, told.source)
    if told.span is None:
        page.add(f"{start}: no source says what they come to in {unit(told.target)}", "bold")
        page.add("State the hours (`--hours 50`): every system can be compared with hours.")
    else:
        about = "" if told.source == told.target else "about "
        page.add(f"{start} come to {about}{counted(told.span, told.target)}", "bold")
    for way in told.ways:
        _way(page, way.name, f"{counted(way.span, told.target)}: {way.told}", way.sources)
        page.add(f"Confidence: {way.confidence}", indent=16)
    for caveat in told.caveats:
        page.hang("To know:", sentence(caveat), indent=16, start=2)
    page.gap()
    page.add(_LAST, "dim")
    return page.lines


def _way(page: Page, name: str, text: str, read_in: tuple[str, ...]) -> None:
    from microcred.report.characters import sentence
    from microcred.sources import sources

    page.hang(f"{name.capitalize()}:", sentence(text), indent=16, start=2)
    for key in read_in:
        source = sources()[key]
        page.add(f"Source: {source.short}: {source.title}", "dim", indent=16)
