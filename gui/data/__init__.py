"""Panels about data: the shelf of sets, importing one's own, and what the network receives."""
