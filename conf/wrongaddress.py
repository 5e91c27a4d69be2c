"""Sphinx extension: the page for wrong addresses leads back from any folder.

A server sends it for addresses of every depth, so its links begin at the root of the site. The
extension ``notfound`` sees to what stands around the text, and this one to the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["from_the_root", "setup"]


def from_the_root(page: nodes.document, root: str) -> None:
    """Let the links of *page* to other pages of the site begin at *root*."""
    for link in page.findall(nodes.reference):
        if link.get("internal") and "refuri" in link:
            link["refuri"] = root + link["refuri"]


def _page(app: Sphinx, page: nodes.document, name: str) -> None:
    if name == app.config.notfound_pagename:
        from_the_root(page, app.config.notfound_urls_prefix)


def setup(app: Sphinx) -> dict[str, object]:
    """Connect to Sphinx."""
    app.connect("doctree-resolved", _page)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
