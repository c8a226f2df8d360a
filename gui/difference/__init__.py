"""Two networks side by side: what they differ in, marked on both and told in words."""
