"""Find themes in measures: read → terms → collocations → vectors → grouping → naming, each in the module of that name.

Nothing here but `guided.py` knows the codebook's themes: in inductive mode themes come out of the words, headings and
neighbourhood of the measures alone, and the codebook is laid beside them when all is done (`crosswalk.py`).
"""
