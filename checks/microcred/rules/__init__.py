"""All rules: one module a chapter of the guidance, in the order of the elements."""

from microcred.rule import RULES
from microcred.rules import (
    assessment,
    awarding_body,
    country,
    date,
    document,
    foreign,
    grade,
    information,
    learner,
    level,
    need,
    outcomes,
    participation,
    prerequisites,
    profile_content,
    profile_level,
    profile_size,
    profile_time,
    quality,
    register,
    stackability,
    supervision,
    title,
    workload,
    worksheet,
)
from microcred.shape import rules as shape

__all__ = ["RULES"]

# Importing a chapter declares its rules.
CHAPTERS = (
    shape,
    document,
    need,
    learner,
    title,
    country,
    awarding_body,
    date,
    outcomes,
    workload,
    level,
    assessment,
    participation,
    quality,
    prerequisites,
    supervision,
    grade,
    stackability,
    information,
    profile_size,
    profile_level,
    profile_content,
    profile_time,
    register,
    foreign,
    worksheet,
)
