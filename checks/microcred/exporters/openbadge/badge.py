"""A whole badge, not yet signed, or the achievement that it will certify."""

from __future__ import annotations

import json
from typing import Final

from microcred.credential import Credential
from microcred.exporters.openbadge.learner import Learner
from microcred.exporters.openbadge.writing import ADDRESS, alignment
from microcred.exporters.source import WEB, Json, Options, Source, Step
from microcred.problem import Problem
from microcred.vocabularies import vocabulary

__all__ = ["badge"]

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_IN_ITS_PLACE: Final = "every badge needs one, and the title stands in its place"


def badge(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:
    """Return an award as a badge that is not yet signed, or an offer as what it will certify.

    Raises:
        Problem: the description lacks what every badge needs.
    """
    source = Source(credential)
    for field, stated, what in (
        ("title", source.get("/title"), "a title"),
        ("bodies", source.items("/bodies"), "an awarding body"),
    ):
        if not stated:
            raise Problem(
                f"Every Open Badge needs {what}, and the description has none",
                f"Add `{field}` to the description",
            )
    written = Badge(source, options)
    document = written.award() if credential.kind == "award" else written.offer()
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n", source.steps()


class Badge(Learner):
    """All of a badge."""

    def award(self) -> Json:
        source = self._source
        if not source.get("/issued"):
            raise Problem(
                "Every Open Badge needs the date of issuing, and the description has none",
                "Add `issued` to the description, in the form 2026-06-30",
            )
        issuer, achievement = self._issuer_and_achievement()
        issued = self._parts.moment(str(source.keep("/issued", "validFrom, awardedDate")))
        stated = source.get("/id")
        id = f"urn:uuid:{self._uuid('credential')}"
        if isinstance(stated, str) and ADDRESS.fullmatch(stated):
            id = str(source.keep("/id", "id"))
        if source.get("/offer/id") == self._id:
            source.keep("/offer/id", "achievement.id")
        document: Json = {
            "@context": list(CONTEXTS),
            "id": id,
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": achievement["name"],
            "issuer": issuer,
            "validFrom": issued,
            "awardedDate": issued,
        }
        if source.get("/expires"):
            expires = str(source.keep("/expires", "validUntil"))
            document["validUntil"] = self._parts.moment(expires)
        subject: Json = {"type": ["AchievementSubject"], **self._learner()}
        if "creditsAvailable" in achievement:
            subject["creditsEarned"] = achievement["creditsAvailable"]
        results = self._results()
        if results:
            subject["result"] = results
        subject["achievement"] = self._with_criteria(achievement)
        return document | {"credentialSubject": subject}

    def offer(self) -> Json:
        source = self._source
        issuer, achievement = self._issuer_and_achievement()
        if source.get("/id") == self._id:
            source.keep("/id", "id")
        achievement["creator"] = issuer
        return {"@context": list(CONTEXTS), **self._with_criteria(achievement)}

    def _with_criteria(self, achievement: Json) -> Json:
        for pointer in list(self._source.leaves):
            if pointer.startswith("/learner/"):
                self._source.leave_out(pointer, "personal data stays out of a badge")
        lines = self._source.words(into="criteria, in words")
        named = [f"**{name}**: {rest}" for name, _, rest in (x.partition(": ") for x in lines)]
        criteria: Json = {"narrative": "\n".join(named)} if named else {}
        if WEB.fullmatch(self._page):
            criteria["id"] = self._page
        if not criteria:
            criteria = {"narrative": achievement["name"]}
            self._source.add("Criteria", _IN_ITS_PLACE)
        return achievement | {"criteria": criteria}

    def _issuer_and_achievement(self) -> tuple[Json, Json]:
        source = self._source
        order = self._ordered_bodies()
        is_award = source.credential.kind == "award"
        issuer = self._profile(order[0], ("awarding", "issuing") if is_award else ("awarding",))
        name = source.text("/title", "achievement.name")
        described = source.text("/summary", "achievement.description")
        if not described:
            source.add("Description", _IN_ITS_PLACE)
        achievement: Json = {
            "id": self._id,
            "type": ["Achievement"],
            "achievementType": "MicroCredential",
            "name": name,
            "description": described or name,
            "inLanguage": source.language,
        }
        source.keep("/language", "achievement.inLanguage")
        version = source.get("/version")
        if version is not None:
            achievement["version"] = str(source.keep("/version", "achievement.version"))
        roles = set(source.get(f"{order[0]}/roles") or ["awarding"])
        others = order[1:]
        if "awarding" not in roles and others:
            achievement["creator"] = self._profile(others[0], ("awarding",))
            others = others[1:]
        aligned = [
            *(self._aligned_body(item) for item in others if self._awards(item)),
            *self._outcomes(),
            *self._workload(achievement),
            *self._level(),
            *self._participation(),
            *self._quality(),
            *self._stacking(),
        ]
        achievement["alignment"] = aligned
        results = self._described_results()
        if results:
            achievement["resultDescription"] = results
        fields = source.items("/fields")
        if len(fields) == 1:
            entry = vocabulary("isced-f").find(str(source.get(fields[0])))
            code = source.keep(fields[0], "achievement.fieldOfStudy")
            told = f"{entry.label()} (ISCED-F {entry.code})" if entry else str(code)
            achievement["fieldOfStudy"] = told
        else:
            for item in source.order(
                "/fields", lambda one: self._entry("isced-f", one) is not None
            ):
                entry = self._entry("isced-f", item)
                if entry:
                    source.keep(item, "alignment")
                    aligned.append(alignment("ISCED-F", entry.label(), entry.uri, entry.code))
        return issuer, {key: value for key, value in achievement.items() if value not in ("", [])}
