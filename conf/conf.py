"""Settings of the site: Sphinx, MyST and the furo theme."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

CONF = Path(__file__).resolve().parent
CHECKS = CONF.parent / "checks"
sys.path[:0] = [str(CONF), str(CHECKS)]

from microcred import __version__  # noqa: E402 - the checkout's package, not an installed one

# Where the site will live. Only a known address makes a sitemap and link previews possible.
SITE_URL = os.environ.get("MICROCRED_SITE_URL", "")

project = "microcred"
author = "The microcred contributors"
version = release = __version__
language = "en"

extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinx_copybutton",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "notfound.extension",
    "accessible",
    "account",
    "audience",
    "browser",
    "casebook",
    "excerpt",
    "guidance",
    "schemas",
    "sourcelist",
    "terms",
    "worksheets",
    "wrongaddress",
]
exclude_patterns = ["_*", "**/_*"]
templates_path = ["templates"]
locale_dirs = ["../locale"]
gettext_compact = False
nitpicky = True
autodoc_typehints = "none"  # the sentences beneath a call say what it takes

# -- Pages -------------------------------------------------------------------------------------

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3

# -- Look --------------------------------------------------------------------------------------

html_theme = "furo"
html_title = "microcred"
html_short_title = "microcred"
html_favicon = "static/favicon.svg"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = [("drawers.js", {"defer": "defer"})]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_theme_options = {
    "sidebar_hide_name": True,
    "top_of_page_buttons": [],
    "light_css_variables": {
        "color-brand-primary": "#0b4a6b",
        "color-brand-content": "#0b5394",
        "color-brand-visited": "#5b3a8c",
        "color-foreground-primary": "#17212b",
        "color-foreground-secondary": "#44515e",
        "color-foreground-muted": "#5a6774",
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#f6f8fa",
        "color-background-border": "#dde3e9",
        "color-sidebar-background": "#f6f8fa",
        "color-code-background": "#f6f8fa",
        "color-code-foreground": "#17212b",
        "site-blend": "multiply",
        "site-scheme": "light",
        "site-head": "#123a52",
        "site-rule": "#d9971e",
        "site-panel": "#f3f7fa",
        "site-line": "#c9d3dc",
        "must": "#9c1c28",
        "must-tint": "#fdf1f1",
        "should": "#7a4a00",
        "should-tint": "#fdf6e8",
        "advice": "#0b4a6b",
        "advice-tint": "#eef5fa",
        "question": "#553a86",
        "question-tint": "#f5f1fb",
        "met": "#1d5f34",
        "met-tint": "#eff8f1",
    },
    "dark_css_variables": {
        "color-brand-primary": "#9fd0ee",
        "color-brand-content": "#8ec5f0",
        "color-brand-visited": "#c6b0ec",
        "color-foreground-primary": "#e7edf2",
        "color-foreground-secondary": "#b9c5cf",
        "color-foreground-muted": "#a3b0bb",
        "color-background-primary": "#12181d",
        "color-background-secondary": "#171f26",
        "color-background-border": "#2c3843",
        "color-sidebar-background": "#171f26",
        "color-code-background": "#1a232b",
        "color-code-foreground": "#e7edf2",
        "site-blend": "lighten",
        "site-scheme": "dark",
        "site-head": "#0d2433",
        "site-rule": "#e0a63a",
        "site-panel": "#18222a",
        "site-line": "#3b4954",
        "must": "#ffa8ad",
        "must-tint": "#2b191c",
        "should": "#f5c26b",
        "should-tint": "#29200f",
        "advice": "#9fd0ee",
        "advice-tint": "#15242f",
        "question": "#cdb9f2",
        "question-tint": "#221b30",
        "met": "#93d6a5",
        "met-tint": "#14261a",
    },
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

# The five destinations in the head of every page: label, page, folders that belong to it.
html_context = {
    "destinations": [
        ("Policymakers", "policymakers/index", ["policymakers/"]),
        ("Practitioners", "practitioners/index", ["practitioners/", "elements/", "principles/"]),
        ("Worksheets", "toolkit/index", ["toolkit/"]),
        ("Check a draft", "check", ["check"]),
        ("Reference", "reference/index", ["reference/"]),
    ],
    "tagline": "Guidelines, worksheets, checks",
}
copybutton_prompt_text = "$ "
copybutton_exclude = ".linenos, .gp"

# -- Address -----------------------------------------------------------------------------------

html_baseurl = SITE_URL
notfound_urls_prefix = (urlsplit(SITE_URL).path.rstrip("/") or "") + "/"
if SITE_URL:
    extensions += ["sphinx_sitemap", "sphinxext.opengraph"]
    sitemap_url_scheme = "{link}"
    sitemap_show_lastmod = False
    sitemap_excludes = ["404.html", "search.html"]
    ogp_site_url = SITE_URL
    ogp_site_name = project
    ogp_social_cards = {"enable": False}
