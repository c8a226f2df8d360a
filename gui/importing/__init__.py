"""The page that imports data of a person's own: which files, how they are read, what is in them."""
