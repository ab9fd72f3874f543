"""The same pages as somebody would write them with Django 5.2, its ORM, forms, sessions and templates, served by gunicorn; for comparison only.
Its libraries live in an environment of their own. The rules (points, evidence) are the app's own plain Python, so that both decide alike."""
