"""The sixteen European standard elements, as data.

Source: Council Recommendation 2022/C 243/02, Annex I (names as in SWD(2021) 367).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from microcred.rule import AWARD, KINDS

__all__ = ["ELEMENTS", "Element", "element_at", "is_stated"]


@dataclass(frozen=True, slots=True)
class Element:
    """One of the standard elements; ``paths`` are the fields that state it."""

    id: str
    name: str
    short: str
    paths: tuple[str, ...]
    provider: str
    kinds: tuple[str, ...] = KINDS

    @property
    def optional(self) -> bool:
        """Tell whether Annex I lists the element as optional."""
        return self.id.startswith("O")

    @property
    def page(self) -> str:
        """Return the label of the page that explains the element."""
        return f"element-{self.id.lower()}"


ELEMENTS: Final[dict[str, Element]] = {
    element.id: element
    for element in (
        Element(
            "M1",
            "Identification of the learner",
            "Learner",
            ("learner",),
            "Registrar or student administration",
            (AWARD,),
        ),
        Element(
            "M2", "Title of the micro-credential", "Title", ("title",), "Qualification developer"
        ),
        Element(
            "M3",
            "Country(ies)/Region(s) of the issuer",
            "Country or region",
            ("countries", "regions"),
            "Awarding body",
        ),
        Element("M4", "Awarding body(ies)", "Awarding body", ("bodies",), "Awarding body"),
        Element(
            "M5",
            "Date of issuing",
            "Date of issuing",
            ("issued",),
            "Registrar or issuing system",
            (AWARD,),
        ),
        Element(
            "M6",
            "Learning outcomes",
            "Learning outcomes",
            ("outcomes",),
            "Qualification and curriculum developer, with employers and learners",
        ),
        Element(
            "M7",
            "Notional workload needed to achieve the learning outcomes",
            "Notional workload",
            ("workload",),
            "Curriculum developer, confirmed by what learners report",
        ),
        Element(
            "M8",
            "Level (and cycle, if applicable) of the learning experience leading to the "
            "micro-credential",
            "Level",
            ("level",),
            "Qualification developer",
        ),
        Element("M9", "Type of assessment", "Assessment", ("assessments",), "Assessor"),
        Element(
            "M10",
            "Form of participation in the learning activity",
            "Participation",
            ("participation",),
            "Curriculum developer",
        ),
        Element(
            "M11",
            "Type of quality assurance used to underpin the micro-credential",
            "Quality assurance",
            ("quality",),
            "Quality assurance officer",
        ),
        Element(
            "O1",
            "Prerequisites needed to enrol in the learning activity",
            "Prerequisites",
            ("prerequisites",),
            "Curriculum developer or admissions",
        ),
        Element(
            "O2",
            "Supervision and identity verification during assessment",
            "Supervision and identity",
            ("assessments/*/supervision",),
            "Assessor or examinations office",
        ),
        Element("O3", "Grade achieved", "Grade", ("grade",), "Assessor", (AWARD,)),
        Element(
            "O4",
            "Integration/stackability options",
            "Stackability",
            ("stacking",),
            "Qualification developer, with the owner of the receiving programme",
        ),
        Element("O5", "Further information", "Further information", ("information",), "Anyone"),
    )
}


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))


_BY_PATH: Final = {
    _steps(path): element.id for element in ELEMENTS.values() for path in element.paths
}


def element_at(pointer: str) -> str:
    """Return the id of the element that the field at *pointer* states, or an empty text.

    The supervision of an assessment is an element of its own.
    """
    steps = tuple("*" if step.isdigit() else step for step in pointer.split("/")[1:])
    longest = (steps[:size] for size in range(len(steps), 0, -1))
    return next((_BY_PATH[path] for path in longest if path in _BY_PATH), "")


def is_stated(element: Element, data: dict[str, Any]) -> bool:
    """Tell whether a document states *element*, in whatever form."""
    return any(_stated(data, _steps(path)) for path in element.paths)


def _stated(data: dict[str, Any], path: tuple[str, ...]) -> bool:
    nodes: list[Any] = [data]
    for name in path:
        if name == "*":
            nodes = [item for node in nodes if isinstance(node, list) for item in node]
        else:
            nodes = [node.get(name) for node in nodes if isinstance(node, dict)]
    return any(node is not None for node in nodes)
