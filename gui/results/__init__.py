"""The panel of results: what the network gets right and wrong, on all validation samples."""
