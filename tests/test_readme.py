"""What the README shows is what the project does."""

import re
from pathlib import Path

import report_picture

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_picture_of_a_report_is_current() -> None:
    """The report in the picture is the one that the shipped draft gets."""
    drawn = report_picture.PICTURE.read_text(encoding="utf-8")
    assert report_picture.picture() == drawn, "Run: .venv/bin/python tools/report_picture.py"


def test_links_lead_to_files() -> None:
    """Every file that the README names is there."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]
