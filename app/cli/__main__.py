"""`python -m app.cli`: the commands as the launcher calls them."""
from app.cli.prompt import answer

if __name__ == "__main__":
    answer()
