"""The runs of a document: the book that keeps them, and the page that shows them."""
