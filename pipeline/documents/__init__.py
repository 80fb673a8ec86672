"""Read the documents a text names between 《 and 》: their titles, whose they are and what they are named for."""
