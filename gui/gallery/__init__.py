"""Examples as cards with pictures of their drawings: to be found, looked at and opened."""
