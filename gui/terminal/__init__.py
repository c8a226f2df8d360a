"""What Layerwise says and does without a window: the command line and training in a terminal."""
