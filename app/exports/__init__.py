"""Rows in, bytes out: letters, dossiers, registers and forms (DOCX, PDF), lists (XLSX), deadlines (ICS), packages (ZIP). No database,
no Flask, no settings."""
