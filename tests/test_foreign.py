"""Credentials as other platforms write them: read, told apart, and never fetched or believed."""

from __future__ import annotations

import base64
import json
import random
import struct
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from microcred.checking import check, check_each, check_one, checker
from microcred.credential import Credential
from microcred.problem import Problem
from microcred.readers import read, read_each
from microcred.report import Checked, Status, Unread

ROOT = Path(__file__).parent.parent
FOREIGN = ROOT / "examples/foreign"
READY = checker(on="2026-11-01")

# What a careful reader finds in each file: pointers of ours and their values; None is nothing.
FOUND: dict[str, dict[str, object]] = {
    "course-platform-ob2.json": {
        "title": "Food safety for small kitchens",
        "issued": "2026-03-14",
        "learner/name": "Lea Exemplar",
        "learner/identifiers/0/scheme": "email, hashed",
        "level/eqf": 3,
        "outcomes/0/statement": "apply hygiene standards in kitchens",
        "bodies/0/roles": ["awarding", "issuing"],
        "assessments/0/criteria": "Pass a practical test of two hours in a working kitchen, and "
        "hand in a plan of hazards.",
        "information/documents": ["https://northfield.example/evidence/plan-of-hazards"],
        "countries": None,
        "workload": None,
    },
    "company-platform-ob2.json": {
        "title": "Cloud Administrator Associate",
        "learner/email": "omar@exemplar.example",
        "expires": "2029-01-20",
        "information/homepage": "https://www.acclaimed.example/org/cumulus/badge/"
        "cloud-administrator",
        "outcomes": None,
        "level": None,
    },
    "learning-platform-ob2.json": {
        "language": "de",
        "title": "Erste Schritte mit Tabellen",
        "outcomes/0/statement": "Daten auswerten",
        "outcomes/0/skills": ["https://competence.example/digcomp/1.2"],
        "issued": "2026-05-04",
    },
    "national-platform-ob2.json": {
        "language": "nl",
        "workload/credits": [{"system": "ECTS", "points": 2.5}],
        "level/eqf": 6,
        "outcomes/0/statement": "Beoordeelt de kwaliteit van een gepubliceerde studie",
        "learner/identifiers/0/value": "urn:mace:eduid.example:1.0:2f1c",
    },
    "institute-ob3.json": {
        "issued": "2026-04-28",
        "countries": ["ES"],
        "regions": ["ES-AN"],
        "fields": ["0811"],
        "workload/hours": 78,
        "workload/credits": [{"system": "ECTS", "points": 3}],
        "grade": "B",
        "grading/pass": "C",
        "prerequisites/text": "basic agronomy",
        "information/documents": ["https://agri.southbank.example/evidence/901"],
    },
    "institute-languages-ob3.json": {
        "language": "es",
        "title": {"es": "Programación del riego", "en": "Irrigation scheduling"},
        "bodies/0/name/en": "Southbank Institute of Agriculture",
        "information/note": "Proyecto de una temporada y defensa oral.",
    },
    "institute-vc11.jwt": {
        "id": "urn:uuid:4b2f1a6e-6f0e-4a57-9c36-0d4c1a4b7f10",
        "issued": "2026-04-30",
        "learner/identifiers/0/value": "did:example:ines",
        "title": "Irrigation scheduling",
    },
    "institute-enveloped.json": {
        "issued": "2026-04-28",
        "learner/email": "ines@exemplar.example",
    },
    "national-platform-ob3.json": {
        "language": "nl",
        "learner/name": "Sem Voorbeeld",
        "learner/birthDate": "1999-10-02",
        "learner/identifiers/1/scheme": "student card id",
        "workload/credits": [{"system": "ECTS", "points": 3}],
        "level/eqf": 6,
        "participation/mode": "blended",
        "assessments/0/type": "written-examination",
        "assessments/0/supervision": "supervised-with-id",
        "outcomes/0/statement": "Beoordeelt een gepubliceerde studie",
        "outcomes/0/skills": [
            "http://data.europa.eu/esco/skill/12a1b2c3-0000-4000-8000-000000000002"
        ],
        "quality/0/body": "Accreditation Office",
        "quality/0/evidence": "https://office.example/decisions/AV-4223",
        "grading/pass": 6,
        "grade": "8.5",
    },
    "university-upload-fr.json": {
        "language": "fr",
        "title": "Analyser la qualité de l’eau",
        "issued": "2026-07-01",
        "countries": ["FR"],
        "learner/familyName": "Exemple",
        "level/eqf": 6,
        "workload": {"hours": 75, "credits": [{"system": "ECTS", "points": 3}]},
        "participation/mode": "blended",
        "assessments/0/supervision": "supervised-with-id",
        "grade": "15/20",
        "prerequisites/text": "Licence 1 en sciences",
        "quality": None,
    },
}
# The rules on the structure that each file doesn't meet, or that ask about it.
FAULTS = {
    "course-platform-ob2.json": [],
    "company-platform-ob2.json": ["OB-1 /evidance"],
    "learning-platform-ob2.json": ["OB-9 /badge/issuer"],
    "national-platform-ob2.json": [],
    "institute-ob3.json": [],
    "national-platform-ob3.json": ["OB-4 /issuer/address/addressCountryCode"],
    "institute-languages-ob3.json": [],
    "institute-vc11.jwt": ["OB-8 /payload/vc"],
    "institute-enveloped.json": ["OB-8 /id"],
    "university-upload-fr.json": [],
}


