"""The audit: a text held against itself, other texts and the calendar.

::

    rules/NAME.rq ─▶ cases (which figures belong together) ─▶ checks ─▶ faults ─▶ Finding

A rule says by a query which figures belong together; a check, a pure function, says whether their
arithmetic holds as they are printed.
"""
