"""The document: what a person draws and chooses. Standard library only, shared by all processes."""
