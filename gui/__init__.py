"""The window and the terminal: everything a person sees of Layerwise."""
