"""What was learned: outcomes, credits, levels and what they count towards."""

from __future__ import annotations

from microcred.exporters.elm.concepts import NAME, entry_of, is_esco, key
from microcred.exporters.elm.organisations import Organisations
from microcred.exporters.source import Json
from microcred.vocabularies import Entry, vocabulary

__all__ = ["Learned"]


class Learned(Organisations):
    """Outcomes, credits, national levels and targets."""

    def outcome(self, pointer: str) -> Json:
        """Return a learning outcome."""
        source = self._source
        outcome: Json = {
            "type": "LearningOutcome",
            "title": source.texts(f"{pointer}/statement", "learningOutcome.title"),
        }
        short = source.get(f"{pointer}/id")
        if isinstance(short, str) and NAME.fullmatch(short):
            name = source.keep(f"{pointer}/id", "learningOutcome.id")
            outcome["id"] = f"urn:epass:learningOutcome:{name}"
        kind = self.listed(f"{pointer}/type", "skill-types", "learningOutcome.dcType")
        if kind:
            outcome["dcType"] = kind
        reuse = self.listed(f"{pointer}/reuse", "reuse-levels", "learningOutcome.reusabilityLevel")
        if reuse:
            outcome["reusabilityLevel"] = reuse
        for item in source.order(f"{pointer}/skills", lambda item: is_esco(source.get(item))):
            if is_esco(source.get(item)):
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
        return {"type": "CreditPoint", "framework": framework, "point": _points(points)}

    def has_national(self, pointer: str) -> bool:
        """Tell whether a national level is in the list of the European Union."""
        return self._level(pointer) is not None

    def _level(self, pointer: str) -> Entry | None:
        stated = self._source.get(pointer)
        if not isinstance(stated, dict):
            return None
        frameworks = vocabulary("frameworks")
        named = key(stated.get("framework"))
        country = entry_of("countries", stated.get("country"))
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


def _points(stated: object) -> str:
    """Return a number of points as the model writes it: “1,5 ECTS” as 1.5."""
    from microcred.quantities import as_number, is_plain_number

    if is_plain_number(stated):
        return str(stated).strip()
    number = as_number(stated)
    return str(int(number) if number is not None and number == int(number) else number)
