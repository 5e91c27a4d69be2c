"""Sphinx extension: the tool of the check page, and what the page needs beside it.

    ```{check-page}
    ```

draws the tool with the rules that run and the examples to begin with. After the build, the
checker for the browser and the examples are copied into the site, and the page is bound by a
policy that lets nothing leave it. Without a checker, the page says how to get one.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sphinx.util.docutils import SphinxDirective

import offline
from guidance.drawing import depend_on_checks
from microcred import rulebook
from microcred.profiles import BASE, profile, profile_ids
from microcred.readers.bounds import MAX_BYTES
from microcred.readers.formats import FORMATS
from microcred.readers.yaml import load
from microcred.rules import RULES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["page", "policy", "setup"]

ROOT: Final = Path(__file__).resolve().parents[1]
TEMPLATES: Final = Path(__file__).parent / "check"
BUNDLE: Final = ROOT / "build" / "bundle"
EXAMPLES: Final = (("worked", "Worked examples"), ("counter", "Documents with faults, and mended"))
STEMS: Final = ("offer", "draft", "award", "repaired")  # of the files that people can open
PAGE: Final = "check"
EARLY: Final = ("worker.mjs.packed", "pyodide.asm.wasm.packed")  # what the page itself fetches

# "blob:" starts the worker, which thereby takes over this policy; a worker that is loaded by its
# address would not be bound by it.
POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'"
)
_INLINE: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_START: Final = '<head><meta charset="utf-8">'
# Firefox would fetch the neighbours of a page in advance, which the policy refuses aloud.
_NEIGHBOUR: Final = re.compile(r'<link rel="(?:next|prev)"[^>]*>')


class CheckPage(SphinxDirective):
    """The tool that checks drafts in the browser."""

    def run(self) -> list[nodes.Node]:
        """Return the tool as HTML."""
        # The one that is never there has the page drawn anew in each build.
        depend_on_checks(self.env, *TEMPLATES.glob("*"), *_bundle(), BUNDLE / "absent")
        return [nodes.raw("", page(), format="html")]


def page() -> str:
    """Return the tool as HTML."""
    template = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    ).get_template("page.html")
    return template.render(_facts())


def _bundle() -> list[Path]:
    return sorted(BUNDLE.glob("*/manifest.json"))[:1]


def _facts() -> dict[str, object]:
    manifest: dict[str, str] = next((json.loads(path.read_text("utf-8")) for path in _bundle()), {})
    build = manifest.get("id", "")
    return {
        "checker": f"_static/checker-{build}/" if build else "",
        "version": manifest.get("microcred", ""),
        "build": build,
        "most": MAX_BYTES + 1,  # of a larger file, enough for the checker to say that it is
        "formats": ", ".join(
            dict.fromkeys(format.words for format in FORMATS.values() if format.reader)
        ),
        "profiles": [profile(id) for id in profile_ids()],
        "base": BASE,
        "examples": [(label, list(_examples(folder))) for folder, label in EXAMPLES],
        "rules": [
            rulebook.entry(RULES[id]) | {"url": f"reference/rules.html#{id.lower()}"}
            for id in sorted(RULES, key=rulebook.order)
        ],
    }


def _examples(folder: str) -> Iterator[dict[str, str]]:
    listed, _ = load((ROOT / "examples" / folder / "index.yaml").read_bytes())
    assert isinstance(listed, list)  # noqa: S101 - a file of ours, with tests of its own
    for example in listed:
        where = ROOT / "examples" / folder / example["folder"]
        stems = [stem for stem in STEMS if (where / f"{stem}.yaml").is_file()]
        for stem in stems:
            key = example["folder"].partition("-")[0]
            yield {
                "key": key if stem == stems[0] else f"{key}-{stem}",
                "file": (where / f"{stem}.yaml").relative_to(ROOT).as_posix(),
                "title": f"{example['title']} ({stem})",
            }


def _page_context(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, object], doctree: object
) -> None:
    if pagename == PAGE:
        app.add_css_file("check/check.css")
        app.add_js_file("check/page.mjs", type="module")


def _publish(app: Sphinx, exception: Exception | None) -> None:
    """Put the checker and the examples beside the page, and the policy into it."""
    if exception is not None or app.builder.format != "html":
        return
    if PAGE not in app.env.found_docs:
        return  # a site without the page, such as one that a test builds
    site = Path(app.outdir)
    for old in (site / "_static").glob("checker-*"):
        shutil.rmtree(old)
    for found in _bundle():
        shutil.copytree(found.parent, site / "_static" / f"checker-{found.parent.name}")
    for example in ROOT.glob("examples/*/**/*.yaml"):
        if example.stem in STEMS:
            copy = site / example.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(example, copy)
    # Whoever copies the site sets here with which profile its page begins.
    (site / f"{PAGE}-settings.json").write_text(json.dumps({"profile": BASE}) + "\n", "utf-8")
    path = site / f"{PAGE}.html"
    path.write_text(_bound(path.read_text(encoding="utf-8")), encoding="utf-8")
    for checker in (site / "_static").glob("checker-*"):
        offline.write(site, checker)


def _bound(text: str) -> str:
    if "Content-Security-Policy" in text:
        return text  # written by an earlier build, and not again by this one
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(text)}">'
    assert text.count(_START) == 1, "furo begins its pages in another way: look where its head is"  # noqa: S101
    head = f"{_START}{meta}{''.join(_early(text))}"
    return _NEIGHBOUR.sub("", text.replace(_START, head))


def _early(text: str) -> Iterator[str]:
    """Yield what has a browser start the checker before it has read the page."""
    for home in re.findall(r'data-checker="([^"]+)"', text):
        for name in EARLY:
            yield f'<link rel="preload" as="fetch" crossorigin href="{home}{name}">'
        yield '<script type="module" async src="_static/check/start.mjs"></script>'


def policy(text: str) -> str:
    """Return the policy of a page: only its own scripts run, and only its own site is asked."""
    hashes = (
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in dict.fromkeys(_INLINE.findall(text))
    )
    return POLICY.format(scripts="".join(f" 'sha256-{value}'" for value in hashes))


def setup(app: Sphinx) -> dict[str, object]:
    """Register the directive, and connect to Sphinx."""
    app.add_directive("check-page", CheckPage)
    app.connect("html-page-context", _page_context)
    # After furo, which writes one of its style sheets when the build is finished.
    app.connect("build-finished", _publish, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
