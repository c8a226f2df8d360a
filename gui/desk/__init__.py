"""Several documents in one window: the tabs, and what happens when they are opened and closed."""
