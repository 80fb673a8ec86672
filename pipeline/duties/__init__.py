"""Read who does a planned task and by when, however a plan writes it down."""
