"""Open Badges 3.0 with core fields only: what they can't hold goes into typed alignments.

An alignment is typed by a word of ours and, where there is one, the address of the European list;
everything else stands in the criteria in words. No field is written that no context defines.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import uuid
from typing import Any, Final

from microcred.credential import Credential
from microcred.exporters.elm_parts import Parts
from microcred.exporters.source import Options, Source, Step
from microcred.problem import Problem
from microcred.quantities import as_number
from microcred.vocabularies import Entry, vocabulary

__all__ = ["badge"]

Json = dict[str, Any]

CONTEXTS: Final = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
_ADDRESS: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_NAME: Final = re.compile(r"[A-Za-z][\w.-]{0,30}")


def badge(credential: Credential, options: Options) -> tuple[str, tuple[Step, ...]]:
    """Return an award as a badge that is not yet signed, or an offer as what it will certify.

    Raises:
        Problem: the description lacks what every badge needs.
    """
    source = Source(credential)
    for pointer, what in (("/title", "a title"), ("/bodies", "an awarding body")):
        if not source.get(pointer):
            raise Problem(
                f"Every Open Badge needs {what}, and the description has none",
                f"Add `{pointer[1:]}` to the description",
            )
    written = _Badge(source, options)
    document = written.award() if credential.kind == "award" else written.offer()
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n", source.steps()


class _Badge:
    def __init__(self, source: Source, options: Options) -> None:
        self._source, self._options = source, options
        self._parts = Parts(source)
        offer = source.get("/offer/id") if source.credential.kind == "award" else source.get("/id")
        named = isinstance(offer, str) and _ADDRESS.fullmatch(offer)
        self._id = str(offer) if named else f"urn:uuid:{self._uuid('achievement')}"
        page = source.get("/information/homepage")
        web = isinstance(page, str) and _WEB.fullmatch(page)
        # Alignments have to have an address: a place on the page of the micro-credential.
        self._page = str(page) if web else self._id

    def _uuid(self, part: str) -> uuid.UUID:
        whole = json.dumps(self._source.data, sort_keys=True, default=str)
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{part} {whole}")

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
        if isinstance(stated, str) and _ADDRESS.fullmatch(stated):
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
        narrative = "\n".join(named) or "See the description of the micro-credential."
        criteria: Json = {"narrative": narrative}
        if _WEB.fullmatch(self._page):
            criteria["id"] = self._page
        return achievement | {"criteria": criteria}

    def _issuer_and_achievement(self) -> tuple[Json, Json]:
        source = self._source
        order = self._ordered_bodies()
        is_award = source.credential.kind == "award"
        issuer = self._profile(order[0], ("awarding", "issuing") if is_award else ("awarding",))
        name = source.text("/title", "achievement.name")
        described = source.text("/summary", "achievement.description")
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
        alignment = [
            *(self._aligned_body(item) for item in others if self._awards(item)),
            *self._outcomes(),
            *self._workload(achievement),
            *self._level(),
            *self._participation(),
            *self._quality(),
            *self._stacking(),
        ]
        achievement["alignment"] = alignment
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
                    alignment.append(_alignment("ISCED-F", entry.label(), entry.uri, entry.code))
        return issuer, {key: value for key, value in achievement.items() if value not in ("", [])}

    def _entry(self, listed: str, pointer: str) -> Entry | None:
        value = self._source.get(pointer)
        if value is None or isinstance(value, (list, dict, bool)):
            return None
        return vocabulary(listed).find(str(value))

    def _anchor(self, name: str) -> str:
        return f"{self._page.partition('#')[0]}#{re.sub(r'[^A-Za-z0-9._-]+', '-', name)[:40]}"

    # Organisations

    def _awards(self, item: str) -> bool:
        return "awarding" in (self._source.get(f"{item}/roles") or ())

    def _ordered_bodies(self) -> list[str]:
        """Return the bodies as they will be read: the issuer, then the awarding ones."""
        source = self._source
        items = source.items("/bodies")
        issuing = [item for item in items if "issuing" in (source.get(f"{item}/roles") or ())]
        awarding = [item for item in items if self._awards(item)] or items[:1]
        first = next((item for item in issuing if item in awarding), (issuing or awarding)[0])
        if source.credential.kind != "award":  # nobody issues yet: who awards, creates
            first = awarding[0]
        order = list(dict.fromkeys([first, *awarding, *items]))
        for position, item in enumerate(order):
            source.numbers[item] = f"/bodies/{position}"
        return order

    def _profile(self, item: str, roles: tuple[str, ...]) -> Json:
        source = self._source
        page = source.get(f"{item}/website")
        web = isinstance(page, str) and _WEB.fullmatch(page)
        name = source.text(f"{item}/name", "issuer.name")
        profile: Json = {
            "id": str(page) if web else f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
            "type": ["Profile"],
            "name": name,
        }
        if web:
            profile["url"] = source.keep(f"{item}/website", "issuer.url")
        country = self._entry("countries", f"{item}/country")
        address: Json = {"type": ["Address"]}
        if country:
            source.keep(f"{item}/country", "issuer.address")
            address |= {"addressCountry": country.label(), "addressCountryCode": country.code}
        region = source.keep(f"{item}/region", "issuer.address.addressRegion")
        if region:
            address["addressRegion"] = str(region)
        place = source.text(f"{item}/place", "issuer.address.addressLocality")
        if place:
            address["addressLocality"] = place
        if len(address) > 1:
            profile["address"] = address
        for number in source.items(f"{item}/identifiers"):
            scheme = re.sub(r"[^A-Za-z0-9_.-]+", "-", str(source.get(f"{number}/scheme") or "id"))
            if scheme.replace("-", " ") == source.get(f"{number}/scheme"):
                source.keep(f"{number}/scheme", "issuer.otherIdentifier")
            profile.setdefault("otherIdentifier", []).append(
                {
                    "type": "IdentifierEntry",
                    "identifier": str(source.keep(f"{number}/value", "issuer.otherIdentifier")),
                    "identifierType": f"ext:{scheme}",
                }
            )
        self._tick_roles(item, roles)
        self._tick_country(item)
        return profile

    def _aligned_body(self, item: str) -> Json:
        source = self._source
        name = source.text(f"{item}/name", "alignment")
        page = source.get(f"{item}/website")
        web = isinstance(page, str) and _WEB.fullmatch(page)
        if web:
            source.keep(f"{item}/website", "alignment")
        country = self._entry("countries", f"{item}/country")
        if country:
            source.keep(f"{item}/country", "alignment")
        self._tick_roles(item, ("awarding",))
        self._tick_country(item)
        address = str(page) if web else self._anchor(name)
        return _alignment("AwardingBody", name, address, country.code if country else "")

    def _tick_roles(self, item: str, known: tuple[str, ...]) -> None:
        for role in self._source.items(f"{item}/roles"):
            if self._source.get(role) in known:
                self._source.keep(role, "issuer")

    def _tick_country(self, item: str) -> None:
        """Tick off the countries and regions that the awarding bodies already state."""
        if not self._awards(item) and len(self._source.items("/bodies")) > 1:
            return
        for listed, name in (("/countries", "country"), ("/regions", "region")):
            for one in self._source.items(listed):
                if self._source.get(one) == self._source.get(f"{item}/{name}"):
                    self._source.keep(one, "issuer.address")

    # The achievement

    def _outcomes(self) -> list[Json]:
        source, found = self._source, []
        for item in source.items("/outcomes"):
            short = source.get(f"{item}/id")
            statement = source.text(f"{item}/statement", "alignment")
            code = str(source.keep(f"{item}/id", "alignment.targetCode")) if short else ""
            kind = self._entry("skill-types", f"{item}/type")
            if kind:
                source.keep(f"{item}/type", "alignment.targetFramework")
            one = _alignment("LearningOutcome", statement, self._anchor(code or "outcome"), code)
            if kind:
                one["targetFramework"] = kind.label()
            found.append(one)
            for skill in source.order(f"{item}/skills", lambda one: _is_esco(source.get(one))):
                if _is_esco(source.get(skill)):
                    uri = str(source.keep(skill, "alignment"))
                    found.append(
                        _alignment("ESCO", "ESCO skill", uri) | {"targetFramework": "ESCO"}
                    )
        return found

    def _workload(self, achievement: Json) -> list[Json]:
        source, found = self._source, []
        hours = as_number(source.get("/workload/hours"))
        duration = f"PT{int(hours)}H" if hours and hours > 0 and hours == int(hours) else ""

        def is_ects(item: str) -> bool:
            entry = self._entry("credit-systems", f"{item}/system")
            points = as_number(source.get(f"{item}/points"))
            return bool(entry and entry.code == "ECTS" and points is not None and points >= 0)

        for item in source.order("/workload/credits", is_ects):
            if not is_ects(item) or "creditsAvailable" in achievement:
                continue
            entry = self._entry("credit-systems", f"{item}/system")
            points = as_number(source.get(f"{item}/points"))
            source.keep(f"{item}/system", "alignment")
            source.keep(f"{item}/points", "creditsAvailable, alignment")
            achievement["creditsAvailable"] = points
            number = f"{points:g}"
            one = _alignment("ECTS", f"{number} ECTS credits", entry.uri if entry else "", number)
            one["targetFramework"] = "European Credit Transfer and Accumulation System"
            if duration:
                source.keep("/workload/hours", "alignment.targetDescription")
                one["targetDescription"] = duration
            found.append(one)
        if duration and not found:
            source.keep("/workload/hours", "alignment.targetDescription")
            one = _alignment("Workload", f"{duration[2:-1]} hours", self._anchor("workload"))
            found.append(one | {"targetDescription": duration})
        return found

    def _level(self) -> list[Json]:
        source, found = self._source, []
        eqf = self._entry("eqf-levels", "/level/eqf")
        if eqf:
            source.keep("/level/eqf", "alignment")
            one = _alignment("EQF", f"EQF level {eqf.code}", eqf.uri, eqf.code)
            found.append(one | {"targetFramework": "European Qualifications Framework"})
        cycle = self._entry("cycles", "/level/cycle")
        if cycle:
            source.keep("/level/cycle", "alignment")
            one = _alignment("QF-EHEA", cycle.label(), self._anchor("cycle"), cycle.code)
            framework = "Framework of qualifications of the European Higher Education Area"
            found.append(one | {"targetFramework": framework})
        for item in source.items("/level/national"):
            framework = str(source.keep(f"{item}/framework", "alignment") or "National framework")
            level = str(source.keep(f"{item}/level", "alignment") or "")
            register = source.get(f"{item}/register")
            web = isinstance(register, str) and _WEB.fullmatch(register)
            if web:
                source.keep(f"{item}/register", "alignment")
            address = str(register) if web else self._anchor("level")
            one = _alignment("NQF", f"{framework} level {level}", address, level)
            found.append(one | {"targetFramework": framework})
        return found

    def _participation(self) -> list[Json]:
        found = []
        for pointer, listed, kind in (
            ("/participation/mode", "modes", "LearningMode"),
            ("/participation/setting", "settings", "LearningSetting"),
        ):
            entry = self._entry(listed, pointer)
            if entry:
                self._source.keep(pointer, "alignment")
                address = entry.uri or self._anchor(entry.code)
                found.append(_alignment(kind, entry.label(), address))
        activities = "/participation/activities"
        for item in self._source.order(
            activities, lambda one: self._entry("activity-types", one) is not None
        ):
            entry = self._entry("activity-types", item)
            if entry:
                self._source.keep(item, "alignment")
                found.append(_alignment("LearningActivity", entry.label(), entry.uri))
        return found

    def _quality(self) -> list[Json]:
        source, found = self._source, []

        def external(item: str) -> bool:
            entry = self._entry("accreditation-types", f"{item}/type")
            return source.get(f"{item}/kind") == "external" and bool(entry and entry.uri)

        for item in source.order("/quality", external):
            entry = self._entry("accreditation-types", f"{item}/type")
            if not external(item) or entry is None:
                continue
            evidence = source.get(f"{item}/evidence")
            web = isinstance(evidence, str) and _WEB.fullmatch(evidence)
            source.keep(f"{item}/kind", "alignment")
            source.keep(f"{item}/type", "alignment.targetCode")
            body = source.text(f"{item}/body", "alignment.targetName")
            if web:
                source.keep(f"{item}/evidence", "alignment.targetUrl")
            address = str(evidence) if web else entry.uri
            one = _alignment("QualityAssurance", body or entry.label(), address, entry.code)
            system = self._entry("quality-systems", f"{item}/system")
            if system:
                one["targetFramework"] = str(source.keep(f"{item}/system", "alignment"))
            statement = source.text(f"{item}/statement", "alignment.targetDescription")
            if statement:
                one["targetDescription"] = statement
            found.append(one)
        return found

    def _stacking(self) -> list[Json]:
        source, found = self._source, []
        option = source.get("/stacking/option")
        for item in source.items("/stacking/targets"):
            title = source.text(f"{item}/title", "alignment") or "Programme"
            agreement = source.get(f"{item}/agreement")
            web = isinstance(agreement, str) and _WEB.fullmatch(agreement)
            if web:
                source.keep(f"{item}/agreement", "alignment")
            address = str(agreement) if web else self._anchor("pathway")
            one = _alignment("StackableTowards", title, address)
            owner = source.text(f"{item}/owner", "alignment.targetFramework")
            condition = source.text(f"{item}/condition", "alignment.targetDescription")
            one |= {"targetFramework": owner} if owner else {}
            one |= {"targetDescription": condition} if condition else {}
            found.append(one)
        if option == "stackable" and found:
            source.keep("/stacking/option", "alignment")
        if option == "standalone" and not found:
            source.keep("/stacking/option", "alignment")
            found.append(_alignment("StandAlone", "Stand-alone", self._anchor("stand-alone")))
        return found

    # Assessments and results

    def _result_id(self, position: int, item: str) -> str:
        short = self._source.get(f"{item}/id")
        named = isinstance(short, str) and _NAME.fullmatch(short)
        return f"{self._id}#{short if named else f'A{position + 1}'}"

    def _described_results(self) -> list[Json]:
        source, found = self._source, []
        assessments = source.items("/assessments")
        for position, item in enumerate(assessments):
            kind = self._entry("assessment-types", f"{item}/type")
            supervision = self._entry("supervision", f"{item}/supervision")
            title = source.text(f"{item}/title", "resultDescription.name")
            one: Json = {
                "id": self._result_id(position, item),
                "type": ["ResultDescription"],
                "name": title or (kind.label() if kind else f"Assessment {position + 1}"),
                "resultType": "Result",
            }
            if one["id"].endswith(f"#{source.get(f'{item}/id')}"):
                source.keep(f"{item}/id", "resultDescription.id")
            aligned = []
            if kind:
                source.keep(f"{item}/type", "resultDescription.alignment")
                address = kind.uri or self._anchor(kind.code)
                aligned.append(_alignment("AssessmentType", kind.label(), address))
            if supervision:
                source.keep(f"{item}/supervision", "resultDescription.alignment")
                aligned.append(_alignment("Supervision", supervision.label(), supervision.uri))
            if aligned:
                one["alignment"] = aligned
            found.append(one)
        if source.get("/grading") or source.get("/grade") is not None:
            found.append(self._overall())
        return found

    def _overall(self) -> Json:
        source = self._source
        one: Json = {
            "id": f"{self._id}#grade",
            "type": ["ResultDescription"],
            "name": "Grade",
            "resultType": "ext:OverallGrade",
        }
        values = [
            str(source.keep(item, "resultDescription.allowedValue"))
            for item in source.items("/grading/values")
        ]
        if values:
            one["allowedValue"] = values
        for name, key in (
            ("minimum", "valueMin"),
            ("maximum", "valueMax"),
            ("pass", "requiredValue"),
        ):
            if source.get(f"/grading/{name}") is not None:
                one[key] = str(source.keep(f"/grading/{name}", f"resultDescription.{key}"))
        return one

    def _results(self) -> list[Json]:
        source, found = self._source, []
        ids = {
            source.get(f"{item}/id"): self._result_id(position, item)
            for position, item in enumerate(source.items("/assessments"))
        }

        def has_place(item: str) -> bool:
            linked = source.get(f"{item}/assessment") in ids
            return linked and source.get(f"{item}/grade") is not None

        for item in source.order("/results", has_place):
            if not has_place(item):
                continue
            link = ids[source.get(f"{item}/assessment")]
            source.keep(f"{item}/assessment", "result.resultDescription")
            grade = str(source.keep(f"{item}/grade", "result.value"))
            found.append({"type": ["Result"], "resultDescription": link, "value": grade})
        if source.get("/grade") is not None:
            grade = str(source.keep("/grade", "result.value"))
            link = f"{self._id}#grade"
            found.append({"type": ["Result"], "resultDescription": link, "value": grade})
        return found

    # The learner

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


def _alignment(kind: str, name: str, address: str, code: str = "") -> Json:
    one: Json = {
        "type": ["Alignment"],
        "targetType": f"ext:{kind}",
        "targetName": name,
        "targetUrl": address,
    }
    return one | ({"targetCode": code} if code else {})


def _is_esco(value: object) -> bool:
    return isinstance(value, str) and value.startswith("http://data.europa.eu/esco/skill/")
