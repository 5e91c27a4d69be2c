"""Write the controlled lists of the package from the official lists and our own additions.

The official lists are looked for where MICROCRED_REFERENCE points, else in ../shared/reference.
Beside them stands tools/vocabularies/: per list, our codes, the code that the official list has
for the same value ("official"; empty where the value is ours) and whatever rules need to know.
Word lists are written by hand, in checks/microcred/vocabularies/, and are not touched here.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "tools" / "vocabularies"
TARGET = ROOT / "checks" / "microcred" / "vocabularies"

Row = dict[str, str]

# Codes of the language list that name no single language.
NOT_A_LANGUAGE = re.compile(r"languages\b|^Provisional|^Undetermined|^No linguistic|^Moldavian$")
SIGN_LANGUAGES = "Sign Languages"

# Kinds of territorial units that are regions rather than districts or municipalities.
REGIONAL = re.compile(
    r"AUT_BLD|BEL_CGG|BEL_RG|BGR_OBL|CYP_EP|CZE_KRJ|DEU_LD|DNK_RG|ESP_CIA|ESP_CMA|EST_MKD|FIN_MKT|"
    r"FRA_CSP|FRA_RG|GRC_PRF|HRV_ZP|HUN_MG|IRL_CO|ITA_PRA|ITA_RG|ITA_RGA|LTU_APS|LUX_CT|LVA_RP|"
    r"MLT_RG|NLD_PR|POL_WOJ|PRT_DS|PRT_RGA|ROU_JUD|SVK_KRJ|SWE_LAN"
)
NATIONS = frozenset(("CYM", "ENG", "NIR", "SCT"))  # of the United Kingdom
NUTS_LEVEL_2 = 4  # characters of the longest code that is kept
EUROPEAN = {"EL": "GR", "UK": "GB", "KS": "XK"}  # country codes of EU tables that ISO doesn't have


def reference() -> Path:
    """Return the folder of the official lists."""
    stated = os.environ.get("MICROCRED_REFERENCE")
    folder = Path(stated) if stated else ROOT.parent / "shared" / "reference"
    return folder / "elm" / "vocabularies"


def table(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def official(name: str) -> dict[str, Row]:
    """Return an official list by code."""
    return {row["code"]: row for row in table(reference() / f"{name}.csv")}


def joined(ours: str, theirs: str) -> list[Row]:
    """Return our values with the address of the official value each of them stands for."""
    known = official(theirs)
    rows = table(OURS / f"{ours}.csv")
    lost = set(known) - {row["official"] for row in rows}
    if lost:
        raise SystemExit(f"tools/vocabularies/{ours}.csv lacks official values: {sorted(lost)}")
    for row in rows:
        code = row.pop("official")
        row["uri"] = known[code]["uri"] if code else ""
        row["origin"] = "europass" if code else "ours"
    return rows


def plain(name: str) -> list[Row]:
    """Return an official list as it is, with labels that start with a capital."""
    return [
        {"code": code, "uri": row["uri"], "en": capital(row["label_en"] or code)}
        for code, row in official(name).items()
    ]


def capital(label: str) -> str:
    """Return a label with a capital first letter, whatever else it holds."""
    return label[:1].upper() + label[1:]


def assessment_types() -> list[Row]:
    """Our additions name the wider Europass value that they are sent as."""
    rows = joined("assessment-types", "assessment-types")
    addresses = {row["code"]: row["uri"] for row in rows}
    for row in rows:
        row["broader"] = addresses[row["broader"]] if row["broader"] else ""
    return rows


def modes() -> list[Row]:
    """Volunteering is a Europass type of activity and not a mode."""
    rows = joined("modes", "modes-of-learning-and-assessment")
    for row in rows:
        if row["code"] == "volunteering":
            row["uri"] = official("learning-activity-types")["volunteering"]["uri"]
    return rows


def reuse_levels() -> list[Row]:
    """Labels without the words that they all share."""
    rows = plain("skill-reuse-levels")
    for row in rows:
        row["also"] = row["en"]
        row["en"] = (
            row["en"].replace(" skills and competences", "").replace(" specific", "-specific")
        )
    return rows


def settings() -> list[Row]:
    """The label of the formal setting is missing in the official files."""
    rows = plain("learning-setting-types")
    for row in rows:
        row["en"] = capital(row["code"])
        row["also"] = f"{row['code']} learning"
    return rows


def eqf_levels() -> list[Row]:
    """EQF levels, also by the name that people write."""
    return [
        {**row, "en": f"EQF level {row['code']}", "also": f"EQF {row['code']}|Level {row['code']}"}
        for row in plain("eqf-levels")
    ]


def countries() -> list[Row]:
    """Present ISO 3166-1 countries, and Kosovo, with the label of the EU table."""
    known = official("countries")
    rows = table(OURS / "countries.csv")
    for row in rows:
        theirs = known[row.pop("official")]
        row["uri"], row["en"] = theirs["uri"], theirs["label_en"]
    return rows


def languages() -> list[Row]:
    """Every single language of the EU table that has an English label."""
    known = {row["official"]: row for row in table(OURS / "languages.csv")}
    rows = [
        {
            "code": known[code]["code"] if code in known else code.lower(),
            "alpha3": code,
            "uri": row["uri"],
            "en": capital(re.sub(r" \[..\]$", "", row["label_en"])),
            "also": known[code]["also"] if code in known else "",
        }
        for code, row in official("languages").items()
        if row["label_en"] != SIGN_LANGUAGES and not NOT_A_LANGUAGE.search(row["label_en"])
    ]
    # Malay is labelled after a country in the official files.
    for row in rows:
        row["en"] = {"MSA": "Malay", "ZLM": "Malay (individual language)"}.get(
            row["alpha3"], row["en"]
        )
    return sorted(rows, key=lambda row: (len(row["code"]), row["code"]))


def regions() -> list[Row]:
    """Regions in three kinds of code, which are never mixed: ISO 3166-2, NUTS, ATU."""
    alpha2 = {row["alpha3"]: row["code"] for row in table(OURS / "countries.csv")}
    iso = [
        {**row, "uri": "", "kind": "iso-3166-2", "country": row["code"][:2]}
        for row in table(OURS / "regions.csv")
    ]
    nuts = [
        {
            "code": code,
            "uri": row["uri"],
            "en": row["label_en"],
            "kind": "nuts",
            "country": code[:2],
        }
        for code, row in official("nuts").items()
        if 2 < len(code) <= NUTS_LEVEL_2 and "Z" not in code and row["label_en"]
    ]
    atu = [
        {
            "code": code,
            "uri": row["uri"],
            "en": row["label_en"],
            "kind": "atu",
            "country": "GB" if code[:3] in NATIONS else alpha2[code[:3]],
        }
        for code, row in official("atu").items()
        if row["label_en"]
        and (code in NATIONS or REGIONAL.fullmatch("_".join(code.split("_")[:2])))
    ]
    for row in nuts:
        row["country"] = EUROPEAN.get(row["country"], row["country"])
    return [*iso, *nuts, *atu]


def frameworks() -> list[Row]:
    """National qualifications frameworks."""
    known = official("nqf-levels")
    rows = table(OURS / "frameworks.csv")
    for row in rows:
        theirs = known[row.pop("official")]
        row["uri"], row["en"] = theirs["uri"], theirs["label_en_xsd"]
        del row["prefix"], row["abbreviation"]
    return rows


def nqf_levels() -> list[Row]:
    """Levels of national frameworks; the official codes are opaque, ours can be written."""
    found = {(row["prefix"], row["abbreviation"]): row for row in table(OURS / "frameworks.csv")}
    rows = []
    for theirs in official("nqf-levels").values():
        if theirs["kind"] != "level":
            continue
        label = re.sub(r"^..: ", "", theirs["label_en"])
        name, level = re.split(r" Level (?=\S+(?: [AB]|$)|I)| (?=Entry )", label, maxsplit=1)
        ours = found[theirs["country_prefix"] or "MT", name]
        slug = re.sub(r"[^a-z0-9.]+", "-", level.lower())
        if not theirs["country_prefix"]:  # Malta's level A stands in the official list twice
            slug += "-other"
        rows.append(
            {
                "code": f"{ours['code']}-{slug}",
                "uri": theirs["uri"],
                "en": theirs["label_en_xsd"],
                "country": ours["country"],
                "framework": ours["code"],
                "level": level,
            }
        )
    return sorted(rows, key=lambda row: (row["framework"], _number(row["level"]), row["level"]))


def _number(level: str) -> float:
    found = re.match(r"\d+(\.\d+)?", level)
    return float(found[0]) if found else 0


LISTS: dict[str, Callable[[], list[Row]]] = {
    "accreditation-types": lambda: joined("accreditation-types", "accreditation-types"),
    "activity-types": lambda: plain("learning-activity-types"),
    "assessment-types": assessment_types,
    "body-types": lambda: table(OURS / "body-types.csv"),
    "countries": countries,
    "credit-systems": lambda: joined("credit-systems", "credit-systems"),
    "cycles": lambda: table(OURS / "cycles.csv"),
    "eqf-levels": eqf_levels,
    "frameworks": frameworks,
    "free-mail-domains": lambda: table(OURS / "free-mail-domains.csv"),
    "isced-f": lambda: plain("isced-f-2013"),
    "languages": languages,
    "modes": modes,
    "nqf-levels": nqf_levels,
    "opportunity-types": lambda: plain("learning-opportunity-types"),
    "platforms": lambda: table(OURS / "platforms.csv"),
    "quality-systems": lambda: table(OURS / "quality-systems.csv"),
    "referencing": lambda: table(OURS / "referencing.csv"),
    "regions": regions,
    "reuse-levels": reuse_levels,
    "settings": settings,
    "skill-types": lambda: joined("skill-types", "skill-types"),
    "supervision": lambda: joined("supervision", "supervision-verification"),
    "target-groups": lambda: plain("target-groups"),
}

FIRST = ("code", "alpha3", "uri", "en")  # columns in the order in which a person looks for them


def write(rows: Iterable[Row], path: Path) -> None:
    """Write *rows* as CSV; the same rows always give the same bytes."""
    rows = list(rows)
    columns = [name for name in FIRST if name in rows[0]]
    columns += [name for name in rows[0] if name not in FIRST]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(target: Path = TARGET) -> None:
    """Write every list into *target*."""
    if not reference().is_dir():
        raise SystemExit(
            f"The official lists are not at {reference()}. "
            "Set MICROCRED_REFERENCE to the folder that holds elm/vocabularies."
        )
    target.mkdir(parents=True, exist_ok=True)
    for name, make in LISTS.items():
        write(make(), target / f"{name}.csv")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
