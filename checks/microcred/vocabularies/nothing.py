"""How people answer that there is nothing, or nothing yet, in many languages."""

from __future__ import annotations

import re
from typing import Final

from microcred.vocabularies.tables import fold, remembered

__all__ = ["denies", "says", "says_none", "shows"]

# What people write where they have nothing to name; it shows nothing.
_NOTHING: Final = frozenset(
    {"x", "n/a", "na", "no", "none", "nothing", "nil", "tbd", "tbc", "todo", "unknown", "yes", "ok"}
)
# With these words an answer says none where it begins with one of them.
_WORDS = (
    "none no nothing n/a - kein keine ohne entfällt aucun aucune néant sans sin ninguno ninguna "
    "ningún nessuno nessun nessuna senza nenhum nenhuma sem brak żadne żadnych bez немає жодних "
    "відсутні без nema нема geen n.v.t žádné žiadne nejsou není brez fără niciuna nicio inga ingen "
    "ingenting nincs nincsenek puudub puuduvad nav nėra nereikia netaikoma yok yoktur gerekmez "
    "gerekmiyor καμία καμιά κανένα ουδεμία χωρίς არ لا بدون չկա չկան asnjë asgjë няма нет"
)
_FIRST: Final = frozenset(fold(_WORDS).split())
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
_IN_WORDS: Final = tuple(_BEGINNINGS.split("|"))
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
_AT_END: Final = tuple(_ENDS.split("|"))
_MARK: Final = re.compile("[,;:.(]")

# "No prior knowledge is needed" says none as well; a longer text may go on with what is needed.
_AT_MOST: Final = 6  # words
_FEW: Final = 3
_LONG: Final = 40  # characters, more than anybody needs to say nothing


@remembered
def says_none(text: str) -> bool:
    """Tell whether a short answer says that there is nothing: “none”, “keine”, “yoktur”."""
    said = fold(text).rstrip(" .")
    parts = said.split(maxsplit=_AT_MOST)
    if not 0 < len(parts) <= _AT_MOST:
        return False
    if parts[0].rstrip(".,;:") in _FIRST or said.startswith(_IN_WORDS):
        return True
    # “A degree; experience is not required” asks for a degree.
    return f" {said}".endswith(_AT_END) and not _MARK.search(said)


def denies(text: str) -> bool:
    """Tell whether a text of few words says that there is nothing, and goes on with nothing else.

    “No audit, but a yearly review” goes on, and so does “ohne Aufsicht geschriebener Test”.
    """
    return len(text.split()) <= _FEW and says_none(text) and not any(map(text.__contains__, ",;:"))


def shows(value: object) -> bool:
    """Tell whether an answer names something that can be looked at."""
    if isinstance(value, list):
        return any(map(shows, value))
    words = " ".join(str(value or "").casefold().split()).strip(".!")
    return bool(words) and words not in _NOTHING and any(map(str.isalnum, words))


def says(text: str) -> bool:
    """Tell whether a text says something: neither “TBD” nor “none” does."""
    return len(text) > _LONG or (shows(text) and not denies(text))
