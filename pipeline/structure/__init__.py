"""Find the parts of a report: its paragraphs, headings, sentences, page furniture, and what it says of itself."""
