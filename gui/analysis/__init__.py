"""The page that analyses a drawing: every box, its arithmetic and its costs, in one table."""
