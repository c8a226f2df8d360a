"""Live plots of a run: curves and predictions. The only package that imports pyqtgraph.

pyqtgraph takes longer to import than the rest of the window, so the window imports this package
after it is shown.
"""
