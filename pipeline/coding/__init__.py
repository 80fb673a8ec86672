"""Code a sentence: its themes, whether it states a measure and where that stands, and who did what."""
