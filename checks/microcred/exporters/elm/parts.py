"""The parts of a document of the European Learning Model, each from a part of ours."""

from __future__ import annotations

from microcred.exporters.elm.concepts import NAME, entry_of
from microcred.exporters.elm.learned import Learned
from microcred.exporters.elm.stated import is_blank
from microcred.exporters.source import Json
from microcred.vocabularies import Entry

__all__ = ["Parts"]


class Parts(Learned):
    """All parts: with those below, also assessments and accreditations."""

    def proof(self, pointer: str, result: str) -> Json:
        """Return an assessment with the grade that is stated for it, or for the whole."""
        source = self._source
        grade = source.get(f"{result}/grade") if result else None
        proof: Json = {"type": "LearningAssessment", "title": self._titled(pointer)}
        if is_blank(grade):
            grade = source.get("/grade")
        else:
            source.keep(f"{result}/grade", "provenBy.grade")
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
        kind = entry_of("assessment-types", self._source.get(f"{pointer}/type"))
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
        if isinstance(short, str) and NAME.fullmatch(short):
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
        entry = entry_of("accreditation-types", source.get(f"{pointer}/type"))
        if source.get(f"{pointer}/kind") != "external" or entry is None or not entry.uri:
            return None
        named = source.get(f"{pointer}/body")
        for item in source.items("/bodies"):
            if named in (source.get(f"{item}/id"), source.get(f"{item}/name")) and named:
                country = entry_of("countries", source.get(f"{item}/country"))
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