def at(data: object, path: str) -> object:
    """Return what stands at a path, or None."""
    node: Any = data
    for step in path.split("/"):
        node = node[int(step)] if isinstance(node, list) else (node or {}).get(step)
    return node


@pytest.mark.parametrize("name", FOUND)
def test_what_others_issue_is_read(name: str) -> None:
    """The elements are found where this platform puts them, and nothing is guessed."""
    found = read(FOREIGN / name)
    assert found.kind == "award"
    assert {path: at(found.data, path) for path in FOUND[name]} == FOUND[name]


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_told_where_they_are(name: str) -> None:
    """A file without faults has none, and a fault has the pointer of the file that was given."""
    assert [f"{fault.rule} {fault.pointer}" for fault in read(FOREIGN / name).faults] == FAULTS[
        name
    ]


@pytest.mark.parametrize("name", FOUND)
def test_places_lead_into_the_file(name: str) -> None:
    """Each finding has a place, and a pointer that exists in the file or in its payload."""
    (document,) = check(FOREIGN / name, on="2026-11-01").documents
    assert isinstance(document, Checked)
    assert not [f for f in document.findings if f.rule.id.startswith("SHAPE")]
    assert all(finding.place for finding in document.findings)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("learning-platform-hosted-ob2.json", "only names its description"),
        ("participation-fr.json", "took part in a learning activity"),
    ],
)
def test_what_cannot_be_judged_is_said(name: str, told: str) -> None:
    """One sentence instead of sixteen findings."""
    document = check_one(FOREIGN / name, READY)
    assert isinstance(document, Unread)
    assert told in document.message


def test_each_badge_of_a_record_is_judged() -> None:
    """A learner record gives one report for each badge, with its place in the record."""
    path = FOREIGN / "record-two-badges-clr.json"
    first, second = check(path, on="2026-11-01").documents
    assert isinstance(first, Checked)
    assert isinstance(second, Checked)
    assert [first.title, second.title] == ["Irrigation scheduling", "Ασφάλεια τροφίμων"]
    assert second.source.endswith("-clr.json, credential 2")
    assert first.elements["M7"] is Status.MET
    assert second.elements["M7"] is Status.NOT_MET
    structure = {f.rule.id: f.pointer for f in first.findings if f.rule.id.startswith("CLR")}
    assert structure == {"CLR-3": "/credentialSubject/association/0/targetId"}
    assert [f.rule.id for f in second.findings if "8" in f.rule.id and not f.rule.element] == [
        "OB-8"
    ]


