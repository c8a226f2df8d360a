"""Help pages, and the window that shows them."""
