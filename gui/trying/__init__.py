"""A sample of one's own for the network: drawn, turned, typed or clicked, and answered at once."""
