"""The person who earned a badge."""

from __future__ import annotations

import re
from typing import Final

from microcred.readers.foreign import Node, Tree, day
from microcred.readers.openbadge.values import plain

__all__ = ["learner"]


_WORDS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")  # nationalIdentityNumber is three words


def learner(subject: Node) -> Tree:
    """Return the person who earned a badge."""
    found: Tree = {"identifiers": []}
    if subject.id:
        scheme = subject.id.partition(":")[0] if ":" in subject.id else "id"
        found["identifiers"].append(
            {"scheme": subject.found(scheme), "value": subject.found(subject.id)}
        )
    for one in subject.each("identifier"):
        kind, value = one.string("identityType"), plain(one.first("identityHash"))
        hashed = one.first("hashed")
        if hashed is not None and hashed.value is True:
            kind = f"{kind}, hashed"
        elif kind == "name":
            found["name"] = value
            continue
        elif kind == "emailAddress":
            found["email"] = value
            continue
        else:
            kind = _WORDS.sub(" ", kind.removeprefix("ext:")).lower()
        found["identifiers"].append({"scheme": one.found(kind), "value": value})
    for key in ("name", "givenName", "familyName", "email"):
        found.setdefault(key, plain(subject.first(key)))
    found["birthDate"] = day(subject.first("dateOfBirth"))
    return found
