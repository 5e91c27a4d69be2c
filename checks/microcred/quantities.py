"""Numbers, durations and dates as people write them, each with the reading that was assumed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

__all__ = [
    "DAYS_A_MONTH",
    "HOURS",
    "DateReading",
    "Duration",
    "as_number",
    "either_way",
    "hours_of",
    "is_plain_number",
    "read_date",
    "read_duration",
]

DAYS_A_MONTH: Final = 30.44  # 365.25 / 12: whole years never fail by a day

_NUMBER = re.compile(
    r"""\s*(?:ca\.?|circa|approx\.?|about|~)?\s*(?P<before>[%٪])?\s*
    (?P<number>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)
    \s*(?P<unit>[^\W\d]+\.?|[%٪]|[^\W\d]+\s[^\W\d]+)?\s*""",
    re.VERBOSE,
)
_THOUSAND = re.compile(r"([1-9])[.,](\d{3})")
_PLAIN = re.compile(r"\d+(?:\.\d+)?")

# Words for "hour" in the languages of the guidance; a unit that is none of them is no hour.
# As words are compared: there a Greek word ends otherwise.
HOURS: Final = frozenset(
    word.casefold()
    for word in [
        "h",
        "hr",
        "hrs",
        "hour",
        "hours",
        "std",
        "stunde",
        "stunden",
        "heure",
        "heures",
        "hora",
        "horas",
        "ora",
        "ore",
        "uur",
        "uren",
        "godz",
        "godzina",
        "godziny",
        "godzin",
        "год",
        "година",
        "годин",
        "години",
        "sat",
        "sata",
        "sati",
        "сат",
        "сата",
        "сати",
        "tund",
        "tundi",
        "tunti",
        "tuntia",
        "stunda",
        "stundas",
        "val",
        "valandos",
        "hodina",
        "hodiny",
        "hodin",
        "hodín",
        "ώρα",
        "ώρες",
        "ч",
        "час",
        "часа",
        "часов",
        "ساعة",
        "saat",
        "საათი",
        "саат",
        "óra",
        "tunnit",
        "timer",
        "timme",
        "timmar",
        "ure",
        "ur",
        "orë",
        "ustd",
        "valandų",
        "stundu",
        "ωρών",
        "ώρ",
        "órás",
        "ժամ",
        "t",  # Danish, Finnish and Norwegian
        "tim",
        "hod",
        "saati",
        "klst",
        "ساعات",
        "سا",
    ]
)

_CLOCK = re.compile(r"(\d{1,4})(?::|\s?h\s?)([0-5]\d)(?::[0-5]\d|\s?min)?", re.IGNORECASE)
_ISO_DURATION = re.compile(
    r"P(?=.)(?:(?P<years>\d+(?:[.,]\d+)?)Y)?(?:(?P<months>\d+(?:[.,]\d+)?)M)?"
    r"(?:(?P<weeks>\d+(?:[.,]\d+)?)W)?(?:(?P<days>\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+(?:[.,]\d+)?)H)?(?:(?P<minutes>\d+(?:[.,]\d+)?)M)?"
    r"(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration.

    ``days`` is its calendar time (years of 365, months of 30), ``hours`` its clock time, with
    minutes and seconds.
    """

    days: float
    hours: float


@lru_cache(maxsize=4096)
def read_duration(text: str) -> Duration | None:
    """Return the ISO 8601 duration that *text* states, or None."""
    match = _ISO_DURATION.fullmatch(text.strip())
    if not match:
        return None
    part = {
        name: float(value.replace(",", ".")) if value else 0.0
        for name, value in match.groupdict().items()
    }
    return Duration(
        part["years"] * 365 + part["months"] * 30 + part["weeks"] * 7 + part["days"],
        part["hours"] + part["minutes"] / 60 + part["seconds"] / 3600,
    )


@lru_cache(maxsize=4096)
def _read_text_number(text: str) -> tuple[float, str] | None:
    match = _NUMBER.fullmatch(text) if len(text) <= 60 else None
    if not match:
        return None
    number = re.sub(r"[ \u00a0\u202f]", "", match["number"]).replace(",", ".")
    unit = match["before"] or match["unit"] or ""
    return float(number), unit.casefold().rstrip(".")


def as_number(value: object) -> float | None:
    """Return the number that *value* states (62.5, "62,5", "62.5 h"), or None."""
    if type(value) is int or type(value) is float:
        return value
    if type(value) is str:
        reading = _read_text_number(value)
        return reading[0] if reading else None
    return None


