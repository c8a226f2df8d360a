"""The main window: where the panels meet."""
