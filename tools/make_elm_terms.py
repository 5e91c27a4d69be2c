"""Write the table of terms of the European Learning Model from its published context.

Only facts are taken: the name, the address that it stands for and the form of its values.
The context lies outside the project, where ``MICROCRED_REFERENCE`` points.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
REFERENCE = Path(os.environ.get("MICROCRED_REFERENCE") or ROOT.parent / "shared" / "reference")
TARGET = ROOT / "checks/microcred/readers/elm/terms.csv"

# Terms of the base context of verifiable credentials that the profile uses.
CREDENTIALS = "https://www.w3.org/2018/credentials#"
BASE = {
    name: CREDENTIALS + name
    for name in (
        "VerifiableCredential",
        "VerifiablePresentation",
        "credentialSchema",
        "credentialStatus",
        "credentialSubject",
        "evidence",
        "expirationDate",
        "holder",
        "issuanceDate",
        "issued",
        "issuer",
        "termsOfUse",
        "validFrom",
        "validUntil",
        "verifiableCredential",
    )
} | {"proof": "https://w3id.org/security#proof"}
# What the published contexts have no key for, though the model knows it.
MORE = {"defaultLanguage": "http://data.europa.eu/snb/model/elm/defaultLanguage"}


def terms(context: dict[str, object]) -> Iterator[tuple[str, str, str]]:
    """Yield each term with its address and the form of its values."""
    prefixes = {name: str(value) for name, value in context.items() if str(value)[-1:] in "/#"}
    for name, value in context.items():
        definition = value if isinstance(value, dict) else {"@id": value}
        address = str(definition["@id"])
        prefix, _, local = address.partition(":")
        if name in prefixes or name.startswith("@") or address.startswith("@"):
            continue
        form = "language" if definition.get("@container") else str(definition.get("@type", ""))
        yield name, prefixes.get(prefix, f"{prefix}:") + local, form.removeprefix("xsd:")


def main() -> None:
    """Write the table."""
    path = REFERENCE / "elm/context/edc-ap-context-1.2.jsonld"
    context = json.loads(path.read_text(encoding="utf-8"))["@context"]
    found = {name: (address, form) for name, address, form in terms(context)}
    for name, address in (BASE | MORE).items():
        found.setdefault(name, (address, ""))
    with TARGET.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("term", "address", "form"))
        writer.writerows((name, *found[name]) for name in sorted(found))
    print(f"{TARGET.relative_to(ROOT)}: {len(found)} terms")


if __name__ == "__main__":
    main()
