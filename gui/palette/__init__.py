"""The palette: all layer types, to be dragged onto the canvas."""
