"""What people write instead of what the format asks for: read, or told in a sentence that helps."""

from __future__ import annotations

import copy
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from microcred.checking import check_one, checker
from microcred.quantities import hours_of, read_date
from microcred.readers import read
from microcred.readers.serials import clock
from microcred.report import Checked
from microcred.rule import Outcome
from microcred.vocabularies import vocabulary
from microcred.vocabularies.statements import statement
from microcred.worksheets import written
from microcred.worksheets.definition import worksheet

ROOT = Path(__file__).parent.parent
READY = checker(on="2026-11-01")
OFFER = read(ROOT / "examples/worked/ex12-circular-teardown/offer.yaml").data


def told(**changed: Any) -> list[tuple[str, str, str]]:
    """Return rule, message and fix of what the changes add to the report on a good offer."""
    before, after = (found({**copy.deepcopy(OFFER), **one}) for one in ({}, changed))
    return [one for one in after if one not in before]


def found(data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return rule, message and fix of each finding."""
    report = check_one(data, READY)
    assert isinstance(report, Checked)
    return [(one.rule.id, str(one.message), str(one.fix)) for one in report.findings]


def with_credits(system: str) -> dict[str, Any]:
    """Return the workload of the offer with credits of that system."""
    workload: dict[str, Any] = copy.deepcopy(OFFER["workload"])
    workload["credits"][0]["system"] = system
    return workload


# Dates


@pytest.mark.parametrize(
    ("born", "message"),
    [
        ("2026-06-05", "Born on 2026-06-05, but issued on 2026-06-05"),
        ("2026-10-30", "Born on 2026-10-30, but issued on 2026-06-05"),
        ("30.10.2079", "Born on 2079-10-30, but issued on 2026-06-05"),
        ("1979-10-30", ""),
        ("some day", ""),
    ],
)
def test_nobody_is_born_after_the_award(born: str, message: str) -> None:
    """A slip in the century, or the day of issuing in the field beside it."""
    award = copy.deepcopy(read(ROOT / "examples/worked/ex05-dementia-care/award.yaml").data)
    award["learner"]["birthDate"] = born  # type: ignore[index]
    assert [one[1] for one in found(award) if one[0] == "M1-9"] == ([message] if message else [])


def test_nobody_is_born_after_the_check() -> None:
    """Where the day of issuing is missing or as wrong, the day of the check tells."""
    award = copy.deepcopy(read(ROOT / "examples/worked/ex05-dementia-care/award.yaml").data)
    award["learner"]["birthDate"], award["issued"] = "2079-10-30", "2080-01-01"  # type: ignore[index]
    message = "Born on 2079-10-30, but checked on 2026-11-01"
    assert ("M1-9", message) in [one[:2] for one in found(award)]
    del award["issued"]
    assert ("M1-9", message) in [one[:2] for one in found(award)]


# Languages


@pytest.mark.parametrize("country", ["ua", "gr", "cz", "rs", "Belgian", "Syrian", "American"])
def test_a_country_is_no_language(country: str) -> None:
    """Whoever wrote “ua” was asked whether it should be Luba-Lulua, and “Belgian”, Bulgarian."""
    assert ("DOC-2", f"“{country}” stands for a country, not for a language") in [
        one[:2] for one in told(language=country)
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Flemish", "nl"), ("Castilian", "es"), ("Valencian", "ca"), ("Mandarin", "zh")],
)
def test_a_language_has_several_names(name: str, code: str) -> None:
    """Castilian was taken for Catalan, and Flemish for the dialect of West Flanders."""
    assert ("M10-4", f"Write {code}") in [
        (one[0], one[2])
        for one in told(participation={**OFFER["participation"], "languages": [name]})
    ]


@pytest.mark.parametrize("language", ["en-GB", "en-IE", "eng", "EN"])
def test_a_text_is_found_in_a_variety_of_its_language(language: str) -> None:
    """The title in English was passed over for the first one, which is Finnish."""
    assert told(language=language) == []


def test_a_script_is_found_as_it_is_written() -> None:
    """Codes are compared without case, and the very code comes before the same language."""
    title = {"en": "Teardown", "sr-Cyrl": "Растављање производа", "sr-Latn": "Rastavljanje"}
    report = check_one({**OFFER, "language": "sr-Latn", "title": title}, READY)
    assert isinstance(report, Checked)
    assert report.title == "Rastavljanje"


def test_a_code_of_a_country_is_no_language_of_a_title() -> None:
    """“ua” was only looked at where it stands for the whole document."""
    messages = [one[1] for one in told(title={"en": "Safe isolation", "ua": "Безпека"})]
    assert "“ua” stands for a country, not for a language" in messages
    assert "DOC-2" not in [one[0] for one in told(title={"en": "Safe isolation", "uk": "Безпека"})]


@pytest.mark.parametrize("mark", ["• ", "- ", "1) ", "2. ", "  ▪ "])
def test_a_list_in_one_cell_is_no_outcome(mark: str) -> None:
    """All outcomes in one answer were one outcome; a note with a number in it still is none."""
    lines = ["Isolates a low-voltage switchboard alone", "Tests it with two instruments"]
    statement = "\n".join(mark + line for line in lines)
    found = told(outcomes=[{"id": "LO1", "statement": statement}])
    assert ("M6-5", "Make each line an outcome of its own") in [(one[0], one[2]) for one in found]
    wrapped = "Isolates a low-voltage switchboard alone\nby a procedure with 12 steps"
    assert "M6-5" not in [one[0] for one in told(outcomes=[{"id": "LO1", "statement": wrapped}])]


def test_codes_in_one_text_are_as_many() -> None:
    """“LO1, LO2” is two outcomes, and no role is left out of “awarding, teaching”."""
    (body, *others), (first, *more) = copy.deepcopy(OFFER["bodies"]), OFFER["assessments"]
    roles, covers = ", ".join(body["roles"]), "; ".join(first["covers"])
    body["roles"] = roles
    assert {one[:2] for one in told(bodies=[body, *others])} == {
        ("SHAPE-type", f"“Roles” is a text; it was read as a list of {roles.count(',') + 1}")
    }
    assert [one[0] for one in told(assessments=[{**first, "covers": covers}, *more])] == [
        "SHAPE-type"
    ]


# Credits


@pytest.mark.parametrize(
    "system", ["ЄКТС", "ESPB", "ЕСПБ", "AKTS", "ECTS-Punkte", "crédits ECTS", "ECTS bodovi"]
)
def test_ects_has_names_in_many_languages(system: str) -> None:
    """AKTS was taken for a slip for the credits of the United Kingdom."""
    assert told(workload=with_credits(system)) == []


@pytest.mark.parametrize("word", ["credits", "credit", "points"])
def test_what_is_near_to_several_is_asked(word: str) -> None:
    """“Credits” is as near to those of New Zealand as to those of South Africa."""
    assert vocabulary("credit-systems").nearest(word) is None
    assert vocabulary("credit-systems").nearest("ETCS") == "ECTS"


# Quality assurance


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("none", Outcome.NOT_MET),
        ("Keine Qualitätssicherung vorhanden", Outcome.NOT_MET),
        ("немає", Outcome.NOT_MET),
        ("TBD", Outcome.CANNOT_TELL),
        ("No audit, but a yearly review", None),
        ("Yearly review", None),
    ],
)
def test_no_quality_assurance_is_none(said: str, outcome: Outcome | None) -> None:
    """Whoever wrote “none” was told that the type of quality assurance is stated."""
    report = check_one({**OFFER, "quality": [{"kind": "internal", "statement": said}]}, READY)
    assert isinstance(report, Checked)
    assert {one.rule.id: one.outcome for one in report.findings}.get("M11-1") == outcome


# Assessments


@pytest.mark.parametrize("type_", ["none", "keine Prüfung", "yok", "No formal assessment"])
def test_no_assessment_is_none(type_: str) -> None:
    """“None” was a type like any other, and the question was which of the list is closest to it."""
    assessments = [{**OFFER["assessments"][0], "type": type_}]
    assert ("M9-1", "No assessment names its type") in [
        one[:2] for one in told(assessments=assessments)
    ]
    assessments[0]["type"] = "Ohne Aufsicht geschriebener Test"
    assert "M9-1" not in [one[0] for one in told(assessments=assessments)]


@pytest.mark.parametrize(
    ("criteria", "told_of"), [("TBD", True), ("keine", True), ("n/a", True), ("60 %", False)]
)
def test_criteria_that_are_none_are_asked_for(criteria: str, told_of: bool) -> None:
    """“TBD” was taken for criteria that are clear to everybody."""
    assessments = [{**OFFER["assessments"][0], "criteria": criteria}]
    assessments[0].pop("pass", None)
    assert ("M9-8" in [one[0] for one in told(assessments=assessments)]) == told_of


def test_a_reason_that_is_none_is_asked_for() -> None:
    """“None” was a reason why no level applies."""
    level = {"basis": "not-applicable", "reason": "none"}
    assert "M8-6" in [one[0] for one in told(level=level)]
    assert "M8-6" not in [one[0] for one in told(level={**level, "reason": "A hobby course"})]


@pytest.mark.parametrize(
    ("type_", "language", "outcome"),
    [
        ("Klausur und Anwesenheit", "de", Outcome.CANNOT_TELL),
        ("Written exam (attendance required)", "en", Outcome.CANNOT_TELL),
        ("Prova scritta con frequenza obbligatoria", "it", Outcome.CANNOT_TELL),
        ("اختبار وحضور", "ar", Outcome.CANNOT_TELL),
        ("80 % närvaro", "sv", Outcome.NOT_MET),
        ("Attendance and certificate of participation", "en", Outcome.NOT_MET),
    ],
)
def test_an_exam_beside_attendance_is_no_attendance_alone(
    type_: str, language: str, outcome: Outcome
) -> None:
    """“Exam and attendance” was said to be attendance, and nothing else."""
    assessments = [{**OFFER["assessments"][0], "type": type_}]
    report = check_one({**OFFER, "language": language, "assessments": assessments}, READY)
    assert isinstance(report, Checked)
    assert {one.rule.id: one.outcome for one in report.findings}.get("M9-10") == outcome


# Numbers and dates


@pytest.mark.parametrize("hours", ["1,200", "1.200", "1.200 Stunden", "ca. 1,200 h"])
def test_a_mark_that_can_be_either_is_told(hours: str) -> None:
    """The advice was to write 1.2."""
    messages = told(workload={**OFFER["workload"], "hours": hours})
    assert [one for one in messages if one[0] in ("M7-4", "M7-14")] == [
        (
            "M7-4",
            f"“{hours}” is 1200 hours for some readers, and 1.2 for others",
            "Write 1200 or 1.2, whichever is meant",
        )
    ]


@pytest.mark.parametrize(
    ("written", "hours"), [("1200", 1200), ("1 200", 1200), ("62,5", 62.5), ("62.500", 62.5),
                           ("0.333", 0.333), ("75:00", 75), ("81:30 ", 81.5), ("81:75", None),
                           ("75 ώρες", 75), ("75 საათი", 75), ("75 ساعة", 75), ("75 ժամ", 75),
                           ("37 h 30", 37.5), ("12h30", 12.5), ("12 h 75", None), ("%75", None),
                           ("75 tim", 75), ("75 t", 75), ("75 hod.", 75)]
)  # fmt: skip
def test_hours(written: str, hours: float | None) -> None:
    """Only a single digit before three others can be a thousand; units are in any script."""
    assert hours_of(written) == hours


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1er mars 2026", "2026-03-01"),
        ("12 de marzo de 2026", "2026-03-12"),
        ("12 de março de 2026", "2026-03-12"),
        ("15 лютого 2026 р.", "2026-02-15"),
        ("19 czerwca 2026 r.", "2026-06-19"),
        ("19th June 2026", "2026-06-19"),
        ("June 1st, 2026", "2026-06-01"),
        ("1st of June 2026", "2026-06-01"),
        ("15-Feb-2026", "2026-02-15"),
        ("15 лютого 2026 року", "2026-02-15"),
        ("15 Φεβρουάριος 2026", "2026-02-15"),
        ("15 Μαΐου 2026", "2026-05-15"),
        ("31. prosince 2030", "2030-12-31"),
        ("31 Aralık 2030", "2030-12-31"),
        ("٣١ ديسمبر ٢٠٣٠", "2030-12-31"),
        ("٢٠٣٠-١٢-٣١", "2030-12-31"),
        ("2030 წლის 31 დეკემბერი", "2030-12-31"),
        ("2030. december 31.", "2030-12-31"),
        ("2030 m. gruodžio 31 d.", "2030-12-31"),
    ],
)
def test_dates_with_their_small_words(written: str, day: str) -> None:
    """Spanish and Portuguese months were known, but not how a date is written with them."""
    reading = read_date(written)
    assert reading is not None
    assert str(reading.date) == day


def test_a_total_among_the_parts_is_named() -> None:
    """The last row of a table adds the others up, and counted as one of them."""
    parts = {"contact": 25, "self-study": 50, "assessment": 6, "Разом": 81}
    found = [
        one for one in told(workload={**OFFER["workload"], "parts": parts}) if one[0] == "M7-3"
    ]
    assert found == [
        (
            "M7-3",
            "The parts add up to 162 hours, the total is 81",
            "Delete the part “Разом”, if it is the total once more",
        )
    ]


@pytest.mark.parametrize(
    ("period", "fix"),
    [
        ("3 years", "Write P3Y"),
        ("3 Jahre", "Write P3Y"),
        ("5 lat", "Write P5Y"),
        ("24 mois", "Write P24M"),
        ("2 роки", "Write P2Y"),
        ("unbefristet", "Write “no expiry”"),
        ("tills vidare", "Write “no expiry”"),
    ],
)
def test_a_period_is_turned_into_one_that_can_be_counted(period: str, fix: str) -> None:
    """Only whoever wrote English was told what to write instead."""
    assert [one[2] for one in told(validity={"period": period})] == [fix]


@pytest.mark.parametrize("written", ["2030", "2030-12", "12/2030", "marzo de 2030", "spring 2030"])
def test_a_day_that_is_missing_is_asked_for(written: str) -> None:
    """It was said that nothing can be read there."""
    assert ("DOC-1", f"“{written}” names no day", "Add the day, in the form 2026-06-30") in told(
        review={"next": written}
    )


def test_a_month_of_two_languages_is_asked_about() -> None:
    """“Listopad” is October in Croatian and November in Polish, and was October."""
    reading = read_date("30 listopada 2026")
    assert reading is not None
    assert reading.date is None
    assert list(map(str, reading.choices)) == ["2026-10-30", "2026-11-30"]


def test_one_outcome_is_no_plural() -> None:
    """It said “1 outcomes”."""
    messages = [one[1] for one in told(outcomes=OFFER["outcomes"][:1])]
    assert "One outcome takes 81 h" in messages


@pytest.mark.parametrize(
    ("language", "changed", "message"),
    [
        (
            "de",
            {"outcomes": [{"id": "LO1", "statement": "Weiß, wie ein Produkt zerlegt wird"}]},
            "“Weiß, wie ein Produkt zerlegt wird”: “Weiß” cannot be observed in an assessment",
        ),
        (
            "el",
            {"quality": [{"kind": "internal", "statement": "Μάθηση υψηλής ποιότητας"}]},
            "“υψηλής ποιότητας” is praise",
        ),
        (
            "tr",
            {"stacking": {**OFFER["stacking"], "note": "İş garantisi vardır"}},
            "“İş garantisi” promises what others decide",
        ),
    ],
)
def test_words_are_quoted_as_they_were_written(
    language: str, changed: dict[str, Any], message: str
) -> None:
    """A German read “weiss”, and a Greek a word that ended with the wrong letter."""
    assert message in [one[1] for one in told(language=language, **changed)]


# Choices


@pytest.mark.parametrize(
    ("name", "messages"),
    [
        ("NOK", []),
        ("CNCP", []),
        ("EQF", ["“EQF” is the European framework, and no national one"]),
        ("EQR", ["“EQR” is the European framework, and no national one"]),
        ("TYUYÇ", ["“TYUYÇ” is no name of the list"]),
    ],
)
def test_short_names_are_no_slips_of_each_other(name: str, messages: list[str]) -> None:
    """Whoever wrote EQF was asked whether the Swedish framework was meant."""
    level = {**OFFER["level"], "national": [{"framework": name, "level": "7"}]}
    assert [one[1] for one in told(level=level) if one[0] == "DOC-6"] == messages


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Supervised by a teacher", "supervised"),
        ("supervised with ID card", "supervised-with-id"),
        ("unsupervized", "unsupervised"),
    ],
)
def test_a_choice_with_more_words_is_that_choice(said: str, meant: str) -> None:
    """To suggest that identity is checked promises more than was said."""
    assessments = [{**OFFER["assessments"][0], "supervision": said}, *OFFER["assessments"][1:]]
    fixes = [one[2] for one in told(assessments=assessments) if one[0] == "SHAPE-choice"]
    assert [fix.split("?")[0] for fix in fixes] == [f"Did you mean `{meant}`"]


@pytest.mark.parametrize(
    ("said", "fix"),
    [
        ("not registered", "Write one of: nqf-registered"),
        ("nqf-registred", "Did you mean `nqf-registered`"),
    ],
)
def test_the_opposite_is_no_slip(said: str, fix: str) -> None:
    """Whoever wrote that a level isn't registered was asked whether it is."""
    (found,) = (
        one[2] for one in told(level={**OFFER["level"], "basis": said}) if one[0] == "SHAPE-choice"
    )
    assert found.startswith(fix)


@pytest.mark.parametrize(
    "word",
    [
        *("yok", "Nincs", "لا يوجد", "fără condiții", "არ არის", "Κανένα", "Δεν απαιτούνται"),
        *("ei ole", "Չկան", "asnjë", "Nuk ka", "nu sunt", "Nie ma", "puuduvad", "няма"),
        *("не потрібні", "There are no prerequisites.", "Nie są wymagane żadne."),
        *("Es sind keine Vorkenntnisse erforderlich", "Vorkenntnisse sind nicht erforderlich"),
        *("Pas de prérequis particulier", "Não são exigidos requisitos prévios", "n.v.t."),
        *("Non sono richiesti prerequisiti", "Er is geen voorkennis nodig", "Open to everyone"),
        *("Det krävs inga förkunskaper", "Ei esitietovaatimuksia", "Ön koşul yoktur"),
        *("Χωρίς προαπαιτούμενα", "Nisu potrebna prethodna znanja", "Nu este cazul"),
        *("Попередні знання не потрібні", "غير مطلوب", "წინაპირობა არ არის"),
    ],
)
def test_nothing_is_needed_in_many_languages(word: str) -> None:
    """“There is one way in only” was said of no way that somebody has to go."""
    assert told(prerequisites={"text": word}) == []


@pytest.mark.parametrize(
    "text",
    [
        *("Не нижче НРК 4", "Nicht unter 18 Jahren", "Pas moins de deux ans d'expérience"),
        *("A degree; experience not required", "Open to all registered nurses"),
    ],
)
def test_at_least_is_not_nothing(text: str) -> None:
    """“Not below level 4” begins as “not needed” does, and “open to all nurses” as to all."""
    assert "O1-4" in [rule for rule, _, _ in told(prerequisites={"text": text})]


@pytest.mark.parametrize(
    ("changed", "rules"),
    [
        ({"learner": {"name": "Ana Horvat", "born": "1990-01-01"}}, {"M1-7", "SHAPE-unknown"}),
        (
            {
                "assessments": [
                    {**OFFER["assessments"][0], "weight": 60, "supervision": "watched"},
                    {**OFFER["assessments"][0], "weight": 60},
                ]
            },
            {"M9-6", "M9-13", "SHAPE-choice"},
        ),
    ],
)
def test_a_fault_inside_of_a_part_hides_nothing_said_of_all_of_it(
    changed: dict[str, Any], rules: set[str]
) -> None:
    """The more data of a learner stood in an offer, the less was said of it."""
    assert rules <= {rule for rule, _, _ in told(**changed)}


@pytest.mark.parametrize(
    ("changed", "hidden"),
    [
        ({"workload": {"hours": [1]}}, "names neither hours nor credits"),
        ({"workload": {"hour": 50}}, "names neither hours nor credits"),
        ({"assessments": [{"id": "A1", "type": ["quiz"]}]}, "No assessment names its type"),
    ],
)
def test_a_fault_is_not_told_again_by_what_it_takes_away(
    changed: dict[str, Any], hidden: str
) -> None:
    """What stands there in a form that can't be read is not said to be missing."""
    assert [message for _, message, _ in told(**changed) if hidden in message] == []


@pytest.mark.parametrize("weight", ["%100", "100 %", "١٠٠٪", "٪100"])
def test_a_share_as_people_write_it(weight: str) -> None:
    """Of a sign in front it was said that the weights add up to 0."""
    found = told(assessments=[{**OFFER["assessments"][0], "weight": weight}])
    assert [message for rule, message, _ in found if rule in ("M7-14", "M9-6")] == [
        f"“{weight}” was read as 100"
    ]


def test_a_weight_that_is_none_adds_up_to_nothing() -> None:
    """It is told once, as no number."""
    found = told(assessments=[{**OFFER["assessments"][0], "weight": "most of it"}])
    assert [rule for rule, _, _ in found if rule in ("M7-14", "M9-6")] == ["M7-14"]


def test_a_title_in_english_is_added_to_what_is_there() -> None:
    """Whoever followed the advice called Ukrainian Croatian."""
    fixes = [fix for rule, _, fix in told(title="Зварювання", language="uk") if rule == "M2-8"]
    assert fixes == ["Write the title in both languages: `title: {uk: …, en: …}`"]


@pytest.mark.parametrize(
    ("statement", "language", "asked"),
    [
        ("Introduction to forestry law and safety in the forest sector", "en", True),
        ("The history of the chainsaw and its development since 1920", "en", True),
        ("Module 3: Felling techniques for broadleaved trees and their risks", "en", True),
        ("Introduction au droit forestier et à ses règles dans la pratique", "fr", True),
        ("Podstawy prawa leśnego w Polsce i w Unii Europejskiej dla drwali", "pl", True),
        ("Основи лісового законодавства України для працівників лісу", "uk", True),
        ("Explains the basics of forestry law to those who own a forest", "en", False),
        ("Unterrichtet Geschichte der Forstwirtschaft vor Lernenden im Betrieb", "de", False),
    ],
)
def test_a_topic_of_any_length_is_asked_about(statement: str, language: str, asked: bool) -> None:
    """Topics of more than six words, the usual ones, went unnoticed."""
    outcomes = [{"id": "LO1", "type": "skill", "statement": statement}]
    rules = [rule for rule, _, _ in told(outcomes=outcomes, language=language)]
    assert ("M6-3" in rules) == asked


@pytest.mark.parametrize(
    ("statement", "language", "outcome"),
    [
        ("Writes user documentation", "en", None),
        ("Recruits staff for the administration", "en", None),
        ("Redacta informes", "es", None),
        ("Складає звіти", "uk", None),
        ("Methods of user documentation", "en", Outcome.NOT_MET),
        ("Logistics process documentation", "en", Outcome.NOT_MET),
    ],
)
def test_a_short_outcome_is_no_topic(
    statement: str, language: str, outcome: Outcome | None
) -> None:
    """Whatever ended as “documentation” does was a topic, even behind “configures”."""
    outcomes = [{"id": "LO1", "type": "skill", "statement": statement}]
    report = check_one({**OFFER, "language": language, "outcomes": outcomes}, READY)
    assert isinstance(report, Checked)
    found = {one.rule.id: one.outcome for one in report.findings}
    assert found.get("M6-3") == outcome


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Critically evaluates plans for felling", "evaluates"),
        ("The learner can independently design a plan", "design"),
        ("Apply the rules for felling", "apply"),
        ("Complies with the rules of the forest", None),
        ("Family law in practice", None),
    ],
)
def test_a_verb_behind_an_adverb(text: str, verb: str | None) -> None:
    """Verbs that say how something is done in front were not compared with the level."""
    assert statement(text, "en").verb("level-verbs") == verb


