"""Links: to sections by label, and to the anchors that this extension draws itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.logging import getLogger
from sphinx.util.nodes import make_refnode

__all__ = ["anchored", "document", "labelled", "resolve"]

_OURS: Final = "guidance-anchor"

logger = getLogger(__name__)


def labelled(env: BuildEnvironment, label: str, text: str = "") -> nodes.Node:
    """Return a link to the section of *label*, under its own title unless *text* is given."""
    return _reference(env, "std", "ref", label.lower(), text or label, explicit=bool(text))


def document(env: BuildEnvironment, docname: str) -> nodes.Node:
    """Return a link to a page under its title."""
    return _reference(env, "std", "doc", f"/{docname}", docname, explicit=False)


def anchored(
    env: BuildEnvironment, docname: str, anchor: str, text: str, classes: Sequence[str] = ()
) -> nodes.Node:
    """Return a link to an anchor that this extension draws on a page."""
    drawn = _reference(env, "", _OURS, anchor, text, explicit=True)
    drawn["docname"] = docname
    drawn["linkclasses"] = list(classes)
    return drawn


def _reference(
    env: BuildEnvironment, domain: str, kind: str, target: str, text: str, *, explicit: bool
) -> addnodes.pending_xref:
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain=domain,
        reftype=kind,
        reftarget=target,
        refexplicit=explicit,
        refwarn=True,
        refdoc=env.docname,
    )


def resolve(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, inner: nodes.Element
) -> nodes.Element | None:
    """Turn a link of this extension into a reference; leave all others alone."""
    if node.get("reftype") != _OURS:
        return None
    if node["docname"] not in env.all_docs:
        logger.warning(
            "there is no page %s to link to",
            node["docname"],
            location=node,
            type="guidance",
            subtype="link",
        )
        return inner
    reference = make_refnode(app.builder, node["refdoc"], node["docname"], node["reftarget"], inner)
    reference["classes"] += node["linkclasses"]
    return reference
