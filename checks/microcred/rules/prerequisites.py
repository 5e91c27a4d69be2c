"""O1: prerequisites needed to enrol in the learning activity."""

from __future__ import annotations

import re
from typing import Final

from microcred.description import Description, Node
from microcred.quantities import as_number
from microcred.rule import NOT_APPLICABLE, Level, Outcome, Verdict, cannot_tell, not_met, rule
from microcred.sources import advice
from microcred.vocabularies.statements import statement
from microcred.vocabularies.tables import fold, remembered
from microcred.vocabularies.wordlists import words

# With these words an answer says none where it begins with one of them.
_NONE_WORDS = (
    "none no nothing n/a - kein keine ohne entfällt aucun aucune néant sans sin ninguno ninguna "
    "ningún nessuno nessun nessuna senza nenhum nenhuma sem brak żadne żadnych bez немає жодних "
    "відсутні без nema нема geen n.v.t žádné žiadne nejsou není brez fără niciuna nicio inga ingen "
    "ingenting nincs nincsenek puudub puuduvad nav nėra nereikia netaikoma yok yoktur gerekmez "
    "gerekmiyor καμία καμιά κανένα ουδεμία χωρίς არ لا بدون չկա չկան asnjë asgjë няма нет"
)
NONE: Final = frozenset(fold(_NONE_WORDS).split())
# How a sentence begins that says none, where its first word alone says less than that.
_BEGINNINGS = (
    "not applicable|there are no|there is no|there aren't any|nicht erforderlich|es gibt kein|"
    "es sind kein|es ist kein|es werden kein|es wird kein|es bestehen kein|il n'y a|pas de |"
    "non requis|non richiest|non previst|non sono richiest|non sono previst|non sono necessar|"
    "non è richiest|non è previst|non è necessari|não aplicável|não se aplica|não há|não tem|"
    "não existem|não são exigid|não são necessári|não é exigid|não é necessári|er zijn geen|"
    "er is geen|er worden geen|er wordt geen|niet van toepassing|det krävs ing|det finns ing|"
    "der er ing|der kræves ing|det er ing|det kreves ing|δεν απαιτ|δεν υπάρχ|δεν προβλέπ|"
    "δεν χρειάζ|ei mitään|ei ole|ei vaadita|ei tarvita|ei nõuta|ei vaatimuksia|"
    "ei esitietovaatimuksia|ei ennakkovaatimuksia|ei pääsyvaatimuksia|ei edellyt|ei aiempi|"
    "nie ma|nie są wymagane|nie sú|nie dotyczy|nie określono|nie wymaga|nevyžaduj|nem szükséges|"
    "ni potreb|ni posebn|nisu potreb|nisu propisan|ne postoj|нису потреб|не постој|nu este cazul|"
    "nu există|nu necesită|nu se cer|nu sunt|nuk ka|nuk kërkoh|не вимага|не потріб|не передбач|"
    "не требу|не се изисква|ليس هناك|ليست هناك|غير مطلوب"
)
NONE_IN_WORDS: Final = tuple(_BEGINNINGS.split("|"))
# And how one ends: “Vorkenntnisse sind nicht erforderlich”, “Ön koşul yoktur”.
_ENDS = (
    " open to all| open to everybody| open to everyone| für alle offen| offen für alle|"
    " für alle interessierten| ouvert à tous| ouvert à toutes et à tous|"
    " abierto a todo el público| abierto a todas las personas| aperto a tutti| aberto a todos|"
    " open voor iedereen| voor iedereen toegankelijk| öppet för alla| öppen för alla|"
    " avoin kaikille| herkese açık| not required| not needed| not necessary| nicht erforderlich|"
    " nicht nötig| nicht notwendig| niet nodig| niet vereist| krävs inte| kræves ikke|"
    " kreves ikke| ei vaadita| ei tarvita| ei nõuta| nie są wymagane| nie jest wymagane|"
    " nisu potrebna| nije potrebno| нису потребна| није потребно| немає| не потрібні|"
    " не вимагаються| nem szükséges| yok| yoktur| gerekmez| aranmaz| არ არის| არ არსებობს|"
    " არ მოითხოვება| გარეშე"
)
NONE_AT_END: Final = tuple(_ENDS.split("|"))
HIGH: Final = 6  # EQF level from which learners can't guess what is expected of them

SHARED: Final = 0.6  # share of an outcome's words from which a prerequisite speaks of the same


_MARK: Final = re.compile("[,;:.(]")

# "No prior knowledge is needed" says none as well; a longer text may go on with what is needed.
NONE_AT_MOST: Final = 6  # words


