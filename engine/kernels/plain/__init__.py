"""The kernels as a student would write them: NumPy and plain loops, one formula at a time.

They are the truth that the compiled kernels of `engine.kernels.cpu` are tested against, and what
the app shows when somebody opens a layer to see its arithmetic. Clarity comes before speed here.
"""