def record(*badges: object, **changes: object) -> dict[str, Any]:
    """Return a learner record with these badges."""
    whole: dict[str, Any] = json.loads((FOREIGN / "record-two-badges-clr.json").read_text("utf-8"))
    whole["credentialSubject"] |= {"verifiableCredential": list(badges), "association": []}
    return whole | changes


def institute() -> dict[str, Any]:
    """Return a badge of version 3."""
    badge: dict[str, Any] = json.loads((FOREIGN / "institute-ob3.json").read_text("utf-8"))
    badge["credentialSubject"]["id"] = "did:example:eleni"
    return badge


def as_bytes(document: object) -> bytes:
    """Return a document as a file."""
    return json.dumps(document).encode()


def test_a_badge_that_cannot_be_read_keeps_its_slot() -> None:
    """The others of the record are judged all the same."""
    broken = {**institute(), "credentialSubject": {"id": "did:example:eleni"}}
    found = check(as_bytes(record(broken, institute())), on="2026-11-01").documents
    assert [type(one) for one in found] == [Unread, Checked]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"partual": True}, "CLR-1"),
        ({"name": None, "issuer": None}, ""),
        ({"validFrom": None}, ""),
        ({"proof": {"type": "DataIntegrityProof"}}, "CLR-8"),
    ],
)
def test_a_fault_of_the_record_is_told_once(change: dict[str, object], rule: str) -> None:
    """What concerns the whole record stands with its first badge."""
    both = list(read_each(as_bytes(record(institute(), institute(), **change))))
    told = [[f.rule for f in one.faults] for _, one in both if isinstance(one, Credential)]
    assert told == [[rule] if rule else [], []]


@pytest.mark.parametrize("key", ["id", "type", "name", "issuer"])
def test_what_a_record_needs_is_missed(key: str) -> None:
    """A record without one of the keys that its schema asks for is told."""
    whole = record(institute())
    del whole[key]
    assert [fault.rule for fault in read(as_bytes(whole)).faults] == ["CLR-2"]


def test_a_badge_of_somebody_else_is_told() -> None:
    """The learner of the record and of the badge are one."""
    other = institute()
    other["credentialSubject"]["id"] = "did:example:somebody"
    (fault,) = read(as_bytes(record(other))).faults
    assert fault.rule == "CLR-4"
    assert fault.pointer == "/credentialSubject/verifiableCredential/0/credentialSubject/id"


@pytest.mark.parametrize("badges", [[], [record(institute())], [7, None]])
def test_a_record_without_badges_is_said(badges: list[object]) -> None:
    """A record that holds nothing to judge, or another record, is told."""
    (document,) = check(as_bytes(record(*badges)), on="2026-11-01").documents
    assert isinstance(document, Unread)


def test_a_file_of_several_is_no_single_description() -> None:
    """Who asks for one description is told that there are more."""
    with pytest.raises(Problem, match="several credentials"):
        read(FOREIGN / "record-two-badges-clr.json")


# Pictures


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """Return a picture of one point with these chunks."""
    whole = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        *chunks,
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)
        for kind, body in whole
    )


def itxt(keyword: bytes, text: bytes, *, packed: bool = False) -> tuple[bytes, bytes]:
    """Return a text chunk."""
    words = zlib.compress(text, 9) if packed else text
    return b"iTXt", keyword + b"\0" + (b"\1" if packed else b"\0") + b"\0\0\0" + words


def svg(inner: str, head: str = "") -> bytes:
    """Return a drawing with something in it."""
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg"><g>{inner}</g></svg>'.encode()


OB2 = (FOREIGN / "course-platform-ob2.json").read_bytes()
OB3 = (FOREIGN / "institute-ob3.json").read_bytes()
TOKEN = (FOREIGN / "institute-vc11.jwt").read_bytes().strip()
NS2 = 'xmlns:openbadges="http://openbadges.org"'
NS3 = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'


