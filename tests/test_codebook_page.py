"""The page of the codebook says what the YAML says."""

from pipeline import codebook, codebook_page
from pipeline.coding import themes

PAGE = codebook_page.page()


def test_every_theme_is_on_the_page_with_its_meaning_and_patterns():
    for theme in codebook.load("themes", themes.Theme):
        section = PAGE.split(f"\n### {theme.code}\n")[1].split("\n### ")[0]
        for text in (theme.zh, theme.en, theme.definition, theme.decisive[0], theme.source):
            assert text in section


def test_every_file_is_on_the_page_with_its_version():
    for path in codebook.FOLDER.glob("*.yaml"):
        assert f"\n## {path.stem}\n\nVersion {codebook.page(path)['version']}. " in PAGE


def test_a_bar_in_a_cell_does_not_break_its_table():
    rows = [line for line in PAGE.splitlines() if line.startswith("| court_appearance_rate |")]
    headline = [line for line in PAGE.splitlines() if line.startswith("| code | zh | en | definition")]
    assert [row.replace("\\|", "").count("|") for row in rows] == [headline[0].count("|")]
