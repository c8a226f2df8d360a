"""The command palette: one field over the window that finds whatever can be done or gone to."""
