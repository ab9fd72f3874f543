"""How long "send or hold" thinks over 2,000 innovations told one by one: the best set, and the maturity that would help 25 that stay."""
import random
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from statistics import median
from time import perf_counter

from app import instruments
from app.rules.candidates import Candidate, best, groups_of
from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS
from app.rules.portfolio import IndexRules
from app.rules.selection import Held, reaching

CANDIDATES, HELD, RUNS, SEED, SPD = 2000, 25, 20, 2026, Decimal("48.5")


def free() -> list[Candidate]:
    """All affairs, strong and weak, one in ten decided by hand."""
    dice = random.Random(SEED)
    choices = (*(None,) * 18, "send", "hold")
    return [Candidate(id, Decimal(dice.randint(3000, 11100)) / 100, dice.choice(AFFAIRS), dice.choice(choices)) for id in range(CANDIDATES)]


def gated() -> list[Candidate]:
    """Basic affairs are rare and weak: opening the gate costs something."""
    dice = random.Random(SEED)
    others = [affair for affair in AFFAIRS if affair not in BASIC_AFFAIRS]
    strong = [Candidate(id, Decimal(dice.randint(3000, 11100)) / 100, dice.choice(others)) for id in range(CANDIDATES - 60)]
    return strong + [Candidate(id, Decimal(dice.randint(0, 3000)) / 100, dice.choice(BASIC_AFFAIRS)) for id in range(CANDIDATES - 60, CANDIDATES)]


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Median and longest, in milliseconds."""
    spans = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        spans.append((perf_counter() - start) * 1000)
    return median(spans), max(spans)


def main() -> None:
    rules = IndexRules.read(instruments.load("iid-2026"))
    print(f"{CANDIDATES} candidates, {RUNS} runs each".ljust(44), f"{'median':>10} {'longest':>10}")
    for name, candidates in (("free", free()), ("gated", gated())):
        chosen = best(SPD, candidates, rules, BASIC_AFFAIRS)
        held = [Held(*one, place) for place, one in enumerate(candidates) if one.id not in chosen.send][:HELD]
        helped = partial(reaching, SPD, groups_of(candidates), chosen, held, rules, BASIC_AFFAIRS)
        for what, work in ((f"{name}: best, {chosen.number} sent", partial(best, SPD, candidates, rules, BASIC_AFFAIRS)),
                           (f"{name}: reaching for {len(held)} held", helped)):
            middle, longest = timed(work)
            print(what.ljust(44), f"{middle:7.1f} ms {longest:7.1f} ms")


if __name__ == "__main__":
    main()
