"""Values that should come from a list: one answer to a near miss, wherever it happens."""

from __future__ import annotations

from microcred.rule import Verdict, cannot_tell, not_met
from microcred.vocabularies import vocabulary

__all__ = ["unlisted"]


def unlisted(stated: str, name: str, wrong: str, *, ask: str = "", at: str = "") -> Verdict | None:
    """Return the verdict on a value that the list *name* lacks, None on one that it has.

    A near miss is *not met*, with the value that was meant. So is any other, in the words
    ``wrong``, unless ``ask`` turns it into a question. Both quote the value as ``{stated}``.
    """
    listed = vocabulary(name)
    if listed.find(stated):
        return None
    near = listed.nearest(stated)
    if near is None and ask:
        return cannot_tell(ask, at=at, stated=stated)
    fix = "Did you mean {near}?" if near else None
    return not_met(wrong, at=at, fix=fix, stated=stated, near=near or "")
