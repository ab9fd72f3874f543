"""Rows in, bytes out: letters (DOCX, PDF), lists (XLSX), deadlines (ICS). No database, no Flask, no settings."""
