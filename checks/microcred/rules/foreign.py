"""The structure of other formats: what gets lost there, and what nobody verified here.

The readers of these formats find the faults, so that they stand where the file has them.
"""

from __future__ import annotations

from microcred.rule import Level, Outcome, Verdict, rule
from microcred.sources import cite

_BASES = {
    "ELM": cite("ELM-SH", "profile 1.2.0"),
    "OB": cite("OB3", "data model"),
    "CLR": cite("CLR2", "data model"),
}


def _structure(
    id: str, section: str, title: str, why: str, fix: str, *, asks: bool = False
) -> None:
    @rule(
        id,
        title,
        level=Level.ADVICE if asks else Level.SHOULD,
        element="",
        section=section,
        basis=_BASES[id.partition("-")[0]],
        why=why,
        fix=fix,
        at=(),  # found by the reader of the format, before the walk over the description
        yields=(Outcome.CANNOT_TELL,) if asks else (Outcome.NOT_MET,),
    )
    def judge(_node: object, _description: object) -> Verdict | None:
        return None


_structure(
    "ELM-1",
    "elm-names",
    "Use only the keys that the European Learning Model has",
    "Software drops a key that it doesn't know, with all that stands there, and tells nobody",
    "Correct the spelling of the key, or move what stands there to a note",
)
_structure(
    "ELM-2",
    "elm-names",
    "Give each object the keys that it can't do without",
    "The official shapes refuse an object without them",
    "Add the key",
)
_structure(
    "ELM-3",
    "elm-values",
    "Take each concept from its list, and say which list it is",
    "The official shapes look only at the name of the list, so a level that doesn't exist passes",
    "Copy the address of the concept from the list, with `inScheme`",
)
_structure(
    "ELM-4",
    "elm-names",
    "Give each object a type that exists",
    "An object without a known type is checked by no shape, and so it seems to be in order",
    "Add `type` with the name of the class",
)
_structure(
    "ELM-5",
    "elm-values",
    "Write workload as a duration in hours",
    "P60M is sixty months, and only PT60H is sixty hours",
    "Write the hours in the form PT60H",
)
_structure(
    "ELM-6",
    "elm-values",
    "Write credit points as digits in quotation marks",
    "Software that adds credits up can't read a word, and the shapes ask for a text",
    'Write the number in the form "2"',
)
_structure(
    "ELM-7",
    "elm-values",
    "Write dates with time and zone",
    "Software for Europass need not take a date without them",
    "Write the date in the form 2026-06-30T00:00:00Z",
)
_structure(
    "ELM-8",
    "elm-seal",
    "Rely on a seal only after somebody has verified it",
    "What can be read can also be forged, and only the seal tells the difference",
    "Have the seal verified by Europass or by another verifier",
    asks=True,
)
_structure(
    "ELM-9",
    "elm-ids",
    "Give each thing an id of its own",
    "Objects with one id become one, and what they say differently is mixed",
    "Write another id for one of the two",
)
_structure(
    "ELM-10",
    "elm-ids",
    "Give once what can stand only once",
    "The official shapes refuse a second value, and other software may show either of them",
    "Keep one of the values, and move the other to a note",
)
_structure(
    "OB-1",
    "ob-names",
    "Use only the keys that Open Badges has",
    "Most signatures don't cover a key that no context defines, and wallets don't show it",
    "Correct the spelling of the key, or move what stands there to an alignment or the criteria",
)
_structure(
    "OB-2",
    "ob-names",
    "Give each object the keys that it can't do without",
    "The official schema refuses a badge without them",
    "Add the key",
)
_structure(
    "OB-3",
    "ob-values",
    "Write dates with time and zone",
    "The official schema refuses a date without them, since a day begins at different times",
    "Write the date in the form 2026-06-30T00:00:00Z",
)
_structure(
    "OB-4",
    "ob-values",
    "Write the country of an address as a code of two letters",
    "Software finds the country by its code, and a slip moves the issuer elsewhere",
    "Write the code of ISO 3166-1, such as EE",
)
_structure(
    "OB-5",
    "ob-values",
    "Let the level of an alignment be one that exists",
    "Readers see the name, and software follows the address: both have to say the same",
    "Write a level from 1 to 8, the same in `targetUrl` and `targetCode`",
)
_structure(
    "OB-6",
    "ob-values",
    "Link each result to what describes it",
    "A result without its description is a word without a scale",
    "Put the id of the result description in `resultDescription`, and one of its values in `value`",
)
_structure(
    "OB-7",
    "ob-values",
    "Say who earned the badge",
    "A badge that names nobody can be shown by anybody",
    "Add `id` or `identifier` to the subject",
)
_structure(
    "OB-8",
    "ob-signature",
    "Rely on a signature only after somebody has verified it",
    "What can be read can also be forged, and only the signature tells the difference",
    "Have the signature verified by a validator of Open Badges 3.0",
    asks=True,
)
_structure(
    "OB-9",
    "ob-elsewhere",
    "Put who issued the badge into the badge",
    "What stands at an address can change or go away, and then the badge says less",
    "Put what the address shows into the badge, in place of the address",
    asks=True,
)
_structure(
    "CLR-1",
    "clr-record",
    "Use only the keys that a learner record has",
    "Most signatures don't cover a key that no context defines",
    "Correct the spelling of the key, or take it out",
)
_structure(
    "CLR-2",
    "clr-record",
    "Give the record the keys that it can't do without",
    "The official schema refuses a record without them",
    "Add the key",
)
_structure(
    "CLR-3",
    "clr-record",
    "Let associations lead to achievements of the record",
    "Readers follow an association to learn what counts towards what",
    "Write the id of an achievement that stands in the record",
)
_structure(
    "CLR-4",
    "clr-record",
    "Keep one learner in one record",
    "A badge of somebody else in a record tells readers that this learner has earned it",
    "Take the badge out, or write the same id in both subjects",
)
_structure(
    "CLR-8",
    "clr-signature",
    "Rely on a signature of a record only after somebody has verified it",
    "What can be read can also be forged, and only the signature tells the difference",
    "Have the signature verified by a validator of CLR 2.0",
    asks=True,
)
