"""A published catalogue: its pages, its feeds, what is left out, and what it leaves unsaid."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fixed_date import PAGES_DATE
from microcred.catalogues.publish.entries import price_of
from microcred.catalogues.records import dumps
from microcred.catalogues.sample import sample
from microcred.cli import main

HOSTILE = "</script><script>alert(1)</script>\"'<img src=x onerror=alert(2)>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of a small catalogue with a hostile record and an award in it."""
    folder = tmp_path_factory.mktemp("site")
    records = [one.data for one in sample(40)]
    hostile = records[5] | {"id": "https://x.example/mc/h", "title": HOSTILE, "summary": HOSTILE}
    hostile["outcomes"] = [{"id": "LO1", "statement": HOSTILE}]
    award = records[6] | {
        "kind": "award",
        "learner": {"name": "Kim Secret"},
        "issued": "2026-01-01",
    }
    lines = [*map(dumps, [*records, hostile, award]), b"{broken"]
    source = folder / "c.jsonl"
    source.write_bytes(b"\n".join(lines))
    arguments = ["catalogue", "publish", str(source), "--to", "site", "--on", PAGES_DATE]
    arguments += ["--output", str(folder / "site"), "--address", "https://mc.example/all"]
    assert main(arguments) == 0
    return folder / "site"


def _pages(site: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in site.rglob("*.html")}


def test_each_offer_has_a_page(site: Path) -> None:
    """Offers become pages with facts and outcomes; awards and what can't be read don't."""
    rows = _data(site)["rows"]
    pages = sorted(path.stem for path in (site / "mc").glob("*.html"))
    assert pages == sorted(row[0] for row in rows)
    assert not any("Kim Secret" in text or "Kim Example" in text for text in _pages(site).values())


def _data(site: Path) -> dict[str, list[list[object]]]:
    text = (site / "data.js").read_text("utf-8")
    data: dict[str, list[list[object]]] = json.loads(
        text.removeprefix("window.CATALOGUE=").rstrip(";\n")
    )
    return data


def test_no_text_of_a_record_becomes_code(site: Path) -> None:
    """A record can't bring a script or a picture of its own into any page."""
    for name, text in _pages(site).items():
        assert "<img src=x" not in text, name
        assert "<script>alert" not in text, name
        blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        assert len(blocks) == text.count("application/ld+json"), name
        assert all(json.loads(block)["@type"] == "Course" for block in blocks)


def test_words_of_outcomes_are_found_with_their_accents(tmp_path: Path) -> None:
    """What somebody searches for is compared without accents, and outcomes still had theirs."""
    source = tmp_path / "c.jsonl"
    record = next(sample(1)).data
    record["outcomes"] = [{"id": "LO1", "statement": "Prüft die Qualität von Straßen, ΛΌΓΟΣ"}]
    source.write_bytes(dumps(record))
    publish = ["catalogue", "publish", str(source), "--to", "site", "--output", str(tmp_path / "s")]
    assert main(publish) == 0
    words = (tmp_path / "s" / "words.js").read_text("utf-8")
    assert "pruft die qualitat von straßen, λογος" in words


def test_pages_ask_nobody(site: Path) -> None:
    """Scripts, styles and pictures come from the site itself, and its policy says so."""
    for name, text in _pages(site).items():
        assert "default-src 'none'" in text, name
        for address in re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', text):
            assert "//" not in address, (name, address)


def test_each_link_leads_to_a_page(site: Path) -> None:
    """No link inside the site is dead."""
    for path in site.rglob("*.html"):
        for address in re.findall(r'(?:href|src)="([^"#:]+)"', path.read_text("utf-8")):
            assert (path.parent / address).exists(), (path.name, address)


def test_each_page_tells_the_result_of_its_check(site: Path) -> None:
    """Date, profile and result stand on each page, in words as well as in the picture."""
    for path in (site / "mc").glob("*.html"):
        text = path.read_text("utf-8")
        assert f"Checked on {PAGES_DATE} against eu-2022" in text
        assert re.search(r"must (rule is|rules are) not met|very must rule is met", text), path


