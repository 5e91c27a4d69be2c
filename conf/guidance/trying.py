"""“Try it”: links that open the whole example of a block on the check page.

The example travels in the part of the address after the ``#``, which no server sees.
"""

from __future__ import annotations

import zlib
from base64 import urlsafe_b64encode
from urllib.parse import urlencode

from microcred.exporters import convert
from microcred.pages.promises import Trial
from microcred.profiles import BASE, profile_ids
from microcred.readers import read

__all__ = ["address"]

PAGE = "check"


def address(trial: Trial, on: str) -> str:
    """Return where the check page opens the example of *trial*, from the root of the site.

    It is empty where the page could not say the same: where the example is no single document of
    our own format, or is compared with an offer, a list or a profile that the page doesn't have.
    """
    block = trial.block
    asked = {"on": block.option("on") or on, "profile": block.option("profile") or BASE}
    compared = block.option("offer") or block.option("register")
    if trial.example is None or compared or asked["profile"] not in profile_ids():
        return ""
    draft = convert(read(trial.example), "yaml").content
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    packed = urlsafe_b64encode(packer.compress(draft) + packer.flush()).decode().rstrip("=")
    return f"{PAGE}.html#{urlencode(asked)}&draft={packed}"
