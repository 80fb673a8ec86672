"""Check what a report's figures say of each other: rates, changes, totals, lists, repetitions."""

from pipeline.arithmetic.changes import changes
from pipeline.arithmetic.derived import derived
from pipeline.arithmetic.lists import lists
from pipeline.arithmetic.rates import rates
from pipeline.arithmetic.restated import restated
from pipeline.arithmetic.totals import totals

CHECKS = (rates, changes, totals, lists, restated, derived)

__all__ = ["CHECKS"]
