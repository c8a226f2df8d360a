"""Small pictures of what options do, painted to scale from the numbers of a box."""