@pytest.mark.parametrize(("value", "written"), [(60, "60"), (2.5, "2.5"), (True, "true")])
def test_a_number_where_a_text_belongs(value: object, written: str) -> None:
    """The advice was to look at the example in the schema."""
    found = told(assessments=[{**OFFER["assessments"][0], "pass": value}])
    fixes = [fix for rule, _, fix in found if rule == "SHAPE-type"]
    assert fixes == [f'Put it in quotation marks: `"{written}"`']


def test_a_number_in_quotation_marks() -> None:
    """“1” was none of the possible values, and the advice was to write 1."""
    assert told(microcred="1") == [
        (
            "SHAPE-choice",
            "“Format version” is the text “1”; it has to be a number",
            "Write 1 without quotation marks",
        )
    ]


def test_a_group_where_a_text_belongs() -> None:
    """Of a price with amount and currency it was said that it stands there in several languages."""
    price = {"amount": "450", "currency": "EUR"}
    assert told(information={**OFFER["information"], "price": price})[0] == (
        "SHAPE-language",
        "“Price” is a text, and “amount” in it is no code of a language",
        "Write one text, or one for each language under codes such as en, fr or uk",
    )


# Cells


def answered(question: str, value: object, form: str = "General") -> list[tuple[str, str]]:
    """Return rule and message of what the answer adds to the report on a filled worksheet W11."""
    reports = []
    for one in (None, value):
        book = openpyxl.load_workbook(io.BytesIO(written(worksheet("W11"), "xlsx", OFFER)))
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        label = next(cell for cell in cells if cell.value == question)
        if one is not None:
            label.offset(column=1).value = one
            label.offset(column=1).number_format = form
        content = io.BytesIO()
        book.save(content)
        report = check_one(content.getvalue(), READY, name="w11.xlsx")
        assert isinstance(report, Checked)
        reports.append([(found.rule.id, str(found.message)) for found in report.findings])
    return [found for found in reports[1] if found not in reports[0]]


