"""The parts of a document of the European Learning Model, each from a part of ours."""

from __future__ import annotations

import re
from typing import Any, Final

from microcred.exporters.source import Source
from microcred.problem import Problem
from microcred.vocabularies import Entry, vocabulary

__all__ = ["ROLES", "Parts"]

Json = dict[str, Any]

_NAME: Final = re.compile(r"[A-Za-z0-9._~-]+")
ROLES: Final = ("awarding", "issuing", "teaching", "assessing")
_NUMBERS: Final = {"VAT": "vatIdentifier", "tax": "taxIdentifier", "eIDAS": "eIDASIdentifier"}


class Parts:
    """What is written from one description: its organisations, outcomes, proofs and notes."""

    def __init__(self, source: Source, roles: tuple[str, ...] = ROLES) -> None:
        # Who assesses has a place only beside an assessment.
        placeless = () if source.items("/assessments") else ("assessing",)
        self._source = source
        self._roles = tuple(role for role in roles if role not in placeless)
        self._organisations: dict[str, Json] = {}

    # Small things

    def moment(self, date: str) -> str:
        """Return a date as the first second of that day.

        Raises:
            Problem: it can't be read without doubt.
        """
        from microcred.quantities import read_date

        reading = read_date(date)
        if reading is None or reading.date is None:
            raise Problem(
                f"“{date}” is no date that can be written elsewhere",
                "Write it in the form 2026-06-30",
            )
        return f"{reading.date.isoformat()}T00:00:00Z"

    def member(self, uri: str, label: str) -> Json:
        """Return a member of a list of the European Commission."""
        scheme = uri.rpartition("/")[0]
        if scheme.startswith("http://data.europa.eu/snb/"):
            scheme += "/25831c2"
        elif scheme == "http://data.europa.eu/esco/skill":
            scheme = "http://data.europa.eu/esco/concept-scheme/skills"
        return {
            "id": uri,
            "type": "Concept",
            "inScheme": {"id": scheme, "type": "ConceptScheme"},
            **({"prefLabel": {"en": label}} if label else {}),
        }

    def own(self, listed: str, name: str) -> Json:
        """Return a concept of our own, where the list is only a recommendation."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "other"
        return {
            "id": f"urn:epass:concept:{listed}-{slug}",
            "type": "Concept",
            "prefLabel": {"en": name},
        }

    def language(self, code: str) -> Json:
        """Return a language.

        Raises:
            Problem: it has no place in the list of the European Union.
        """
        entry = vocabulary("languages").find(code.partition("-")[0])
        if entry is None:
            raise Problem(f"“{code}” is no code of a language", "Write a code such as en or fr")
        return self.member(entry.uri, entry.label())

    def mail(self, address: str) -> Json:
        """Return a contact point with an e-mail address."""
        return {
            "type": "ContactPoint",
            "emailAddress": {"id": f"mailto:{address.strip()}", "type": "Mailbox"},
        }

    def listed(self, pointer: str, listed: str, into: str, *, own: bool = False) -> Json | None:
        """Return the concept that a field names, if the list has it or takes other ones."""
        value = self._source.get(pointer)
        if value in (None, "", [], {}) or isinstance(value, (list, dict)):
            return None
        entry = _entry(listed, value)
        if entry is not None and entry.uri:
            self._source.keep(pointer, into)
            return self.member(entry.uri, entry.label())
        if not own:
            return None
        self._source.keep(pointer, into)
        return self.own(listed, entry.label() if entry else str(value))

    def several(self, pointer: str, listed: str, into: str, *, own: bool = False) -> list[Json]:
        """Return the concepts that the items of a field name."""

        def has_place(item: str) -> bool:
            entry = _entry(listed, self._source.get(item))
            return own or bool(entry and entry.uri)

        items = self._source.order(pointer, has_place)
        return [found for item in items if (found := self.listed(item, listed, into, own=own))]

    def note(self, under: str) -> list[Json]:
        """Return in words what is left of a part, as notes for that part."""
        return self._note(self._source.words(under))

    def notes(self) -> list[Json]:
        """Return in words everything that has found no place at all."""
        for pointer in list(self._source.leaves):
            if pointer.startswith("/learner/"):
                self._source.leave_out(pointer, "personal data is not put into notes")
        return self._note(self._source.words())

    def _note(self, lines: list[str]) -> list[Json]:
        if not lines:
            return []
        return [{"type": "Note", "noteLiteral": {self._source.language: "\n".join(lines)}}]

    # Organisations

    def bodies(self) -> dict[str, list[Json]]:
        """Return the organisations by role.

        Raises:
            Problem: one has no country, which every organisation needs here.
        """
        source = self._source
        alone = len(source.items("/bodies")) == 1
        roles = {
            item: set(source.get(f"{item}/roles") or (["awarding"] if alone else []))
            for item in source.items("/bodies")
        }

        def rank(item: str) -> int:
            return next(
                (n for n, role in enumerate(self._roles) if role in roles[item]), len(ROLES)
            )

        # In the order in which they will be read again: awarding bodies first.
        for position, item in enumerate(sorted(roles, key=rank)):
            source.numbers[item] = f"/bodies/{position}"
        found: dict[str, list[Json]] = {role: [] for role in ROLES}
        for item in sorted(roles, key=rank):
            if rank(item) < len(ROLES):
                organisation = self._organisation(item)
                for role in self._roles:
                    if role in roles[item]:
                        found[role].append(organisation)
        self._countries(found["awarding"])
        if not found["awarding"]:
            raise Problem(
                "No body of the description has the role “awarding”",
                "Add `roles: [awarding]` to the body that awards the micro-credential",
            )
        return found

    def _organisation(self, item: str) -> Json:
        source = self._source
        name = source.texts(f"{item}/name", "legalName")
        organisation: Json = {
            "type": "Organisation",
            "legalName": name,
            "location": self._place(item, name),
        }
        short = source.get(f"{item}/id")
        if isinstance(short, str) and _NAME.fullmatch(short):
            organisation["id"] = f"urn:epass:org:{source.keep(f'{item}/id', 'id')}"
            self._organisations[short] = organisation
        kind = self.listed(f"{item}/type", "body-types", "dcType", own=True)
        if kind:
            organisation["dcType"] = kind
        self._reached(item, organisation)
        for number in source.items(f"{item}/identifiers"):
            self._number(number, organisation)
        for position in source.items(f"{item}/roles"):
            if source.get(position) in self._roles:
                source.keep(position, "the property that names the organisation")
        words = self.note(item)
        if words:
            organisation["additionalNote"] = words
        return organisation

    def _reached(self, item: str, organisation: Json) -> None:
        """Add the page of an organisation, and to the first one the address for questions."""
        source = self._source
        page = source.get(f"{item}/website")
        if isinstance(page, str) and "://" in page:
            source.keep(f"{item}/website", "homepage")
            organisation["homepage"] = {"type": "WebResource", "contentURL": page}
        contact, pointer = source.get("/information/contact"), "/information/contact"
        is_mail = isinstance(contact, str) and re.fullmatch(r"[^@\s]+@[^@\s]+\.\w+", contact)
        if is_mail and pointer not in source.moved:
            source.keep(pointer, "awardingBody.contactPoint")
            organisation["contactPoint"] = self.mail(str(contact))

    def _place(self, item: str, name: dict[str, str]) -> Json:
        """Return where an organisation is.

        Raises:
            Problem: it has no country, which every organisation needs here.
        """
        source = self._source
        country = self.listed(f"{item}/country", "countries", "location.address.countryCode")
        if country is None:
            called = next(iter(name.values()), "A body")
            raise Problem(
                f"Europass needs the country of each organisation, and “{called}” has none",
                "Add `country` to the body, as a code such as FI",
            )
        address: Json = {"type": "Address", "countryCode": country}
        place = source.texts(f"{item}/place", "location.address.fullAddress")
        if place:
            address["fullAddress"] = {"type": "Note", "noteLiteral": place}
        location: Json = {"type": "Location", "address": address}
        region = self.listed(f"{item}/region", "regions", "location.spatialCode")
        if region:
            location["spatialCode"] = region
        return location

    def _countries(self, awarding: list[Json]) -> None:
        """Tick off the countries and regions that the awarding bodies already state."""
        stated = {body["location"]["address"]["countryCode"]["id"] for body in awarding}
        regions = {body["location"].get("spatialCode", {}).get("id") for body in awarding}
        for item in self._source.items("/countries"):
            entry = _entry("countries", self._source.get(item))
            if entry and entry.uri in stated:
                self._source.keep(item, "awardingBody.location")
        for item in self._source.items("/regions"):
            entry = _entry("regions", self._source.get(item))
            if entry and entry.uri in regions:
                self._source.keep(item, "awardingBody.location.spatialCode")

    def identifier(self, pointer: str, into: str) -> Json:
        """Return a number; with a country it is one given by law."""
        source = self._source
        number: Json = {
            "type": "Identifier",
            "notation": str(source.keep(f"{pointer}/value", into)),
        }
        scheme = source.keep(f"{pointer}/scheme", into)
        if scheme:
            number["schemeName"] = str(scheme)
        country = self.listed(f"{pointer}/country", "countries", into)
        if country:
            number |= {"type": "LegalIdentifier", "spatial": country}
        return number

    def _number(self, pointer: str, organisation: Json) -> None:
        number = self.identifier(pointer, "identifier")
        key = _NUMBERS.get(str(number.get("schemeName")), "")
        legal = "spatial" in number
        if key == "eIDASIdentifier" and legal and key not in organisation:
            organisation[key] = number
        elif key and legal and key != "eIDASIdentifier":
            organisation.setdefault(key, []).append(number)
        elif legal and "registration" not in organisation:
            organisation["registration"] = number
        else:
            organisation.setdefault("identifier", []).append(number)

    # What was learned

    def outcome(self, pointer: str) -> Json:
        """Return a learning outcome."""
        source = self._source
        outcome: Json = {
            "type": "LearningOutcome",
            "title": source.texts(f"{pointer}/statement", "learningOutcome.title"),
        }
        short = source.get(f"{pointer}/id")
        if isinstance(short, str) and _NAME.fullmatch(short):
            name = source.keep(f"{pointer}/id", "learningOutcome.id")
            outcome["id"] = f"urn:epass:learningOutcome:{name}"
        kind = self.listed(f"{pointer}/type", "skill-types", "learningOutcome.dcType")
        if kind:
            outcome["dcType"] = kind
        reuse = self.listed(f"{pointer}/reuse", "reuse-levels", "learningOutcome.reusabilityLevel")
        if reuse:
            outcome["reusabilityLevel"] = reuse
        for item in source.order(f"{pointer}/skills", lambda item: _is_esco(source.get(item))):
            if _is_esco(source.get(item)):
                uri = source.keep(item, "learningOutcome.relatedESCOSkill")
                outcome.setdefault("relatedESCOSkill", []).append(self.member(uri, ""))
        words = self.note(pointer)
        if words:
            outcome["additionalNote"] = words
        return outcome

    def has_points(self, pointer: str) -> bool:
        """Tell whether credits state a system and a number of points."""
        from microcred.quantities import as_number

        source = self._source
        points = as_number(source.get(f"{pointer}/points"))
        return bool(source.get(f"{pointer}/system")) and points is not None and points >= 0

    def credit(self, pointer: str) -> Json | None:
        """Return credit points, whose number is a text here."""
        if not self.has_points(pointer):
            return None
        framework = self.listed(f"{pointer}/system", "credit-systems", "creditPoint", own=True)
        points = self._source.keep(f"{pointer}/points", "specifiedBy.creditPoint")
        return {"type": "CreditPoint", "framework": framework, "point": f"{points}"}

    def has_national(self, pointer: str) -> bool:
        """Tell whether a national level is in the list of the European Union."""
        return self._level(pointer) is not None

    def _level(self, pointer: str) -> Entry | None:
        stated = self._source.get(pointer)
        if not isinstance(stated, dict):
            return None
        frameworks = vocabulary("frameworks")
        named = key(stated.get("framework"))
        country = _entry("countries", stated.get("country"))
        for entry in vocabulary("nqf-levels"):
            if entry.extra["level"] != str(stated.get("level")).strip():
                continue
            if country and entry.extra["country"] != country.code:
                continue
            framework = frameworks.get(entry.extra["framework"])
            if framework and named in {key(name) for name in framework.names}:
                return entry
        return None

    def national(self, pointer: str) -> Json | None:
        """Return a level of a national framework."""
        entry = self._level(pointer)
        if entry is None:
            return None
        for name in ("framework", "level", "country"):
            self._source.keep(f"{pointer}/{name}", "specifiedBy.nqfLevel")
        return self.member(entry.uri, entry.label())

    def target(self, pointer: str) -> Json:
        """Return the programme that the micro-credential counts towards."""
        title = self._source.texts(f"{pointer}/title", "specifiedBy.isPartOf")
        target: Json = {
            "type": "Qualification",
            "title": title or {self._source.language: "Programme"},
        }
        words = self.note(pointer)
        if words:
            target["additionalNote"] = words
        return target

    # Assessment and quality assurance

    def proof(self, pointer: str, result: str, overall: object) -> Json:
        """Return an assessment that was passed, with its grade."""
        source = self._source
        grade = source.get(f"{result}/grade") if result else None
        proof: Json = {"type": "LearningAssessment", "title": self._titled(pointer)}
        if grade is not None:
            source.keep(f"{result}/grade", "provenBy.grade")
        elif overall is not None:
            grade = overall
        else:
            grade = "Pass"
            source.add("Grade of an assessment", "“Pass”, since Europass asks for a grade in words")
        proof["grade"] = {"type": "Note", "noteLiteral": {source.language: str(grade)}}
        if result:
            source.keep(f"{result}/assessment", "provenBy")
            if source.get(f"{result}/date"):
                date = str(source.keep(f"{result}/date", "provenBy.dateIssued"))
                proof["dateIssued"] = self.moment(date)
        supervision = self.listed(
            f"{pointer}/supervision", "supervision", "provenBy.idVerification"
        )
        if supervision:
            proof["idVerification"] = supervision
        proof["specifiedBy"] = self.specification(pointer)
        return proof

    def _titled(self, pointer: str) -> dict[str, str]:
        title = self._source.texts(f"{pointer}/title", "provenBy.title")
        kind = _entry("assessment-types", self._source.get(f"{pointer}/type"))
        named = kind.label() if kind else "Assessment"
        return title or {self._source.language: named}

    def specification(self, pointer: str) -> Json:
        """Return how an assessment works, whoever takes it."""
        source = self._source
        specification: Json = {
            "type": "LearningAssessmentSpecification",
            "title": self._titled(pointer),
        }
        short = source.get(f"{pointer}/id")
        if isinstance(short, str) and _NAME.fullmatch(short):
            name = source.keep(f"{pointer}/id", "provenBy.specifiedBy.id")
            specification["id"] = f"urn:epass:learningAssessmentSpec:{name}"
        kind = self.listed(
            f"{pointer}/type", "assessment-types", "provenBy.specifiedBy.dcType", own=True
        )
        if kind:
            specification["dcType"] = kind
        described = source.texts(f"{pointer}/description", "provenBy.specifiedBy.description")
        if described:
            specification["description"] = described
        words = self.note(pointer)
        if words:
            specification["additionalNote"] = words
        return specification

    def accreditations(self) -> list[Json]:
        """Return the external quality assurance whose agency is listed with its country."""
        items = self._source.order("/quality", lambda item: self._agency(item) is not None)
        return [found for item in items if (found := self._accreditation(item))]

    def _agency(self, pointer: str) -> Json | None:
        source = self._source
        entry = _entry("accreditation-types", source.get(f"{pointer}/type"))
        if source.get(f"{pointer}/kind") != "external" or entry is None or not entry.uri:
            return None
        named = source.get(f"{pointer}/body")
        for item in source.items("/bodies"):
            if named in (source.get(f"{item}/id"), source.get(f"{item}/name")) and named:
                country = _entry("countries", source.get(f"{item}/country"))
                if country:
                    return self._agent(item, country)
        return None

    def _agent(self, item: str, country: Entry) -> Json:
        name = self._source.get(f"{item}/name")
        return {
            "type": "Organisation",
            "legalName": name if isinstance(name, dict) else {self._source.language: str(name)},
            "location": {
                "type": "Location",
                "address": {
                    "type": "Address",
                    "countryCode": self.member(country.uri, country.label()),
                },
            },
        }

    def _accreditation(self, pointer: str) -> Json | None:
        source, agent = self._source, self._agency(pointer)
        if agent is None:
            return None
        kind = self.listed(f"{pointer}/type", "accreditation-types", "accreditation.dcType")
        if kind is None:
            return None
        source.keep(f"{pointer}/kind", "accreditation")
        source.keep(f"{pointer}/body", "accreditation.accreditingAgent")
        found: Json = {
            "type": "Accreditation",
            "title": {"en": kind["prefLabel"]["en"]},
            "dcType": kind,
            "accreditingAgent": agent,
        }
        subject = self._organisations.get(str(source.get(f"{pointer}/of")))
        if subject:
            source.keep(f"{pointer}/of", "accreditation.organisation")
            found["organisation"] = subject
        for name, key_of in (("from", "dateIssued"), ("until", "expiryDate")):
            if source.get(f"{pointer}/{name}"):
                date = str(source.keep(f"{pointer}/{name}", f"accreditation.{key_of}"))
                found[key_of] = self.moment(date)
        evidence = source.get(f"{pointer}/evidence")
        if isinstance(evidence, str) and "://" in evidence:
            source.keep(f"{pointer}/evidence", "accreditation.report")
            found["report"] = {"type": "WebResource", "contentURL": evidence}
        statement = source.texts(f"{pointer}/statement", "accreditation.description")
        if statement:
            found["description"] = statement
        return found


def key(text: object) -> str:
    """Return a name as it is compared."""
    return str(text).strip().casefold()


def _entry(listed: str, value: object) -> Entry | None:
    if value is None or isinstance(value, (bool, dict, list)):
        return None
    return vocabulary(listed).find(str(value))


def _is_esco(value: object) -> bool:
    return isinstance(value, str) and value.startswith("http://data.europa.eu/esco/skill/")