@pytest.mark.parametrize(
    ("picture", "title"),
    [
        (png(itxt(b"openbadges", OB2)), "Food safety for small kitchens"),
        (png(itxt(b"openbadges", OB2, packed=True)), "Food safety for small kitchens"),
        (png((b"tEXt", b"openbadges\0" + OB2)), "Food safety for small kitchens"),
        (png((b"zTXt", b"openbadges\0\0" + zlib.compress(OB2))), "Food safety for small kitchens"),
        (png(itxt(b"Title", b"Badge"), itxt(b"openbadgecredential", OB3)), "Irrigation scheduling"),
        (png(itxt(b"openbadgecredential", TOKEN)), "Irrigation scheduling"),
        (
            svg(f"<openbadges:assertion {NS2}><![CDATA[{OB2.decode()}]]></openbadges:assertion>"),
            "Food safety for small kitchens",
        ),
        (svg(f'<openbadges:credential {NS3} verify="{TOKEN.decode()}"/>'), "Irrigation scheduling"),
        (
            svg(f'<openbadges:credential {NS3} verify="{base64.b64encode(OB3).decode()}"/>'),
            "Irrigation scheduling",
        ),
        (
            svg(
                f"<openbadges:credential {NS3}><![CDATA[{OB3.decode()}]]></openbadges:credential>"
                "<script>fetch('http://127.0.0.1:9')</script>",
                '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">',
            ),
            "Irrigation scheduling",
        ),
    ],
    ids=range(10),
)
def test_a_badge_in_a_picture_is_read(picture: bytes, title: str) -> None:
    """The text is found wherever the two versions of the format allow it to stand."""
    found = read(picture)
    assert found.data["title"] == title
    assert (found.kind, found.format) == ("award", "openbadge")
    place = found.where("/title")
    assert place is not None
    assert "picture" in place.label or "payload" in place.label


def broken(picture: bytes) -> bytes:
    """Return a picture in which one letter of the badge has changed."""
    return picture.replace(b"Food safety", b"Fool safety")


@pytest.mark.parametrize(
    ("picture", "told"),
    [
        (png(), "no badge is baked into it"),
        (png(itxt(b"openbadges", b"https://x.example/1")), "only the address of its badge"),
        (png(itxt(b"openbadges", OB2), itxt(b"openbadges", OB2)), "carries several badges"),
        (png(itxt(b"openbadges", b"hello")), "is no badge"),
        (broken(png(itxt(b"openbadges", OB2))), "is damaged"),
        (png(itxt(b"openbadges", b"{" + b" " * 60_000_000, packed=True)), "more than 5 MiB"),
        (png((b"zTXt", b"openbadges\0\0" + b"no zlib")), "is damaged"),
        (png(itxt(b"openbadges", OB2))[:300], "is cut off"),
        (png(*[(b"teST", b"")] * 20_001), "more than 20,000 parts"),
        (svg(""), "no badge is baked into it"),
        (svg("&b;", '<!DOCTYPE svg [<!ENTITY b "x">]>'), "declares entities"),
        (svg("&b;", '<!DOCTYPE svg [<!ENTITY b SYSTEM "file:///etc/passwd">]>'), "entities"),
        (b"<svg xmlns='x'><g></svg>", "is damaged"),
        (svg(f"<openbadges:assertion {NS2}>{'[' * 90}</openbadges:assertion>"), "is no badge"),
    ],
    ids=range(14),
)
def test_another_picture_is_told(picture: bytes, told: str) -> None:
    """A picture without a badge, or one that was made to do harm, costs one sentence."""
    document = check_one(picture, READY, name="badge.png")
    assert isinstance(document, Unread)
    assert told in document.message


# Envelopes


def token(payload: object, header: object = None) -> bytes:
    """Return a token whose signature is none."""
    parts = [json.dumps(header or {"alg": "ES256"}).encode(), as_bytes(payload), b"not a signature"]
    return b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)


def test_a_token_that_nobody_signed_is_told() -> None:
    """The header may say itself that there is no signature."""
    (fault,) = read(token(institute(), {"alg": "none"})).faults
    assert "nobody has signed it" in str(fault.verdict.message)


