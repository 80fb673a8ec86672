"""Say what a quantity counts: the words that name it (`attach`) and the harmonised indicator it is (`code`)."""

from pipeline.indicator.attach import attach
from pipeline.indicator.coding import code, codes

__all__ = ["attach", "code", "codes"]
