"""What takes long: a whole season over HTTP, and pages over two thousand proposals."""
