"""report_data: the texts of one batch of reports and where everything found in them stands, as the page reads them.

Written for more reports than fit into the page (`page.inline_reports`): `report_data/<batch>/<number>.js`.
"""

from collections.abc import Iterator

from pipeline.library import Library
from pipeline.page.shelves import file, pack


def build(library: Library, *, reports_per_file: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the batches in `library`, `reports_per_file` reports to a file."""
    for name, reports in pack(library, reports_per_file):
        yield file(name, reports)


if "snakemake" in globals():
    from pipeline import stage

    stage.publish(build, snakemake)  # noqa: F821
