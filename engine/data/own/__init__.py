"""Reading files of a person's own: one module for each form of data, and what they share."""