@pytest.mark.parametrize("name", ["badge.json", "badge.jwt", "badge.1ob", "badge", "badge.txt"])
def test_a_token_is_known_by_its_look(name: str) -> None:
    """Platforms save tokens under many endings."""
    assert read(token(institute()), name=name).data["title"] == "Irrigation scheduling"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"payload": token(institute()).decode(), "signatures": []}, "neither JSON nor base64url"),
        ({"payload": as_bytes({"payload": "{}", "signatures": []}).decode(), "signatures": []},
         "inside another one"),
        ({"payload": "WzFd", "signatures": []}, "without a credential in it"),
        ({"payload": as_bytes({"_sd": []}).decode(), "signatures": []}, "SD-JWT"),
        ({"payload": as_bytes({"sub": "x"}).decode(), "signatures": []}, "neither a Europass"),
        ({"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,x"}, "not read"),
        ({"type": "EnvelopedVerifiableCredential",
          "id": "data:application/vc+sd-jwt,eyJh.eyJh.x~"}, "SD-JWT"),
        ("eyJhbGciOiJub25lIn0.eyJhIjox", "cut off"),
        ({"@context": "https://www.w3.org/ns/credentials/v2", "type": "VerifiablePresentation",
          "verifiableCredential": [institute()]}, "a presentation"),
        ({**institute(), "type": ["VerifiableCredential", "EndorsementCredential"]}, "endorsement"),
        ({"type": ["VerifiableCredential"], "@context": [], "credentialSubject": {}},
         "neither a Europass credential nor an Open Badge"),
        ({"@context": "https://w3id.org/openbadges/v2", "type": "Issuer", "name": "x"},
         "describes no badge"),
    ],
    ids=range(12),
)  # fmt: skip
def test_other_envelopes_are_told(document: object, told: str) -> None:
    """What can't be judged is named in one sentence, with what to do."""
    found = check_one(as_bytes(document), READY, name="x.json")
    assert isinstance(found, Unread)
    assert told in found.message
    assert found.fix


@pytest.mark.parametrize("inside", ["hello", [institute()], 7])
def test_a_token_that_holds_no_object_is_told(inside: object) -> None:
    """What its reader can mend is the token, and not how the JSON in it is spelled."""
    with pytest.raises(Problem, match="without a credential in it"):
        read(token(inside), name="x.jwt")


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "id alone"])
def test_a_revoked_badge_is_told(whole: bool) -> None:
    """What an issuer took back is not judged as if somebody still had it."""
    badge = {**json.loads(OB2), "revoked": True, "revocationReason": "Issued by mistake"}
    if not whole:
        del badge["badge"]
    with pytest.raises(Problem, match=r"has revoked .* “Issued by mistake”"):
        read(as_bytes(badge))
    assert read(as_bytes({**json.loads(OB2), "revoked": False})).kind == "award"


@pytest.mark.parametrize(
    ("kind", "told"),
    [("MasterDegree", "a whole degree"), ("Membership", "is a member"), (None, "an achievement")],
)
def test_a_badge_for_something_else_is_told(kind: str | None, told: str) -> None:
    """A degree, a membership or a badge without an achievement is no micro-credential."""
    badge = institute()
    if kind:
        badge["credentialSubject"]["achievement"]["achievementType"] = kind
    else:
        badge["credentialSubject"] = {"id": "did:example:eleni"}
    with pytest.raises(Problem, match=told):
        read(as_bytes(badge))


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><europassCredential xmlns="http://data.europa.eu/snb">',
        '<cred:europassCredential xmlns:cred="http://data.europa.eu/europass/model/credentials">',
    ],
)
def test_the_older_model_in_xml_is_known(text: str) -> None:
    """Version 2 of the model was written in XML."""
    with pytest.raises(Problem, match="before version 3"):
        read(text.encode(), name="credential.xml")


# Anything can be anything

ISSUED = [
    *sorted(path for path in FOREIGN.iterdir() if path.suffix in (".json", ".jsonld")),
    *(ROOT / "examples" / name for name in ("europass/award.json", "europass/offer.jsonld")),
    *(ROOT / "examples" / name for name in ("openbadge/award.json", "clr/record.json")),
]
WRONG: list[Any] = [None, True, 7, -1e300, "", "x", "\u202e", [], {}, [[]], [None], {"id": []},
                    {"@value": {}}, {"@id": 7}, {"en": 7}, {"type": {}}, [{}] * 3, "eyJ.x.y",
                    {"@context": {"@vocab": "urn:x"}}, "http://127.0.0.1:9/"]  # fmt: skip