def test_the_feeds_are_feeds(site: Path) -> None:
    """Atom and JSON hold the same records, with addresses of the site."""
    atom = ElementTree.fromstring((site / "feed.atom").read_text("utf-8"))  # noqa: S314 - our own
    space = {"a": "http://www.w3.org/2005/Atom"}
    links = [link.get("href") for link in atom.findall("a:entry/a:link", space)]
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    assert links == [item["url"] for item in feed["items"]]
    assert all(str(link).startswith("https://mc.example/all/mc/") for link in links)


def test_items_of_a_feed_differ_in_their_ids(tmp_path: Path) -> None:
    """Two records of one id were one and the same to the reader of a feed."""
    source = tmp_path / "c.jsonl"
    record = next(sample(1)).data
    source.write_bytes(b"\n".join(map(dumps, [record, record])))
    publish = ["catalogue", "publish", str(source), "--to", "site", "--output", str(tmp_path / "s")]
    assert main(publish) == 0
    feed = json.loads((tmp_path / "s" / "feed.json").read_text("utf-8"))
    assert len({item["id"] for item in feed["items"]}) == 2
    assert len(set(re.findall("<id>.*</id>", (tmp_path / "s" / "feed.atom").read_text()))) == 3


def test_addresses_of_pages_stay(site: Path, tmp_path: Path) -> None:
    """A record that moves in the catalogue keeps the address of its page."""
    source = tmp_path / "c.jsonl"
    source.write_bytes(b"\n".join(dumps(one.data) for one in reversed(list(sample(40)))))
    output = tmp_path / "again"
    main(["catalogue", "publish", str(source), "--to", "site", "--output", str(output)])
    first, again = ({path.name for path in (one / "mc").iterdir()} for one in (site, output))
    assert first - again <= {name for name in first if name.startswith("h-")}


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("EUR 240; includes material", 240),
        ("490 €", 490),
        ("320,00 EUR", 320),
        ("1.250 € plus Prüfung", 1250),
        ("€ 1,250.50", 1250.5),
        ("kostenlos", 0),
        ("Free of charge", 0),
        ("150", 150),
        ("from 3 to 5 weeks", None),
        ("on request", None),
        ("", None),
    ],
)
def test_prices_are_read_as_people_write_them(text: str, amount: float | None) -> None:
    """The first amount with a currency counts; words for free are known in many languages."""
    assert price_of(text) == amount


@pytest.mark.parametrize("target", ["csv", "elm-loq", "schema-org"])
def test_other_systems_get_a_file(target: str, tmp_path: Path) -> None:
    """Each line is a record in the other format; the table is read again."""
    source, output = (
        tmp_path / "c.jsonl",
        tmp_path / ("out.csv" if target == "csv" else "out.jsonl"),
    )
    sound = [one.data for one in sample(20) if one.fault is None]
    source.write_bytes(b"\n".join(map(dumps, sound)))
    common = ["--output", str(output), "--on", PAGES_DATE]
    assert main(["catalogue", "publish", str(source), "--to", target, *common]) == 0
    if target == "csv":
        again = tmp_path / "again.json"
        main(
            [
                "catalogue",
                "check",
                str(output),
                "--output",
                str(again),
                "--run",
                str(tmp_path / "r"),
            ]
        )
        assert json.loads(again.read_text())["records"]["total"] == len(sound)
    else:
        assert len([json.loads(line) for line in output.read_text().splitlines()]) == len(sound)


