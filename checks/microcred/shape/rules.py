"""The rules on the shape of a document, which the schema judges."""

from __future__ import annotations

from microcred.rule import Level, Outcome, Verdict, rule

_FORMAT = "our document format, version 1"


def _shape(id: str, section: str, title: str, why: str, fix: str, *also: Outcome) -> None:
    @rule(
        id,
        title,
        level=Level.ADVICE,  # the format is ours; what it hides, the must rules miss
        element="",
        section=section,
        basis=_FORMAT,
        why=why,
        fix=fix,
        at=(),  # judged by the schema, before the walk over the document
        yields=(Outcome.NOT_MET, *also),
    )
    def judge(_node: object, _description: object) -> Verdict | None:
        return None


_shape(
    "SHAPE-type",
    "field-form",
    "Write each field in its own form: text, number, list or group of fields",
    "Other software can't read a part in another form, and what it means has to be guessed",
    "Write the field as the example in the schema reference shows",
)
_shape(
    "SHAPE-required",
    "fields-needed",
    "Keep the fields without which a part has no meaning",
    "Without this field nobody can tell what the part is about",
    "Add the field; the schema reference shows what it holds",
)
_shape(
    "SHAPE-unknown",
    "field-names",
    "Use the names of the fields as the format has them",
    "What stands under another name is read by no check and by no other system",
    "Use a name of the format, or begin the name with “x-” to keep a field of your own",
)
_shape(
    "SHAPE-choice",
    "listed-values",
    "Choose one of the values where the format has a list of them",
    "Other systems know only the values of the list",
    "Write one of the values that the schema reference lists",
)
_shape(
    "SHAPE-empty",
    "empty-entries",
    "Fill a field in or leave it out",
    "An empty entry says nothing, and its place in the list can mislead",
    "Fill it in, or delete the line",
)
_shape(
    "SHAPE-comment",
    "comments",
    "Put a text with # in quotation marks",
    "YAML takes a # behind a space, and all that follows on the line, for a comment",
    "Put the text in quotation marks, or a space behind the # of a comment",
    Outcome.CANNOT_TELL,  # found by the reader of YAML
)
_shape(
    "SHAPE-range",
    "numbers-in-range",
    "Keep numbers within what is possible",
    "A number outside this range is a slip of the pen",
    "Check the number and its unit",
)
_shape(
    "SHAPE-length",
    "length-in-bounds",
    "Keep texts and lists within bounds",
    "Nobody reads, and few systems store, more than this",
    "Shorten it, or link to a document",
)
_shape(
    "SHAPE-language",
    "language-keys",
    "Name languages by their codes where a text is given in several",
    "Software finds the text in the reader's language by its code",
    "Write one text, or one for each language under codes such as en, fr or uk",
)