def spots(node: object, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to each value of a document."""
    below = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node if isinstance(node, list) else ())
    )
    return [above, *(way for key, part in below for way in spots(part, (*above, key)))]


@pytest.mark.parametrize("path", ISSUED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_each_part_of_a_foreign_file_can_be_anything(path: Path) -> None:
    """One value replaced by another costs that value or one sentence, and nothing else happens."""
    draw = random.Random(path.name)  # noqa: S311 - the same each time
    text = path.read_text("utf-8")
    ways = spots(json.loads(text))[1:]
    for way in draw.sample(ways, min(12, len(ways))):
        document = json.loads(text)
        node = document
        for step in way[:-1]:
            node = node[step]
        node[way[-1]] = draw.choice(WRONG)
        for found in check_each(as_bytes(document), READY, name=path.name):
            assert isinstance(found, Checked) or found.message


@pytest.mark.parametrize(
    "whole",
    [png(itxt(b"openbadges", OB2, packed=True)), svg(f"<o:credential xmlns:o='{NS3}'/>"), TOKEN],
    ids=["png", "svg", "token"],
)
def test_each_byte_can_be_any_other(whole: bytes) -> None:
    """Pictures and tokens that were damaged, cut off or padded are read or told."""
    draw = random.Random(7)  # noqa: S311 - as above
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(draw.randint(1, 4)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        cut = data[: draw.randint(0, len(data))] if draw.random() < 0.3 else data
        for found in check_each(bytes(cut), READY):
            assert isinstance(found, Checked) or found.message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"@context": ["https://purl.imsglobal.org/spec/ob/v3p0/context.json"], "id": 1, "id": 2}',
         "twice"),
        ('{"type": ["OpenBadgeCredential"], "a": ' + "[" * 60 + "]" * 60 + "}", "50 levels"),
        ('{"type": ["OpenBadgeCredential"], "a": [' + "1," * 100_001 + "1]}", "100,000 values"),
    ],
    ids=["twice", "deep", "many"],
)  # fmt: skip
@pytest.mark.parametrize("inside", [False, True])
def test_bounds_hold_in_envelopes_too(text: str, told: str, inside: bool) -> None:
    """Depth, size and repeated keys are told, in a file and in the payload of a token."""
    content = text.encode()
    if inside:
        parts = (b'{"alg":"ES256"}', content, b"x")
        content = b".".join(base64.urlsafe_b64encode(part).rstrip(b"=") for part in parts)
    found = check_one(content, READY)
    assert isinstance(found, Unread)
    assert told in found.message


# Nothing is opened


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[str, list[str]]]:
    """Yield the address of a server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_no_address_is_ever_opened(trap: tuple[str, list[str]], tmp_path: Path) -> None:
    """Contexts, schemas, badges and pictures on this machine or in its files stay closed."""
    server, asked = trap
    secret = tmp_path / "context.json"
    secret.write_text("{}")
    for name in [*FOUND, "record-two-badges-clr.json", "learning-platform-hosted-ob2.json"]:
        for address in (f"{server}/x", secret.as_uri()):
            text = (FOREIGN / name).read_text("utf-8")
            for host in ("https://w3id.org/openbadges/v2", "https://moodle.westvale.example",
                         "https://www.w3.org/2018/credentials/v1",
                         "https://www.w3.org/ns/credentials/v2"):  # fmt: skip
                text = text.replace(host, f"{address}/w3id.org/openbadges/v2")
            check_one(text.encode(), READY, name=name)
    linked = json.loads((FOREIGN / "university-expanded-fr.jsonld").read_text("utf-8"))[0]
    for context in (
        [f"{server}/c", secret.as_uri(), "context.json", {"lo": "urn:lo"}],
        {"@import": f"{server}/import"},
        {"x": {"@id": "urn:x", "@context": f"{server}/scoped"}},
    ):
        check_one(as_bytes(linked | {"@context": context, "x": {"y": 1}}), READY, name="x.jsonld")
    picture = svg(f'<image href="{server}/i"/><openbadges:assertion {NS2} verify="{server}/b"/>')
    check_one(picture, READY, name="x.svg")
    assert asked == []


def told(document: object) -> list[tuple[str, str]]:
    """Return rule and message of every finding."""
    found = check_one(as_bytes(document), READY, name="x.json")
    assert isinstance(found, Checked)
    return [(one.rule.id, str(one.message)) for one in found.findings]


@pytest.mark.parametrize(
    "name", ["foreign/national-platform-ob3.json", "openbadge/version2.json", "clr/record.json"]
)
def test_a_badge_is_a_badge_under_the_key_credential(name: str) -> None:
    """Web interfaces wrap what they hand out; only Europass credentials were looked for there."""
    badge = json.loads((ROOT / "examples" / name).read_text("utf-8"))
    wrapped = check_one(as_bytes({"credential": badge, "status": "issued"}), READY, name="x.json")
    assert isinstance(wrapped, Checked)
    assert wrapped.format == "openbadge"
    assert told({"credential": badge, "status": "issued"}) == told(badge)
    assert all(one.pointer.startswith("/credential") for one in wrapped.findings if one.pointer)


@pytest.mark.parametrize(
    "name",
    [
        *("foreign/national-platform-ob3.json", "openbadge/version2.json", "clr/record.json"),
        *("foreign/university-expanded-fr.jsonld", "europass/award.json"),
    ],
)
def test_a_credential_is_found_in_what_interfaces_answer(name: str) -> None:
    """“data” and “credential” around it, also in each other, and around a list of JSON-LD."""
    inner = json.loads((ROOT / "examples" / name).read_text("utf-8"))
    for wrapped, start in (
        ({"data": inner}, "/data"),
        ({"credential": inner}, "/credential"),
        ({"data": {"credential": inner}}, "/data/credential"),
    ):
        found = check_one(as_bytes(wrapped), READY, name="x.json")
        assert isinstance(found, Checked)
        assert told(wrapped) == told(inner)
        assert all(one.pointer.startswith(start) for one in found.findings if one.pointer)


@pytest.mark.parametrize(
    "name", ["foreign/institute-ob3.json", "openbadge/version2.json", "clr/record.json"]
)
def test_a_credential_is_found_in_a_graph(name: str) -> None:
    """Software for JSON-LD writes so, with the objects beside each other."""
    inner = json.loads((ROOT / "examples" / name).read_text("utf-8"))
    context = inner.pop("@context")
    other = {"id": "urn:x:other", "type": "Profile", "name": "Other"}
    found = check_one(as_bytes({"@context": context, "@graph": [other, inner]}), READY, name="x")
    assert isinstance(found, Checked)
    assert told({"@context": context, "@graph": [other, inner]}) == told(
        {"@context": context, **inner}
    )
    assert all(one.pointer.startswith("/@graph/1") for one in found.findings if one.pointer)


def test_the_objects_of_a_graph_refer_to_each_other() -> None:
    """The achievement and the issuer stand beside the badge, which only names them."""
    badge = institute()
    context, achievement = badge.pop("@context"), badge["credentialSubject"]["achievement"]
    graph = [badge | {"issuer": badge["issuer"]["id"]}, badge["issuer"], achievement]
    graph[0]["credentialSubject"] = badge["credentialSubject"] | {"achievement": achievement["id"]}
    found = read(as_bytes({"@context": context, "@graph": graph}), name="x.json")
    assert found.data == read(as_bytes(institute()), name="x.json").data


@pytest.mark.parametrize("named", [lambda id: id, lambda id: {"id": id}], ids=["text", "object"])
def test_the_badges_of_a_record_stand_beside_it_in_a_graph(named: Any) -> None:
    """The record only names them, and they their achievements and the issuer that they share."""
    badge = institute()
    context, achievement = badge.pop("@context"), badge["credentialSubject"]["achievement"]
    subject = badge["credentialSubject"] | {"achievement": achievement["id"]}
    flat = badge | {"issuer": named(badge["issuer"]["id"]), "credentialSubject": subject}
    whole = record(institute())
    whole["credentialSubject"]["verifiableCredential"] = [named(badge["id"])]
    whole["credentialSubject"]["association"] = [
        {"type": "Association", "sourceId": achievement["id"], "targetId": achievement["id"]}
    ]
    graph = [flat, whole, achievement, badge["issuer"]]
    ((_, found),) = read_each(as_bytes({"@context": context, "@graph": graph}), name="x.json")
    assert isinstance(found, Credential)
    assert found.data == read(as_bytes(institute()), name="x.json").data
    assert not [fault for fault in found.faults if fault.rule == "CLR-3"]


@pytest.mark.parametrize(
    "name", ["foreign/institute-ob3.json", "openbadge/version2.json", "europass/award.json"]
)
def test_each_credential_of_a_graph_is_judged(name: str) -> None:
    """Only the first of them was looked at, and nothing told of the others."""
    one = json.loads((ROOT / "examples" / name).read_text("utf-8"))
    one = one.get("credential", one)
    graph = {"@context": one.pop("@context"), "@graph": [one, one | {"id": "urn:x:second"}]}
    found = dict(read_each(as_bytes(graph), name="x.json"))
    assert [one.data["id"] for one in found.values() if isinstance(one, Credential)] == [
        one["id"],
        "urn:x:second",
    ]
    assert list(found) == ["x.json, credential 1", "x.json, credential 2"]


def test_the_signature_of_a_graph_is_asked_for_with_each_credential() -> None:
    """Nobody has verified it for any of them."""
    one = institute()
    graph = {"@context": one.pop("@context"), "@graph": [one, one | {"id": "urn:x:second"}]}
    found = [each for _, each in read_each(token(graph), name="x.jwt")]
    told = [[f.rule for f in each.faults] for each in found if isinstance(each, Credential)]
    assert told == [["OB-8"], ["OB-8"]]


@pytest.mark.parametrize(
    ("badge", "words"),
    [("https://x.example/1", "only names this"), ({"id": "urn:x:1"}, "of the record is neither")],
)
def test_a_credential_that_stands_elsewhere_is_told(badge: object, words: str) -> None:
    """An address is no text to write fields into, and no signed credential."""
    ((_, found),) = read_each(as_bytes(record(badge)), name="x.json")
    assert isinstance(found, Problem)
    assert words in found.message


@pytest.mark.parametrize("country", ["DE", "Deutschlnd"])
def test_what_stands_in_one_place_is_told_once(country: str) -> None:
    """The country and the region of the issuer are also those of the micro-credential."""
    badge = institute()
    badge["issuer"]["address"] = {"addressCountry": country, "addressRegion": "Bayern"}
    found = check_one(as_bytes(badge), READY, name="x.json")
    assert isinstance(found, Checked)
    told = [(one.rule.id, one.pointer, str(one.message)) for one in found.findings]
    assert len(told) == len(set(told))
    assert [id for id, *_ in told].count("M3-3") == 1


def test_values_are_shown_as_the_file_spells_them() -> None:
    """What is no text was shown as Python spells it."""
    badge = json.loads((FOREIGN / "national-platform-ob3.json").read_text("utf-8"))
    assert ("OB-3", "“validFrom” is “null”") in told(badge | {"validFrom": None})
    listed = told(badge | {"validFrom": ["2026-01-01"]})
    assert ("OB-3", '“validFrom” is “["2026-01-01"]”') in listed


def test_sentences_about_europass_keys() -> None:
    """They quote only what stands in the file."""
    credential = json.loads((ROOT / "examples/europass/award.json").read_text("utf-8"))
    inner = credential["credential"]
    inner["credentialSubject"]["x:note"] = "own"
    del inner["displayParameter"]["primaryLanguage"]["id"]
    messages = [message for _, message in told(credential)]
    assert "Person has no key “x:note”, so other software drops what stands there" in messages
    assert "“primaryLanguage” takes its values from a list, and here it has no id" in messages
