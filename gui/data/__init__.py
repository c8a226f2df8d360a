"""Panels about data: the shelf of sets, importing files of one's own, and what the network receives."""