def _is_none(description: Description) -> bool:
    return _says_none(description.text(description.prerequisites.get("text")))


@remembered
def _says_none(text: str) -> bool:
    said = fold(text).rstrip(" .")
    parts = said.split(maxsplit=NONE_AT_MOST)
    if not 0 < len(parts) <= NONE_AT_MOST:
        return False
    if parts[0].rstrip(".,;:") in NONE or said.startswith(NONE_IN_WORDS):
        return True
    # “A degree; experience is not required” asks for a degree.
    return f" {said}".endswith(NONE_AT_END) and not _MARK.search(said)


def _has_choice(text: Node, description: Description) -> bool:
    return any(
        words("or-words", language or "en").spot(version)
        for language, version in description.texts(text)
    )


@rule(
    "O1-1",
    "Say what learners need before they start, or that they need nothing",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-stated",
    basis=advice("ENIC"),
    why="People who lack something drop out, and people who need nothing don't dare to come",
    fix="Add `prerequisites: {text: …}`; where nothing is needed, write `text: none`",
    yields=(Outcome.CANNOT_TELL,),
)
def stated(data: Node, description: Description) -> Verdict | None:
    prerequisites = description.prerequisites
    if prerequisites.get("text") or prerequisites.get("level"):
        return None
    if (description.eqf or 0) >= HIGH:
        return NOT_APPLICABLE  # O1-2 tells it, once
    return cannot_tell("Do learners need anything before they enrol?", at="/prerequisites")


@rule(
    "O1-2",
    "State prerequisites from EQF level 6 upwards",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-high-level",
    basis=advice(),
    why="At these levels nobody can start from nothing; silence misleads",
    fix="Name what is needed, or write `text: none`",
)
def high_level(data: Node, description: Description) -> Verdict | None:
    if (description.eqf or 0) < HIGH:
        return NOT_APPLICABLE
    if description.prerequisites.get("text"):
        return None
    return not_met(
        "The level is EQF {level}, and no prerequisites are stated",
        at="/prerequisites",
        level=description.eqf,
    )


@rule(
    "O1-3",
    "Ask for no higher level than the micro-credential has",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-level",
    basis=advice(),
    why="Who needs EQF 6 to start something at EQF 4 learns below their level",
    fix="Correct one of the two levels",
    at="/prerequisites/level",
)
def not_above(level: Node, description: Description) -> Verdict | None:
    needed = as_number(level)
    if needed is None or description.eqf is None:
        return NOT_APPLICABLE
    if needed <= description.eqf:
        return None
    return not_met(
        "Prerequisites are at EQF {needed}, the micro-credential at EQF {own}",
        needed=f"{needed:g}",
        own=description.eqf,
    )


@rule(
    "O1-4",
    "Offer another route to people without the papers",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-alternative",
    basis=advice("RPL12"),
    why="Experience counts as well, and many adults have no paper for it",
    fix="Add `alternative`: an interview, a short test, a portfolio",
    at="/prerequisites",
    yields=(Outcome.NOT_MET, Outcome.CANNOT_TELL),
)
def alternative(prerequisites: Node, description: Description) -> Verdict | None:
    if not prerequisites.get("text") or _is_none(description):
        return NOT_APPLICABLE
    if prerequisites.get("alternative"):
        return None
    text = description.text(prerequisites["text"])
    if _has_choice(prerequisites["text"], description):
        return cannot_tell("Can people without papers get in by this: “{text}”?", text=text)
    return not_met("There is one way in only: “{text}”", text=text)


@rule(
    "O1-5",
    "Don't ask for what the micro-credential teaches",
    level=Level.ADVICE,
    element="O1",
    section="prerequisites-not-outcomes",
    basis=advice(),
    why="A prerequisite that equals an outcome keeps out the people it was made for",
    fix="Delete the prerequisite, or say what goes beyond it",
    at="/prerequisites/text",
    yields=(Outcome.CANNOT_TELL,),
)
def not_an_outcome(text: Node, description: Description) -> Verdict | None:
    asked = description.text(text)
    if not description.statements or _is_none(description):
        return NOT_APPLICABLE
    wanted = statement(asked, description.language)
    size, bits = wanted.outline
    for number, outcome in enumerate(description.read, 1):
        own, own_bits = outcome.outline
        # Most outcomes have more words, or share so few with it that their outlines show it.
        enough = SHARED * own
        if size <= enough or (size + own - (bits ^ own_bits).bit_count()) / 2 <= enough:
            continue
        if len(wanted.words & outcome.words) > enough:
            return cannot_tell(
                "Is this what outcome {number} teaches: “{text}”?", number=number, text=asked
            )
    return None
