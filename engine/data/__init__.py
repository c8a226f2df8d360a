"""Data sets: bundled and synthetic arrays, and how they are split and scaled for a run."""
