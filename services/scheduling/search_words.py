"""The words under which a school is found, so that the ways people write a name come to the same."""

import re
import unicodedata

_APOSTROPHES = str.maketrans("", "", "'’‘`´.")
_CHURCH = re.compile(r"\b(church of england|c ?of ?e|ce)\b")
_CHURCH_WORDS = "ce cofe c of e church of england"
_SAINT = re.compile(r"\b(saint|st)\b")


def plain(text: str) -> str:
    """Letters a to z, figures and single spaces: no case, accents, apostrophes or full stops; other signs part words.

    >>> plain("St. Peter’s & St Paul's C.of E.")
    'st peters st pauls cof e'
    """
    letters = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return " ".join(re.findall("[a-z0-9]+", "".join(sign for sign in letters if not unicodedata.combining(sign))))


def start(name: str) -> str:
    """The form in which the beginnings of names are compared."""
    return _SAINT.sub("st", _CHURCH.sub("ce", plain(name)))


def words(name: str, *others: str | None) -> str:
    """Every word under which the school is found, each after a space. Said both ways: saint and st, CofE and C of E.

    Both ways stand here rather than in what is typed, which may stop in the middle of a word."""
    text = plain(name)
    text = _CHURCH.sub(_CHURCH_WORDS, _SAINT.sub("st saint", text))
    return " ".join(["", text, *(plain(other) for other in others if other)])
