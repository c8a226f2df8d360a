"""The panels around the canvas: where they stand, and how they are moved, floated and closed."""
