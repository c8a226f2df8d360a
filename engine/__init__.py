"""The engine: documents, layers, kernels and training, usable without the window.

Nothing is imported here, so that the window may use `engine.spec` and `engine.layers` without
paying for Numba. Notebooks start at `engine.scripting`.
"""
