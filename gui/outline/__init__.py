"""The outline: the whole drawing as rows of words, to be read and changed without seeing it."""
