"""Measure the pipeline: how many characters a second, how it grows with size, how much memory it takes at its peak."""
