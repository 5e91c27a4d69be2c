"""Assessments as descriptions of results, and the results of a learner."""

from __future__ import annotations

import re
from typing import Final

from microcred.exporters.openbadge.alignments import Alignments
from microcred.exporters.openbadge.writing import alignment
from microcred.exporters.source import Json

__all__ = ["Results"]

_NAME: Final = re.compile(r"[A-Za-z][\w.-]{0,30}")


class Results(Alignments):
    """Assessments and results."""

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
                aligned.append(alignment("AssessmentType", kind.label(), address))
            if supervision:
                source.keep(f"{item}/supervision", "resultDescription.alignment")
                aligned.append(alignment("Supervision", supervision.label(), supervision.uri))
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
