"""Claims of a token that stand for fields of the credential in it.

Before version 2 of the data model, issuers could move these fields out of the credential.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

__all__ = ["lifted"]

_MOVED: Final = {
    "id": "jti",
    "issuer": "iss",
    "issuanceDate": "nbf",
    "expirationDate": "exp",
}


def lifted(token: dict[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """Return the credential in a token with what the claims say of it.

    The second value leads from the pointer of each field that was put back, from the credential
    on, to the pointer of its claim, from the token on.
    """
    credential = token["vc"]
    if not isinstance(credential, dict):
        return token, {}
    found: dict[str, Any] = dict(credential)
    moved: dict[str, str] = {}
    for field, claim in _MOVED.items():
        value = _as_date(token.get(claim)) if claim in ("nbf", "exp") else token.get(claim)
        stated = field in found or (field == "issuanceDate" and "validFrom" in found)
        if isinstance(value, str) and not stated:
            found[field] = value
            moved[f"/{field}"] = f"/{claim}"
    subject = found.get("credentialSubject")
    learner = token.get("sub")
    if isinstance(subject, dict) and "id" not in subject and isinstance(learner, str):
        found["credentialSubject"] = {**subject, "id": learner}
        moved["/credentialSubject/id"] = "/sub"
    return found, moved


def _as_date(seconds: object) -> str | None:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    try:
        return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):
        return None
