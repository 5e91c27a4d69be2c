"""Catalogues: many descriptions checked, compared and published, whatever their number.

A catalogue is cut into ranges of bytes, and each range is one unit of work: the processes of one
machine, a cluster or the jobs of a batch system all do the same units, so that the outcome never
depends on who did them.
"""
