"""The heads of a list's columns, as `ui/lists.html: sort_th` reads them."""
from dataclasses import dataclass

from flask import url_for

from app.queries.filters import Filter


@dataclass(frozen=True)
class Sorting:
    endpoint: str
    chosen: Filter

    @property
    def key(self) -> str:
        return self.chosen.sort_key

    @property
    def descending(self) -> bool:
        return self.chosen.descending

    def url(self, key: str) -> str:
        return url_for(self.endpoint, **self.chosen.turned(key))
