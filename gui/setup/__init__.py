"""Everything between `python main.py` and the first import of a package: environment and checks.

Only the standard library is used here, because nothing else may be there yet.
"""