@pytest.mark.parametrize("form", ["[h]:mm", "[hh]:mm:ss", "h:mm"])
def test_a_time_in_a_workbook_is_hours(form: str) -> None:
    """Excel keeps the 81:00 that somebody types as 3.375 days."""
    assert answered("Hours", timedelta(hours=81), form) == [("M7-14", "“81:00” was read as 81")]


def test_a_time_of_day_stays_one() -> None:
    """It came out as 0.75."""
    assert clock(0.75) == "18:00"


@pytest.mark.parametrize("error", ["#NAME?", "#DIV/0!", "#REF!"])
def test_an_error_is_no_answer(error: str) -> None:
    """A target group of #NAME? was taken as stated."""
    assert ("CELL-3", f"The cell holds the error {error} instead of a result") in answered(
        "Target group", error
    )


# Comments


def test_a_text_that_yaml_takes_for_a_comment_is_told() -> None:
    """“#1 in training” was read as nothing, and the report only said that the title is missing."""
    lines = ["microcred: 1", "kind: offer", "title: #1 in training", "summary: # to follow"]
    text = "\n".join([*lines, "bodies:", "  - name: \t#Alpha", "fields: # two", '  - "0713"', ""])
    report = check_one(text.encode(), READY, name="x.yaml")
    assert isinstance(report, Checked)
    assert [
        (one.pointer, str(one.place), str(one.message))
        for one in report.findings
        if one.rule.id == "SHAPE-comment"
    ] == [
        (pointer, place, f"“{words}” is not read: YAML takes what begins with # for a comment")
        for pointer, place, words in (
            ("/title", "line 3, column 1", "#1 in training"),
            ("/bodies/0/name", "line 6, column 5", "#Alpha"),
        )
    ]


