"""Pages that follow from the code are committed, since people read them on the web: they must be current."""

import pytest

from pipeline import docs


@pytest.mark.parametrize("path", docs.PAGES)
def test_generated_page_is_current(path):
    page = docs.ROOT / path
    assert page.exists() and page.read_text(encoding="utf-8") == docs.PAGES[path](), (
        f"{path} is stale: run `make docs`"
    )


def test_stages_come_after_what_they_read():
    order = docs.stages()
    made = {table: order.index(stage) for stage in order for table in docs.made(stage)}
    assert all(made[t] < order.index(stage) for stage in order for t in docs.reads(stage) if t in made)
