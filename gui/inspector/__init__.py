"""The inspector: everything about what is selected, and the editors of its options."""
