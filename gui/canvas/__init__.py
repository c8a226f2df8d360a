"""The canvas: the network as boxes and connections that a person draws with the mouse."""
