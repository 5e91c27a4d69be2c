"""Days as spreadsheets count them."""

from __future__ import annotations

import datetime as dt
from typing import Final

__all__ = ["EPOCH", "EPOCH_1904", "day"]

EPOCH: Final = dt.date(1899, 12, 30)
EPOCH_1904: Final = dt.date(1904, 1, 1)  # in workbooks that began on an old Macintosh


def day(serial: float, epoch: dt.date = EPOCH) -> str:
    """Return the day that a spreadsheet counts from its epoch, as year-month-day."""
    try:
        return (epoch + dt.timedelta(days=int(serial))).isoformat()
    except OverflowError:
        return str(serial)
