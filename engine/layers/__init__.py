"""The layer catalogue: every module of this package is imported, and its layers are entered.

Adding a layer type is adding a file; there is no list to edit.
"""

from importlib import import_module
from pkgutil import iter_modules

from engine.layers.base import CATALOGUE, CATEGORIES, Layer

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["CATALOGUE", "CATEGORIES", "Layer"]
