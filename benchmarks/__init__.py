"""How fast it is, measured by hand and not by the tests: `.venv/bin/python -m benchmarks` (README.md here), and `-m benchmarks.best_set`."""
