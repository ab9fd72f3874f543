"""How long what is known of people is kept; docs/data-pribadi.md and the page of one's own data say the same."""
from datetime import timedelta

SESSIONS = timedelta(days=365)
FAILURES = timedelta(days=90)  # wrong tries at the door
DRAFTS = timedelta(days=30)    # typed and never saved
