"""Compare the pipeline's tables with what human coders marked, and write the page that says how far to trust them."""
