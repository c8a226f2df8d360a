"""How fast the engine is, measured beside other libraries: see the README in this folder."""
