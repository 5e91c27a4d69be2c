"""Days and hours as spreadsheets count them."""

from __future__ import annotations

import datetime as dt
from typing import Final

__all__ = ["EPOCH", "EPOCH_1904", "clock", "day"]

EPOCH: Final = dt.date(1899, 12, 30)
EPOCH_1904: Final = dt.date(1904, 1, 1)  # in workbooks that began on an old Macintosh


def day(serial: float, epoch: dt.date = EPOCH) -> str:
    """Return the day that a spreadsheet counts from its epoch, as year-month-day."""
    try:
        return (epoch + dt.timedelta(days=int(serial))).isoformat()
    except OverflowError:
        return str(serial)


def clock(days: float) -> str:
    """Return a time that a spreadsheet counts in days, as hours and minutes: 3.125 is 75:00."""
    hours, minutes = divmod(round(days * 24 * 60), 60)
    return f"{hours}:{minutes:02}"
