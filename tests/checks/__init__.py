"""Checks: each fault is found and named, and nothing else is."""
