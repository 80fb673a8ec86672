"""Read quantities in one sentence: where they stand, what they are worth, how they are bounded."""

from pipeline.quantity.grammar import scan, scan_all
from pipeline.quantity.model import Quantity

__all__ = ["Quantity", "scan", "scan_all"]
