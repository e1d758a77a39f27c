"""Dates in Vietnamese and English text: where they stand, what they say, how they are meant. Pure.

Values are those of the obligations register: ``2023-04-20``, ``2025-10``, ``2025-Q4``, ``2026``;
``a/b`` a range, ``a/`` from, ``/b`` until, ``a/END`` until an event; ``YEARLY``, ``YEARLY-11``,
``YEARLY-11-15``, ``YEARLY-Q4``, ``MONTHLY``, ``MONTHLY-15``, ``QUARTERLY``, ``QUARTERLY-M3`` (the
quarter's third month), ``QUARTERLY-M3-20``, ``QUARTERLY-LAST-WEEK``, ``WEEKLY``, ``WEEKLY-5``
(Friday), ``DAILY``, ``DAILY-16:00``; a rule that holds in some years only ends in
``(2023..2025)``; ``RELATIVE:P10D``, ``P10BD`` (business days), ``P2W``, ``P1M``, ``PT24H``;
``--04-20`` where the year is neither written nor known. Several days named at once are joined
by ``;``. What recurs in a way that has no name here («6 tháng một lần») has no value; a day
that has no number («ngày làm việc cuối cùng của tháng») is the bare rule. A part of a month
(«tuần đầu tiên của tháng 9», «cuối tháng 5») is the month.

**What goes on.** «năm 2026 và các năm tiếp theo», «từ năm 2026 trở đi» are ``2026/``, «giai đoạn
2026-2030 và những năm sau» too. What is due in the month, quarter or year after the one that is
reported is a rule: «ngày 05 tháng sau» ``MONTHLY-05``, «ngày 10/01 năm sau» ``YEARLY-01-10``,
«tháng đầu quý sau» ``QUARTERLY-M1``.

**Missing years.** A part of a range or list takes the year of a later part. Otherwise, where
``issued`` is given, the year is the year of issue; a day or month that would end more than half a
year before the date of issue, and is named as a limit or a period to come (before, by, until,
in, from, range), belongs to the next year. Without ``issued`` no year is supplied. Either way
``certain_year`` is False. A day without a year that stands in brackets after the period of a
periodic duty, as in «định kỳ 6 tháng (trước ngày 15/6)», is a rule: ``YEARLY-06-15``.

A year of two figures is one of 2000 to 2049.

**What can't be a date** («31/2/2025», «ngày 1S tháng 4», «quý 5/2025») has no value, nor has any
part of it: neither the other end of its range nor «hằng năm» beside it. Dates of the lunar calendar
(«10/3 âm lịch», «tháng Chạp») are not converted. :func:`find_unread_dates` tells where such words
stand, whole.
"""

from ingest.dates.reading import find_dates
from ingest.dates.records import Cue, DateMention
from ingest.dates.unread import find_unread_dates
from ingest.dates.values import matches

__all__ = ["Cue", "DateMention", "find_dates", "find_unread_dates", "matches"]