def test_what_was_withdrawn_leaves_the_site(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Pages of an earlier version go, with whatever stood in them; files of other people stay."""
    records = [one.data for one in sample(12) if one.fault is None]
    source, site = tmp_path / "c.jsonl", tmp_path / "site"
    publish = ["catalogue", "publish", str(source), "--to", "site", "--output", str(site)]
    source.write_bytes(b"\n".join(map(dumps, records[:4])))
    assert main(publish) == 0
    (site / "mc" / "about.html").write_text("<title>Written by hand</title>")
    kept = {path.name for path in (site / "mc").iterdir()}
    source.write_bytes(dumps(records[0]))
    assert main(publish) == 0
    left = {path.name for path in (site / "mc").iterdir()}
    assert left < kept
    assert len(left) == 2
    assert "about.html" in left
    assert "Published 1 micro-credential in" in capfd.readouterr().err


def test_a_site_replaces_no_page_of_another_kind(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The front page of a web space was lost without a word."""
    source, front = tmp_path / "c.jsonl", tmp_path / "index.html"
    source.write_bytes(dumps(next(sample(1)).data))
    front.write_text("<title>Written by hand</title>")
    publish = ["catalogue", "publish", str(source), "--to", "site", "--output", str(tmp_path)]
    assert main(publish) == 2
    assert "index.html” is there already" in capfd.readouterr().err
    assert "by hand" in front.read_text()
    assert not (tmp_path / "mc").exists()


def test_an_address_without_its_beginning(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """The feeds would lead nowhere."""
    publish = ["catalogue", "publish", "gone.csv", "--to", "site", "--output", str(tmp_path / "s")]
    assert main([*publish, "--address", "rijeka.example/courses"]) == 2
    assert "“rijeka.example/courses” is no web address" in capfd.readouterr().err


def test_a_table_is_read_again_as_it_was(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Levels of a country, quality, assessment and fields were missing in the table."""
    source, again = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text(
        "ID,Title,Provider,Country,Outcomes,Hours,Credits,Level,Assessment,Quality,Field,Language\n"
        "a,Welding,P,NL,Joins two plates,75,3 ECTS,NLQF 5,portfolio,Agency A,0715,en\n"
        "b,Robots,P,HR,Programs a robot,25,1 ECTS,EQF 4 / HKO 4.1,portfolio,Agency A,0714,en\n",
        encoding="utf-8",
    )
    arguments = ["catalogue", "publish", str(source), "--to", "csv", "--output", str(again)]
    assert main(arguments) == 0
    assert "NLQF 5" in again.read_text(encoding="utf-8")
    assert main(["catalogue", "compare", str(source), str(again)]) == 0
    assert "0 added, 0 changed, 0 withdrawn, 2 unchanged." in capfd.readouterr().out


# -- Two versions --------------------------------------------------------------------------------


def test_what_became_of_a_catalogue(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Added, changed with the fields, and withdrawn records are told apart."""
    records = [one.data for one in sample(12) if one.fault is None]
    changed = json.loads(dumps(records[2]))
    changed["workload"]["hours"] += 5
    changed["information"]["privacy"] = None
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_bytes(b"\n".join(map(dumps, records[:-1])))
    new.write_bytes(b"\n".join(map(dumps, [records[-1], changed, *records[3:-1], records[0]])))
    output = tmp_path / "c.json"
    compare: Callable[..., int] = lambda *more: main(  # noqa: E731
        ["catalogue", "compare", str(old), str(new), *more]
    )
    assert compare("--output", str(output)) == 0
    found = json.loads(output.read_text())
    assert [one["record"] for one in found["added"]] == [records[-1]["id"]]
    assert [one["record"] for one in found["withdrawn"]] == [records[1]["id"]]
    (one,) = found["changed"]
    assert {field["pointer"] for field in one["fields"]} == {
        "/workload/hours",
        "/information/privacy",
    }
    assert found["unchanged"] == len(records) - 3
    assert compare() == 0
    assert "1 added, 1 changed, 1 withdrawn" in capfd.readouterr().out
    page = tmp_path / "c.html"
    assert compare("--output", str(page)) == 0
    assert "<h2>Withdrawn (1)</h2>" in page.read_text()


def test_what_cannot_be_compared_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A line that is broken now was called withdrawn, and one of two with an id was forgotten."""
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_bytes(b'{"id": "a", "title": "A"}\n{"id": "a", "title": "B"}\n')
    new.write_bytes(b'{"id": "a", "title": "A"}\n{"id": "b", "title": \n5\n')
    assert main(["catalogue", "compare", str(old), str(new)]) == 0
    told = " ".join(capfd.readouterr().out.split())
    assert "In new.jsonl, 2 records could not be read, and can’t be compared." in told
    assert "In old.jsonl, 1 record had to be left out: one before has the same id" in told
    page = tmp_path / "c.html"
    assert main(["catalogue", "compare", str(old), str(new), "--output", str(page)]) == 0
    assert "2 records could not be read" in page.read_text()


def test_records_with_zeros_behind_them_are_compared(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A check reads them, and to compare them was a fault of the package."""
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    old.write_bytes(b'{"id": "b"}\n{"id": "a", "title": "A"}\0\n')
    new.write_bytes(b'{"id": "b"}\n{"id": "a", "title": "B"}\n')
    assert main(["catalogue", "compare", str(old), str(new)]) == 0
    assert "1 changed" in capfd.readouterr().out