def test_a_text_that_is_cut_before_a_number_sign_is_asked_about() -> None:
    """“Module #3” was read as “Module”; whoever means a comment puts a space behind the sign."""
    lines = [
        *("microcred: 1", "kind: offer", "title: Module #3", "summary: Fits # to follow"),
        *("fields: [0713 #1", "  ]", "workload: {hours: 75 #TODO", "  }", 'audience: "As in #3"'),
        *("review:", "  changes:", "    New in", "    version #2 of May", ""),
    ]
    report = check_one("\n".join(lines).encode(), READY, name="x.yaml")
    assert isinstance(report, Checked)
    assert [
        (one.outcome, one.pointer, str(one.place), str(one.message))
        for one in report.findings
        if one.rule.id == "SHAPE-comment"
    ] == [
        (
            Outcome.CANNOT_TELL,
            pointer,
            place,
            f"Does “{words}” belong to “{text}”? It is not read: YAML takes what begins with # "
            "for a comment",
        )
        for pointer, place, words, text in (
            ("/title", "line 3, column 8", "#3", "Module"),
            ("/fields/0", "line 5, column 10", "#1", "0713"),
            ("/review/changes", "line 12, column 5", "#2 of May", "New in version"),
        )
    ]


def test_a_comma_between_braces_loses_nothing_without_a_word() -> None:
    """“{hours: 62,5}” was read as 62, and half of a sentence as the name of an empty field."""
    lines = [
        *("microcred: 1", "kind: offer", "workload: {hours: 62,5, parts: {contact: 62.5}}"),
        *("outcomes:", "  - {id: LO1, statement: Weld, cut and", "     inspect }", "x-own: [a, b]"),
        *("grading: {scheme: , values: [1,5]}", 'bodies: [{"name": "A, B",}]', ""),
    ]
    report = check_one("\n".join(lines).encode(), READY, name="x.yaml")
    assert isinstance(report, Checked)
    why = "is not read: between braces, a comma begins the name of the next field"
    assert [
        (one.pointer, str(one.place), str(one.message))
        for one in report.findings
        if one.rule.id == "SHAPE-unknown"
    ] == [
        ("/workload/5", "line 3, column 22", f"“5” {why}"),
        ("/outcomes/0/cut and inspect", "line 5, column 32", f"“cut and inspect” {why}"),
    ]


