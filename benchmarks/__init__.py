"""Measured by hand, not by the tests: `.venv/bin/python -m benchmarks.best_set`."""
