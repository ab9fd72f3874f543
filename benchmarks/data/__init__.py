"""A regency of any size: proposals in every state made by the app's own verbs, then laid down again and again as rows."""
