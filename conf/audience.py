"""Sphinx extension: says at the head of a page for whom it was written.

Front matter names the readers: ``for: [ministry, register]``. Only words of the list below are
taken, so that one reader is never called by two names.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sphinx.util.logging import getLogger

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["READERS", "readers", "setup"]

READERS: Final = frozenset(
    {
        "everybody",
        # those who set the rules
        "body for digital services",
        "city",
        "employment service",
        "framework body",
        "ministry",
        "policymaker",
        "quality agency",
        "region",
        "register",
        "social partners",
        # those who offer
        "employer",
        "head of institution",
        "higher education institution",
        "lifelong learning unit",
        "provider",
        "school head",
        "staff representative",
        "teacher",
        "trainer",
        "vocational school",
        "works council",
        # those who design, assess, issue and recognise
        "assessor",
        "curriculum developer",
        "guidance practitioner",
        "qualification developer",
        "quality assurance officer",
        "recognition officer",
        "registrar",
        # those who learn
        "association of people concerned",
        "learner",
        "learner organisation",
        "student representative",
        # those who carry it on
        "contributor",
        "integrator",
        "researcher",
    }
)

LOG = getLogger(__name__)


def readers(stated: object) -> list[str]:
    """Return the readers that the front matter of a page names."""
    # MyST hands over a list as the text of one.
    found = json.loads(stated) if isinstance(stated, str) and stated.startswith("[") else stated
    return [str(reader) for reader in found] if isinstance(found, list) else []


def _page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: object
) -> None:
    meta = context.get("meta")
    context["audience"] = readers(meta.get("for")) if isinstance(meta, dict) else []


def _known(app: Sphinx, doctree: object) -> None:
    for reader in readers(app.env.metadata[app.env.docname].get("for")):
        if reader.strip() not in READERS:
            LOG.warning(
                "“%s” is no reader that other pages name: take one of %s",
                reader,
                ", ".join(sorted(READERS)),
                location=app.env.docname,
            )


def setup(app: Sphinx) -> dict[str, object]:
    """Connect to Sphinx."""
    app.connect("doctree-read", _known)
    app.connect("html-page-context", _page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
