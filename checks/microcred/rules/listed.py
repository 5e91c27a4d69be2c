"""Values that should come from a list: one answer to a near miss, wherever it happens."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from microcred.rule import Verdict, cannot_tell, not_met
from microcred.vocabularies import vocabulary

__all__ = ["no_language", "unlisted"]

_CODE: Final = 3  # letters of the longest code of a language
# Words for what is of a country whose people speak other languages.
_OF_COUNTRIES = (
    "algerian american argentinian australian austrian belgian brazilian british canadian chilean "
    "colombian cypriot egyptian indian iranian iraqi israeli jordanian lebanese mexican moroccan "
    "pakistani palestinian peruvian swiss syrian tunisian venezuelan"
)
OF_COUNTRIES: Final = frozenset(_OF_COUNTRIES.split())


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


@lru_cache(maxsize=256)
def no_language(stated: str, at: str = "") -> Verdict | None:
    """Return the verdict on what is no code of a language, None on one that is.

    What follows the code, such as the script in ``sr-Latn``, is the writer's.
    """
    listed = vocabulary("languages")
    code = re.split("[-_]", stated.strip(), maxsplit=1)[0].lower()
    entry = listed.find(stated) or listed.find(code)
    if entry and code in (entry.code, entry.extra["alpha3"].lower()):
        return None
    if not entry and (code in OF_COUNTRIES or vocabulary("countries").find(stated)):
        return not_met(
            "“{language}” stands for a country, not for a language",
            at=at,
            fix="Write the code of the language that people use, such as uk for Ukrainian",
            language=stated,
        )
    # To look for something similar makes sense for words only: all codes are similar.
    near = entry.code if entry else listed.nearest(stated) if len(code) > _CODE else None
    return not_met(
        "“{language}” is no code of a language",
        at=at,
        fix="Write {near}" if entry else "Did you mean {near}?" if near else None,
        language=stated,
        near=near or "",
    )