def is_plain_number(value: object) -> bool:
    """Tell whether *value* is a number, or text that only holds one with a decimal point."""
    return type(value) in (int, float) or (
        isinstance(value, str) and bool(_PLAIN.fullmatch(value.strip()))
    )


def hours_of(value: object) -> float | None:
    """Return the hours that *value* states: a number, "62,5", "60 h", "62:30" or "PT60H".

    Calendar time ("6 weeks", "P60M") is no number of hours, and "1,200" could be two.
    """
    if type(value) is int or type(value) is float:
        return value
    if type(value) is not str:
        return None
    duration = read_duration(value)
    if duration:
        return duration.hours if not duration.days else None
    if clock := _CLOCK.fullmatch(value.strip()):
        return int(clock[1]) + int(clock[2]) / 60
    reading = _read_text_number(value)
    if not reading or either_way(value):
        return None
    number, unit = reading
    return number if not unit or unit in HOURS else None


def either_way(value: str) -> tuple[str, str] | None:
    """Return both readings of "1,200" or "1.200 h", thousands first; None of any other number.

    Half of Europe marks thousands as the other half marks decimals.
    """
    match = _NUMBER.fullmatch(value) if len(value) <= 60 else None
    parts = _THOUSAND.fullmatch(match["number"]) if match else None
    return (parts[1] + parts[2], f"{float(f'{parts[1]}.{parts[2]}'):g}") if parts else None


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date as it was read.

    ``iso`` tells whether it was written as ISO 8601 asks. ``date`` is None where day and month
    could be either way round; ``choices`` then holds both readings.
    """

    date: dt.date | None
    iso: bool
    choices: tuple[dt.date, ...] = ()


_ISO_DATE = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,  # in other digits it is a date all the same, and not as ISO 8601 asks
)
_NUMERIC_DATE = re.compile(
    r"(\d{1,4})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4}|\d{1,2})\.?\s*\w?\.?"
)
# “1er mars 2026”, “12 de marzo de 2026”, “June 19th, 2026”, “15 лютого 2026 року”, “15-Feb-2026”
_WORD_DATE = re.compile(
    r"(?:(?P<day>\d{1,2})(?:\.|er|º|st|nd|rd|th)?[\s-]+)?(?:(?:de|of)\s+)?(?P<month>[^\W\d]+)\.?,?"
    r"[\s-]+(?:de\s+)?(?:(?P<behind>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})"
    r"(?:\s*(?:[^\W\d]|року|года|година))?\.?"
)

# “2030. december 31.”, “2030 m. gruodžio 31 d.”, “2030 წლის 31 დეკემბერი”
_YEAR_FIRST = re.compile(
    r"(?P<year>\d{4})\.?\s+(?:(?:m\.|gada|წლის)\s+)?(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[^\W\d]+)"
    r"(?:\s+(?P<behind>\d{1,2})(?:\.|\s*d\.)?)?"
)

_MONTHS: Final = tuple(
    frozenset(names.casefold().split())
    for names in (
        "january jan janvier janv januar jänner enero ene gennaio janeiro styczeń stycznia січень "
        "січня јануар јануара januara januari ianuarie siječanj siječnja ιανουάριος ιανουαρίου "
        "leden ledna január januára tammikuu tammikuuta jaanuar janvāris sausis sausio януари "
        "јануари janar ocak იანვარი يناير январь января",
        "february feb février fevrier févr februar febrero febbraio fevereiro luty lutego лютий "
        "лютого фебруар фебруара februara februari februarie veljača veljače φεβρουάριος "
        "φεβρουαρίου únor února február februára helmikuu helmikuuta veebruar februāris vasaris "
        "vasario февруари shkurt şubat თებერვალი فبراير февраль февраля",
        "march mar mars märz marzo março marzec marca березень березня март марта mart marta "
        "maart martie ožujak ožujka μάρτιος μαρτίου březen března marec március marts maaliskuu "
        "maaliskuuta märts kovas kovo მარტი مارس",
        "april apr avril abril aprile kwiecień kwietnia квітень квітня април априла aprila "
        "aprilie travanj travnja απρίλιος απριλίου duben dubna apríl apríla április huhtikuu "
        "huhtikuuta aprill aprīlis balandis balandžio prill nisan აპრილი أبريل ابريل апрель "
        "апреля",
        "may mai mayo maggio maio maj maja травень травня мај маја mei svibanj svibnja μάιος "
        "μαΐου květen května máj mája május toukokuu toukokuuta maijs gegužė gegužės май mayıs "
        "მაისი مايو мая",
        "june jun juin juni junio giugno junho czerwiec czerwca червень червня јун јуна juna "
        "iunie lipanj lipnja ιούνιος ιουνίου červen června jún júna június kesäkuu kesäkuuta "
        "juuni jūnijs birželis birželio юни јуни qershor haziran ივნისი يونيو июнь июня",
        "july jul juillet juil juli julio luglio julho lipiec lipca липень липня јул јула jula "
        "iulie srpanj srpnja ιούλιος ιουλίου červenec července júl júla július heinäkuu "
        "heinäkuuta juuli jūlijs liepa liepos юли јули korrik temmuz ივლისი يوليو июль июля",
        "august aug août aout agosto sierpień sierpnia серпень серпня август августа avgust "
        "avgusta augustus kolovoz kolovoza αύγουστος αυγούστου srpen srpna augusta augusztus "
        "augusti elokuu elokuuta augusts rugpjūtis rugpjūčio gusht ağustos აგვისტო أغسطس اغسطس",
        "september sep sept septembre septiembre settembre setembro wrzesień września вересень "
        "вересня септембар септембра septembar septembra septembrie rujan rujna σεπτέμβριος "
        "σεπτεμβρίου září szeptember syyskuu syyskuuta septembris rugsėjis rugsėjo септември "
        "shtator eylül სექტემბერი سبتمبر сентябрь сентября",
        "october oct octobre oktober octubre ottobre outubro październik października жовтень "
        "жовтня октобар октобра oktobar oktobra octombrie listopad listopada οκτώβριος οκτωβρίου "
        "říjen října október októbra lokakuu lokakuuta oktoober oktobris spalis spalio октомври "
        "tetor ekim ოქტომბერი أكتوبر اكتوبر октябрь октября",
        "november nov listopad listopada novembre noviembre novembro листопад листопада новембар "
        "новембра novembar novembra noiembrie studeni studenoga νοέμβριος νοεμβρίου listopadu "
        "marraskuu marraskuuta novembris lapkritis lapkričio ноември nëntor kasım ნოემბერი نوفمبر "
        "ноябрь ноября",
        "december dec décembre decembre dezember diciembre dicembre dezembro grudzień grudnia "
        "грудень грудня децембар децембра decembar decembra decembrie prosinac prosinca "
        "δεκέμβριος δεκεμβρίου prosinec prosince desember joulukuu joulukuuta detsember decembris "
        "gruodis gruodžio декември dhjetor aralık დეკემბერი ديسمبر декабрь декабря",
    )
)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def read_date(text: str) -> DateReading | None:
    """Return the date that *text* states, or None where no date can be read.

    ISO 8601 is read as such. Other forms are read day first, as Europe writes them; where month
    first would be a date as well and a different one, both are given and none is chosen.
    """
    text = text.strip()
    if match := _ISO_DATE.fullmatch(text):
        try:
            return DateReading(dt.date.fromisoformat(match["date"]), True)
        except ValueError:
            return None
    if len(text) > 40:
        return None
    if match := _NUMERIC_DATE.fullmatch(text):
        first, second, third = (int(group) for group in match.groups())
        if len(match[1]) == 4:
            date = _date(first, second, third)
            return DateReading(date, False) if date else None
        if len(match[1]) > 2:
            return None
        year = third if len(match[3]) == 4 else 2000 + third
        choices = (_date(year, second, first), _date(year, first, second))
        dates = tuple(sorted({date for date in choices if date}))
        # A dot between the numbers is always day first; a slash can be either.
        if "." in text and (date := _date(year, second, first)):
            return DateReading(date, False)
        return DateReading(dates[0] if len(dates) == 1 else None, False, dates) if dates else None
    if match := _WORD_DATE.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        day, word = match["day"] or match["behind"], match["month"].casefold()
        # Polish and Croatian share the word "listopad" and mean different months by it.
        months = [number for number, names in enumerate(_MONTHS, 1) if word in names]
        found = [_date(int(match["year"]), month, int(day)) for month in months] if day else []
        named = tuple(date for date in found if date)
        return DateReading(named[0] if len(named) == 1 else None, False, named) if named else None
    return None
