"""What Open Badges have no field for, as alignments to the European lists."""

from __future__ import annotations

from microcred.exporters.elm.concepts import is_esco
from microcred.exporters.openbadge.profiles import Profiles
from microcred.exporters.openbadge.writing import alignment
from microcred.exporters.source import Json
from microcred.quantities import as_number, hours_of

__all__ = ["Alignments"]


class Alignments(Profiles):
    """Outcomes, workload, level, participation, quality assurance and stackability."""

    def _outcomes(self) -> list[Json]:
        source, found = self._source, []
        for item in source.items("/outcomes"):
            short = source.get(f"{item}/id")
            statement = source.text(f"{item}/statement", "alignment")
            code = str(source.keep(f"{item}/id", "alignment.targetCode")) if short else ""
            kind = self._entry("skill-types", f"{item}/type")
            if kind:
                source.keep(f"{item}/type", "alignment.targetFramework")
            one = alignment("LearningOutcome", statement, self._anchor(code or "outcome"), code)
            if kind:
                one["targetFramework"] = kind.label()
            found.append(one)
            for skill in source.order(f"{item}/skills", lambda one: is_esco(source.get(one))):
                if is_esco(source.get(skill)):
                    uri = str(source.keep(skill, "alignment"))
                    found.append(alignment("ESCO", "ESCO skill", uri) | {"targetFramework": "ESCO"})
        return found

    def _workload(self, achievement: Json) -> list[Json]:
        source, found = self._source, []
        hours = hours_of(source.get("/workload/hours"))
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
            one = alignment("ECTS", f"{number} ECTS credits", entry.uri if entry else "", number)
            one["targetFramework"] = "European Credit Transfer and Accumulation System"
            if duration:
                source.keep("/workload/hours", "alignment.targetDescription")
                one["targetDescription"] = duration
            found.append(one)
        if duration and not found:
            source.keep("/workload/hours", "alignment.targetDescription")
            one = alignment("Workload", f"{duration[2:-1]} hours", self._anchor("workload"))
            found.append(one | {"targetDescription": duration})
        return found

    def _level(self) -> list[Json]:
        source, found = self._source, []
        eqf = self._entry("eqf-levels", "/level/eqf")
        if eqf:
            source.keep("/level/eqf", "alignment")
            one = alignment("EQF", f"EQF level {eqf.code}", eqf.uri, eqf.code)
            found.append(one | {"targetFramework": "European Qualifications Framework"})
        cycle = self._entry("cycles", "/level/cycle")
        if cycle:
            source.keep("/level/cycle", "alignment")
            one = alignment("QF-EHEA", cycle.label(), self._anchor("cycle"), cycle.code)
            framework = "Framework of qualifications of the European Higher Education Area"
            found.append(one | {"targetFramework": framework})
        for item in source.items("/level/national"):
            framework = str(source.keep(f"{item}/framework", "alignment") or "National framework")
            level = str(source.keep(f"{item}/level", "alignment") or "")
            address = source.page(f"{item}/register", "alignment") or self._anchor("level")
            one = alignment("NQF", f"{framework} level {level}", address, level)
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
                found.append(alignment(kind, entry.label(), address))
        activities = "/participation/activities"
        for item in self._source.order(
            activities, lambda one: self._entry("activity-types", one) is not None
        ):
            entry = self._entry("activity-types", item)
            if entry:
                self._source.keep(item, "alignment")
                found.append(alignment("LearningActivity", entry.label(), entry.uri))
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
            source.keep(f"{item}/kind", "alignment")
            source.keep(f"{item}/type", "alignment.targetCode")
            body = source.text(f"{item}/body", "alignment.targetName")
            address = source.page(f"{item}/evidence", "alignment.targetUrl") or entry.uri
            one = alignment("QualityAssurance", body or entry.label(), address, entry.code)
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
            address = source.page(f"{item}/agreement", "alignment") or self._anchor("pathway")
            one = alignment("StackableTowards", title, address)
            owner = source.text(f"{item}/owner", "alignment.targetFramework")
            condition = source.text(f"{item}/condition", "alignment.targetDescription")
            one |= {"targetFramework": owner} if owner else {}
            one |= {"targetDescription": condition} if condition else {}
            found.append(one)
        if option == "stackable" and found:
            source.keep("/stacking/option", "alignment")
        if option == "standalone" and not found:
            source.keep("/stacking/option", "alignment")
            found.append(alignment("StandAlone", "Stand-alone", self._anchor("stand-alone")))
        return found
