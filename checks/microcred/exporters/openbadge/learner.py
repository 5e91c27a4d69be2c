"""Whom a badge is for: by default nothing that others could read."""

from __future__ import annotations

import hashlib
import secrets

from microcred.exporters.openbadge.results import Results
from microcred.exporters.source import Json
from microcred.problem import Problem

__all__ = ["Learner"]


class Learner(Results):
    """The learner, by a hash."""

    def _learner(self) -> Json:
        """Return whom the badge is for: by default nothing that others could read."""
        source, options = self._source, self._options
        identifiers = []
        told = ""
        if options.with_name:
            told = source.text("/learner/name", "credentialSubject.identifier")
        if told:
            identifiers.append(
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": told,
                    "identityType": "name",
                }
            )
        mail = source.get("/learner/email")
        first = source.get("/learner/identifiers/0/value")
        name = source.get("/learner/name")
        if isinstance(mail, str) and mail:
            why = "hashed with a salt in credentialSubject.identifier"
            source.leave_out("/learner/email", why)
            identifiers.append(self._hashed("emailAddress", mail.strip().lower()))
        elif isinstance(first, str) and first.startswith("did:"):
            return {"id": source.keep("/learner/identifiers/0", "credentialSubject.id")}
        elif first is not None:
            why = "hashed with a salt in credentialSubject.identifier"
            source.leave_out("/learner/identifiers/0/value", why)
            identifiers.append(self._hashed("identifier", str(first)))
        elif not identifiers:
            names = (source.get("/learner/givenName"), source.get("/learner/familyName"))
            whole = name or " ".join(str(part) for part in names if part)
            if not whole:
                raise Problem(
                    "Every Open Badge says who earned it, and the description has no learner",
                    "Add the e-mail address, a number or the name of the learner",
                )
            source.leave_out("/learner/name", "hashed with a salt in credentialSubject.identifier")
            identifiers.append(self._hashed("name", str(whole)))
        return {"identifier": identifiers}

    def _hashed(self, kind: str, value: str) -> Json:
        salt = self._options.salt or secrets.token_hex(16)
        digest = hashlib.sha256((value + salt).encode()).hexdigest()
        return {
            "type": "IdentityObject",
            "hashed": True,
            "identityHash": f"sha256${digest}",
            "identityType": kind,
            "salt": salt,
        }