# What only keeps a place


@pytest.mark.parametrize(
    "text",
    [
        *("[введіть назву]", "[enter title]", "<title>", "{{ title }}", "TBD", "tbd.", "unknown"),
        *("n/a", "-", "…", "???", "____________", "..........."),
    ],
)
def test_what_only_keeps_a_place_is_asked_about(text: str) -> None:
    """A field that holds the words of a template is filled in for a program only."""
    message = f"Is “{text}” the answer, or does it only keep its place?"
    assert ("DOC-9", message) in [one[:2] for one in told(title=text)]


@pytest.mark.parametrize(
    "text", ["[Re]design", "C++ [basics]", "R", "5S", "TIG", "BIM <BAU>", "Go"]
)
def test_a_short_title_keeps_more_than_a_place(text: str) -> None:
    """Languages of programming and methods have short names."""
    assert "DOC-9" not in [one[0] for one in told(title=text)]


@pytest.mark.parametrize(
    "text",
    [
        "Contact: Ana, born 12 May 85",
        "Ana, born in 1990",
        "Jörg, geboren am 12.05.1990",
        "Олена, народжена чи народжен 12.05.1990",
        "Ana Kovač, OIB 12345678901",
        "Ana, born ١٢.٠٥.١٩٩٠",
        "ana@example.org",
        "info@example.org or ana@example.org",
    ],
)
def test_personal_data_in_a_text_of_an_offer_is_asked_about(text: str) -> None:
    """A date of birth, a personal number or an address, in the languages of the list."""
    assert [rule for rule, *_ in told(audience=text)] == ["M1-8"]
    long = f"{text}. " + "People who take machines apart. " * 40
    assert [rule for rule, *_ in told(audience=long)] == ["M1-8"]


@pytest.mark.parametrize(
    "text",
    [
        *("People born in 3 countries", "Staff of 1200 national parks"),
        "Anybody; questions to training@college.example",
    ],
)
def test_what_is_nobodys_is_no_personal_data(text: str) -> None:
    """A count is no date, and an office no person."""
    assert told(audience=text) == []
