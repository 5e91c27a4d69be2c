"""What a document is: ours or another format's, an offer or an award."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from microcred.problem import Problem
from microcred.readers.formats import COPY_IT
from microcred.readers.jws import is_envelope
from microcred.readers.text import shown
from microcred.rule import WORKSHEET

__all__ = [
    "KINDS",
    "WRITE_IT",
    "inside",
    "is_prose",
    "is_record",
    "kind_of",
    "no_fields",
    "ours",
    "translator",
]

KINDS = ("offer", "award")

# Fields that only the record of one learner has.
_AWARD_FIELDS = frozenset({"learner", "issued", "results", "grade"})

_NEAR = 0.8  # difflib's ratio from which a field counts as one of ours, misspelled
_FIELDS_LOOKED_AT = 200  # more fields than any description has


@dataclass(frozen=True, slots=True)
class _Foreign:
    """Another format; ``reader`` names the module whose ``translate`` reads it, if one does."""

    words: str
    fix: str
    fits: Callable[[Mapping[str, object]], bool]
    reader: str = ""


def kind_of(data: Mapping[str, object]) -> str:
    """Return the kind that the document states, or else the one that its fields suggest."""
    kind = data.get("kind")
    if isinstance(kind, str) and kind in (*KINDS, WORKSHEET):
        return kind
    return "award" if _AWARD_FIELDS & data.keys() else "offer"


def ours(data: object) -> dict[str, object]:
    """Return *data* if it is meant as a description of a micro-credential.

    Raises:
        Problem: it is a list or a single value, another known format, or has no field of ours.
    """
    if not isinstance(data, dict):
        raise no_fields(data)
    if "microcred" in data:
        return data
    known, _ = inside(data)
    if isinstance(known, dict) and (foreign := _foreign(known)):
        raise Problem(
            f"This is {foreign.words}, not a description in the format microcred", foreign.fix
        )
    if not any(_is_ours(key) for key in list(data)[:_FIELDS_LOOKED_AT]):
        raise _none_of_ours(data)
    return data


_WRAPPERS = ("credential", "data")


def inside(data: object, at: str = "") -> tuple[object, str]:
    """Return the credential that other software wrapped, or *data* itself, and its pointer.

    Europass wraps its credentials so, and so does any interface that tells more about one.
    """
    if isinstance(data, dict) and "microcred" not in data:
        for key in _WRAPPERS:
            found, pointer = inside(data.get(key), f"{at}/{key}")
            if _is_one(found):
                return found, pointer
    return data, at


def _is_one(data: object) -> bool:
    """Tell whether *data* is meant as a credential of another format."""
    stated = isinstance(data, dict) and {"@context", "credentialSubject"} & data.keys()
    return bool(stated or is_envelope(data) or is_record(data) or translator(data))


def is_record(data: object) -> bool:
    """Tell whether *data* is a learner record (CLR), which holds several credentials."""
    return isinstance(data, dict) and "microcred" not in data and _is_record(data)


def translator(data: object) -> str:
    """Return the module that translates *data* from another format; empty if there is none."""
    if isinstance(data, list):  # the expanded form of JSON-LD
        found = any(isinstance(item, dict) and _is_europass(item) for item in data[:20])
        return _EUROPASS if found else ""
    if not isinstance(data, dict) or "microcred" in data:
        return ""
    foreign = _foreign(data)
    return foreign.reader if foreign else ""


def _foreign(data: Mapping[str, object]) -> _Foreign | None:
    return next((foreign for foreign in _FOREIGN if foreign.fits(data)), None)


@cache
def _fields() -> frozenset[str]:
    schema = files("microcred") / "schemas" / "credential-1.schema.json"
    properties = json.loads(schema.read_text("utf-8"))["properties"]
    return frozenset(properties) - {"$schema"}


def is_prose(text: str) -> bool:
    """Tell whether no line of a text begins with one of our fields, nor the first with any."""
    ours = rf"^[^\w\n]*(?:{'|'.join(_fields())})[\"']?\s*:"
    any_first = r"\A(?:[ \t]*(?:#.*)?\n|---\n)*[ \t]*[\"']?[\w-]+[\"']?:"
    return re.search(f"{ours}|{any_first}", text, re.MULTILINE) is None


def _is_ours(key: str) -> bool:
    fields = _fields()
    if key in fields:
        return True
    word = key[:40].strip().lower()
    return bool(difflib.get_close_matches(word, fields, n=1, cutoff=_NEAR))


def no_fields(data: object) -> Problem:
    """Return the problem of a file that holds a list or a single value."""
    fix = "Write each field on a line of its own with its name before it, such as title: Welding"
    if isinstance(data, list):
        if len(data) == 1 and isinstance(data[0], dict):
            return Problem(
                "The file holds a list with one description in it, not the description itself",
                "Take the description out of the list",
            )
        if data and all(isinstance(item, dict) for item in data):
            return Problem(
                f"The file holds a list of {len(data)} descriptions, not one",
                "Put each description in a file of its own",
            )
        found = "a list"
    elif data is None:
        found = "nothing but an empty value"
    elif isinstance(data, str):
        found = f"only a text, “{shown(data)}”"
        fix += f". For office software, {COPY_IT[0].lower()}{COPY_IT[1:]}"
    else:
        found = f"only the value {shown(json.dumps(data))}"
    return Problem(f"The file holds {found}, and no fields", fix)


def _none_of_ours(data: Mapping[str, object]) -> Problem:
    fix = "Name the file of a description; the command “microcred new offer” writes an empty one"
    if not data:
        return Problem("The document has no fields", fix)
    names = ", ".join(f"“{shown(key)[:30]}”" for key in list(data)[:3])
    more = ", …" if len(data) > 3 else ""
    return Problem(
        "This is not a description of a micro-credential: none of its top-level fields "
        f"({names}{more}) belongs to the format",
        fix,
    )


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    values = list(value.values()) if isinstance(value, dict) else values
    return [text for text in values[:20] if isinstance(text, str)]


def _names(data: Mapping[str, object], *parts: str) -> bool:
    """Tell whether a context or type of the document has one of *parts* in it."""
    stated = _texts(data.get("@context")) + _texts(data.get("type")) + _texts(data.get("@type"))
    return any(part in text for text in stated for part in parts)


def _holds(data: Mapping[str, object], *parts: str) -> bool:
    """Tell whether the document, or an object of its graph, has such a name."""
    graph = data.get("@graph")
    nodes = [one for one in graph[:20] if isinstance(one, dict)] if isinstance(graph, list) else []
    return any(_names(node, *parts) for node in (data, *nodes))


def _is_europass(data: Mapping[str, object]) -> bool:
    return _holds(data, "data.europa.eu/snb", "EuropeanDigital", "LearningOpportunity")


def _is_record(data: Mapping[str, object]) -> bool:
    return _holds(data, "purl.imsglobal.org/spec/clr", "ClrCredential")


def _is_version_3(data: Mapping[str, object]) -> bool:
    return _holds(
        data, "purl.imsglobal.org/spec/ob", "OpenBadgeCredential", "AchievementCredential"
    )


def _is_version_2(data: Mapping[str, object]) -> bool:
    """Tell whether it is a badge of version 2, or of version 1, which named no context."""
    return _holds(data, "w3id.org/openbadges/v2", "w3id.org/openbadges/v1") or (
        {"recipient", "badge"} <= data.keys() and bool({"issuedOn", "verify"} & data.keys())
    )


def _is_presentation(data: Mapping[str, object]) -> bool:
    return _names(data, "VerifiablePresentation", "EuropeanDigitalPresentation")


_EUROPASS = "microcred.readers.elm"

WRITE_IT = "Write its content as a description; the command “microcred new award” shows every field"

# The order matters: each of these may also be a verifiable credential.
_FOREIGN = (
    _Foreign(
        "a presentation, an envelope around credentials that somebody shows",
        "Take the credential out of it, and name the file of the credential",
        _is_presentation,
    ),
    _Foreign(
        "a programme that takes in micro-credentials",
        "Give it together with its parts, and ask whether they add up: on the check page below the "
        "table of files, on the command line with `microcred stack PART… --into FILE`",
        lambda data: "programme" in data and "owner" in data,
    ),
    _Foreign(
        "a profile, the rules of a country or a framework",
        "Look at it with `microcred profile check`, and check a description with it: "
        "`microcred check FILE --profile PROFILE`",
        lambda data: {"asOf", "authority", "instrument"} <= data.keys(),
    ),
    _Foreign(
        "a Europass credential (European Learning Model)",
        WRITE_IT,
        _is_europass,
        _EUROPASS,
    ),
    _Foreign("a Comprehensive Learner Record", WRITE_IT, _is_record),
    _Foreign(
        "an endorsement, which says what somebody thinks of another’s credential or issuer",
        "Name the file of the credential that is endorsed",
        lambda data: _names(data, "EndorsementCredential"),
    ),
    _Foreign(
        "an Open Badge (version 3)",
        WRITE_IT,
        _is_version_3,
        "microcred.readers.openbadge",
    ),
    _Foreign(
        "an Open Badge (version 2)",
        WRITE_IT,
        _is_version_2,
        "microcred.readers.openbadge.version2",
    ),
    _Foreign(
        "a verifiable credential that is neither a Europass credential nor an Open Badge",
        WRITE_IT,
        lambda data: (
            _names(data, "VerifiableCredential") or {"@context", "credentialSubject"} <= data.keys()
        ),
    ),
    _Foreign(
        "a description for search engines (schema.org)",
        "Write its content as a description; the command “microcred new offer” shows every field",
        lambda data: _names(data, "schema.org"),
    ),
    _Foreign(
        "a JSON Schema",
        "Name the file of a description, not of the schema that it follows",
        lambda data: any("json-schema.org" in text for text in _texts(data.get("$schema"))),
    ),
    _Foreign(
        "a description of a web interface (OpenAPI)",
        "Name the file of a description of a micro-credential",
        lambda data: "paths" in data and ("openapi" in data or "swagger" in data),
    ),
    _Foreign(
        "a list of software packages (package.json)",
        "Name the file of a description of a micro-credential",
        lambda data: (
            "name" in data
            and any(key in data for key in ("dependencies", "devDependencies", "scripts"))
        ),
    ),
)
