"""Whether everything is as it should be: each thing in one plain sentence, with what to do. `doctor`, `malam` and the health page ask here.

Stands beside the queries: only reads, knows no Flask. `deep` goes through all that is stored and takes its time; `light` looks at ages, disk, clock
and rights, quick enough for a page."""
from app.checks.everything import deep, light
from app.checks.found import Check, State, Things, worst
from app.checks.night import Head, Night, Step, head_of, last_night, note
from app.checks.running import Examination, examine, last, start, thorough, wrong

__all__ = ["Check", "Examination", "Head", "Night", "State", "Step", "Things", "deep", "examine", "head_of", "last", "last_night", "light", "note",
           "start", "thorough", "worst", "wrong"]
