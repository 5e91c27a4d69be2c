"""Everything that is written passes the official shapes and schemas, which lie outside the project.

The contexts are put in from local files and no other address is ever opened; graphs are written as
N-Triples and read back, since numbers keep their Python value in rdflib otherwise.
"""

from __future__ import annotations

import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT201909

from microcred.exporters import Options, convert
from microcred.readers import read
from microcred.readers.elm.terms import terms

pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is missing: make a new .venv with make")
rdflib = pytest.importorskip("rdflib", reason="rdflib is missing: make a new .venv with make")

ROOT = Path(__file__).parents[2]
REFERENCE = Path(os.environ.get("MICROCRED_REFERENCE") or ROOT.parent / "shared" / "reference")
ELM, BADGES = REFERENCE / "elm", REFERENCE / "openbadges"

pytestmark = [
    pytest.mark.skipif(
        not ELM.is_dir() or not BADGES.is_dir(),
        reason="the official shapes and schemas are elsewhere: name their folder in "
        "MICROCRED_REFERENCE",
    ),
    # The tools speak of their own coming versions.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

AWARDS = sorted((ROOT / "examples/worked").glob("*/award.yaml"))
OFFERS = sorted((ROOT / "examples/worked").glob("*/offer.yaml"))
UNDEFINED = "urn:undefined-term:"

CONTEXTS = {
    "https://www.w3.org/2018/credentials/v1": ELM / "context/credentials-v1.jsonld",
    "http://data.europa.eu/snb/model/context/edc-ap": ELM / "context/edc-ap-context-1.2.jsonld",
    "https://www.w3.org/ns/credentials/v2": BADGES / "contexts/credentials-v2.jsonld",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": BADGES
    / "contexts/ob-v3p0-context-3.0.3.json",
}
SHAPES = {
    "1.2.0": ("1.2.0-lts/EDC-generic-no-cv.ttl", "1.2.0-lts/EDC-generic-full.ttl"),
    "1.1.0": ("1.1.0/EDC-generic-no-cv.ttl", "1.1.0/EDC-generic-full.ttl"),
    "before sealing": (
        "issuer-2.2.2-preseal/EDC-generic-no-cv.rdf",
        "issuer-2.2.2-preseal/EDC-generic-full.rdf",
    ),
    "opportunities": ("1.1.0/LOQ-constraints.ttl", "1.1.0/LOQ-constraints-mdr.ttl"),
}
SCHEMAS = (
    "2024-07-strict/ob_v3p0_achievementcredential.json",
    "2026-06-published/ob_v3p0_achievementcredential_schema.json",
)


def named(value: object) -> str:
    """Return the name of an example for pytest."""
    return f"{value.parent.name}-{value.stem}" if isinstance(value, Path) else str(value)


def graph(document: dict[str, Any], focus: str) -> Any:
    """Return the triples of a document, every term of which is defined, about one *focus*."""
    document = dict(document.get("credential", document))
    stated = document.pop("@context")
    contexts = [
        one if isinstance(one, dict) else json.loads(CONTEXTS[one].read_text("utf-8"))["@context"]
        for one in stated
    ]
    text = json.dumps({"@context": contexts, **document})
    read_once = rdflib.Graph().parse(data=text, format="json-ld", publicID=UNDEFINED)
    triples = read_once.serialize(format="nt")
    assert UNDEFINED not in triples
    # Without a node of the class that the shapes speak of, everything conforms.
    assert triples.count(f"#type> <{focus}>") == 1
    return rdflib.Graph().parse(data=triples, format="nt")


@cache
def shapes(profile: str) -> Any:
    """Return the shapes of a profile."""
    found = rdflib.Graph()
    for name in SHAPES[profile]:
        found.parse(ELM / "shapes" / name, format="xml" if name.endswith("rdf") else "turtle")
    pattern = rdflib.URIRef("http://www.w3.org/ns/shacl#pattern")
    for shape, _, text in list(found.triples((None, pattern, None))):
        try:
            re.compile(str(text))
        except (re.error, FutureWarning):
            # Written for Java: Python can't read it, so addresses are held to a plainer pattern.
            found.set((shape, pattern, rdflib.Literal(r"^[a-z][a-z0-9+.-]*:\S+$")))
    return found


def written(path: Path, target: str) -> dict[str, Any]:
    """Return an example in another format."""
    text = convert(read(path), target, Options(eidas="VATAT-U00000000", salt="salt")).text
    found: dict[str, Any] = json.loads(text)
    return found


def conforms(document: dict[str, Any], profile: str, focus: str) -> None:
    """Assert that a document passes the shapes of a profile."""
    passed, _, told = pyshacl.validate(
        graph(document, f"http://data.europa.eu/snb/model/elm/{focus}"),
        shacl_graph=shapes(profile),
        inference="none",
        do_owl_imports=False,
    )
    assert passed, told


@pytest.mark.parametrize("path", AWARDS, ids=named)
@pytest.mark.parametrize("profile", ["1.2.0", "1.1.0"])
def test_a_final_credential_conforms(path: Path, profile: str) -> None:
    """A credential in its final form passes both versions of the profile."""
    conforms(written(path, "elm"), profile, "EuropeanDigitalCredential")


@pytest.mark.parametrize("path", AWARDS, ids=named)
def test_an_upload_conforms(path: Path) -> None:
    """An upload passes what the issuer looks at before it seals."""
    conforms(written(path, "elm-upload"), "before sealing", "EuropeanDigitalCredential")


@pytest.mark.parametrize("path", OFFERS, ids=named)
def test_an_opportunity_conforms(path: Path) -> None:
    """An offer in the catalogue's form passes the profile of learning opportunities."""
    conforms(written(path, "elm-loq"), "opportunities", "LearningOpportunity")


FOREIGN = [
    ROOT / "examples/foreign" / name for name in ("university-upload-fr.json", "institute-ob3.json")
]


@pytest.mark.parametrize("path", FOREIGN, ids=named)
def test_what_others_issued_conforms_when_it_is_written_again(path: Path) -> None:
    """A credential or badge of another issuer becomes an upload and a badge that pass."""
    conforms(written(path, "elm-upload"), "before sealing", "EuropeanDigitalCredential")
    badge = written(path, "openbadge")
    assert [e.message for name in SCHEMAS for e in schema(name).iter_errors(badge)] == []


@pytest.mark.parametrize(
    ("path", "target", "focus"),
    [
        *((path, "elm-upload", "EuropeanDigitalCredential") for path in AWARDS),
        *((path, "elm-loq", "LearningOpportunity") for path in OFFERS),
    ],
    ids=named,
)
def test_every_term_of_a_europass_document_is_defined(path: Path, target: str, focus: str) -> None:
    """Nothing that is written for Europass is dropped when it is expanded."""
    document = written(path, target)
    document = document.get("credential", document)
    stated = document["@context"]
    document["@context"] = [{"@vocab": UNDEFINED}, *stated]
    graph(document, f"http://data.europa.eu/snb/model/elm/{focus}")


def test_our_terms_are_those_of_the_published_context() -> None:
    """The table of terms that the package carries says what the published context says."""
    import make_elm_terms

    context = json.loads(CONTEXTS["http://data.europa.eu/snb/model/context/edc-ap"].read_text())
    published = {name: address for name, address, _ in make_elm_terms.terms(context["@context"])}
    carried = {term: address for term, (address, _) in terms().items()}
    assert published.items() <= carried.items(), "Run tools/make_elm_terms.py"


def test_the_shapes_find_a_fault() -> None:
    """The guard itself works: what is taken out is missed."""
    document = written(AWARDS[0], "elm")
    del document["credentialSubject"]["hasClaim"]["title"]
    with pytest.raises(AssertionError, match="title"):
        conforms(document, "1.2.0", "EuropeanDigitalCredential")


@cache
def schema(name: str) -> Any:
    """Return the validator of an official schema, with its neighbours at hand."""
    registry: Any = Registry()
    for other in (BADGES / "schemas" / name).parent.glob("*.json"):
        content = json.loads(other.read_text("utf-8"))
        resource = Resource.from_contents(content, default_specification=DRAFT201909)
        registry = registry.with_resource(content.get("$id", other.name), resource)
    content = json.loads((BADGES / "schemas" / name).read_text("utf-8"))
    return jsonschema.Draft201909Validator(content, registry=registry)


@pytest.mark.parametrize("name", SCHEMAS)
@pytest.mark.parametrize("path", AWARDS, ids=named)
def test_a_badge_conforms(path: Path, name: str) -> None:
    """A badge passes the strict schema of 2024 and the one of 2026."""
    faults = [error.message for error in schema(name).iter_errors(written(path, "openbadge"))]
    assert faults == []


@pytest.mark.parametrize("path", AWARDS, ids=named)
def test_every_term_of_a_badge_is_defined(path: Path) -> None:
    """Nothing in a badge is dropped when it is expanded, so a signature covers all of it."""
    badge = written(path, "openbadge")
    # What no context defines gets an address that gives it away.
    badge["@context"] = [{"@vocab": UNDEFINED}, *badge["@context"]]
    graph(badge, "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_find_a_fault(name: str) -> None:
    """The guard itself works: a badge without its issuer is refused."""
    badge = written(AWARDS[0], "openbadge")
    del badge["issuer"]
    assert list(schema(name).iter_errors(badge))
