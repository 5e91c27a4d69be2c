"""Registers of providers: lists of trusted or quality-assured bodies, and who stands in them.

A register is read once, indexed once, and then asked about any number of bodies. Nothing is
fetched: the list is a file that the reader has.

>>> from microcred.registers import read_register
>>> register = read_register("providers.csv")                       # doctest: +SKIP
>>> register.look_up(body, dt.date(2026, 11, 1)).how                # doctest: +SKIP
"""

from __future__ import annotations

from microcred.registers.listing import Entry, How, Listing, Near, Standing, best
from microcred.registers.reading import read_all, read_register
from microcred.registers.register import Register

__all__ = [
    "Entry",
    "How",
    "Listing",
    "Near",
    "Register",
    "Standing",
    "best",
    "read_all",
    "read_register",
]
