"""Instruments for the tests: the shipped ones, changed in one place, and any at all."""
from copy import deepcopy

from hypothesis import strategies as st

from app import instruments
from app.rules.instrument_shape import LEVELS, YEARS

SHIPPED = {code: instruments.load(code) for code in instruments.codes()}
OF_2023, OF_2026 = SHIPPED["iid-2023"], SHIPPED["iid-2026"]


def changed(path: str, value, code: str = "") -> dict:
    """2026 with one value put elsewhere: `scoring.spd_max`, or `evidence.file_types` of a row. `...` takes it away."""
    data = deepcopy(OF_2026)
    part = row_of(data, code) if code else data
    *way, last = path.split(".")
    for name in way:
        part = part[int(name) if name.isdigit() and isinstance(part, list) else name]
    last = int(last) if isinstance(part, list) else last
    if value is ...:
        del part[last]
    else:
        part[last] = value
    return data


def row_of(data: dict, code: str) -> dict:
    return next(row for row in data["indicators"] if row["code"] == code)


# Any instrument: right in shape, not always in content

texts = st.from_regex(r"[A-Za-z0-9≤%“(][A-Za-z0-9 ,;:/()–“”%=≤\-]{0,30}[A-Za-z0-9).]", fullmatch=True)
words = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
numbers = st.one_of(st.integers(0, 500), st.decimals(0, 500, places=2).map(float))
decimals = st.decimals(-1000, 1000, places=2).map(str)
days = st.dates().map(lambda day: day.isoformat())
maybe = st.none() | texts


def levels():
    return st.tuples(maybe, maybe, maybe).map(lambda labels: [{"level": n, "label": label} for n, label in zip(LEVELS, labels, strict=True)])


def listed(of, least=0, most=3):
    return st.lists(of, min_size=least, max_size=most, unique_by=repr)


def optional(**fields):
    return st.fixed_dictionaries({}, optional=fields)


def joined(*parts):
    return st.tuples(*parts).map(lambda found: {name: value for part in found for name, value in part.items()})


evidence = joined(
    st.fixed_dictionaries({"documents": listed(texts), "file_types": st.none() | listed(words, 1), "rules": listed(texts),
                           "years": st.none() | listed(st.sampled_from(YEARS), 1), "documents_scale_with_level": st.booleans()}),
    optional(year_sets=st.dictionaries(st.sampled_from(["1", "2", "3"]), listed(listed(st.sampled_from(YEARS), 1), 1), min_size=1),
             counted=st.just(True), set_name=texts, must_include=listed(words, 1), max_video_seconds=st.integers(1, 900),
             substances=st.lists(st.fixed_dictionaries({"code": words, "name": maybe}), min_size=1, max_size=3, unique_by=lambda one: one["code"]),
             substances_needed=st.dictionaries(st.sampled_from(["1", "2", "3"]), st.integers(0, 5), min_size=1)))
basis = joined(st.fixed_dictionaries({"code": words, "name": maybe}),
               optional(unit=texts, levels=levels(), documents=listed(texts, 1), file_types=listed(words, 1)))
asked = st.fixed_dictionaries({"year": st.sampled_from(YEARS), "label": texts})
formula = joined(
    st.fixed_dictionaries({"kind": st.sampled_from(["growth", "fall", "rise", "value"]), "inputs": st.lists(asked, min_size=1, max_size=2),
                           "measure": texts, "result": texts, "decimals": st.integers(0, 4),
                           "levels": st.fixed_dictionaries({str(n): st.lists(st.none() | decimals, min_size=2, max_size=2) for n in LEVELS})}),
    optional(most=st.integers(1, 10**6)))
row = joined(
    st.fixed_dictionaries({"code": st.from_regex(r"[1-9][0-9]?[ab]?", fullmatch=True), "aspect": st.sampled_from(["SPD", "SID"]), "variable": maybe,
                           "name": maybe, "weight": st.none() | numbers.filter(lambda n: n <= 100), "mandatory": st.none() | st.booleans(),
                           "definition": maybe, "levels": levels(), "evidence": evidence}),
    optional(source_note=texts, formula=formula, bases=st.lists(basis, min_size=1, max_size=2, unique_by=lambda one: one["code"])))
whole = joined(
    st.fixed_dictionaries({
        "id": st.from_regex(r"[a-z]{2,5}-20[0-9]{2}", fullmatch=True), "year": st.integers(2020, 2099), "title": texts,
        "legal_basis": maybe, "note": maybe,
        "complete": st.booleans(), "years": st.fixed_dictionaries({name: st.integers(2015, 2099) for name in YEARS}),
        "scoring": st.fixed_dictionaries({"row": maybe, "spd_max": numbers, "maturity_max": numbers, "minimum_divisor": st.integers(1, 20),
                                          "count_weight": numbers, "count_cap": st.integers(1, 300),
                                          "minimum_basic_affairs": st.none() | st.integers(1, 6), "total_max": numbers, "formula": maybe}),
        "bands": st.lists(st.fixed_dictionaries({"name": texts, "above": st.none() | numbers}), max_size=4),
        "eligibility": st.fixed_dictionaries({"stage": maybe, "applied_from": days, "applied_to": days, "report_from": days, "report_to": days,
                                              "older_needs_development_within_window": st.none() | st.booleans(),
                                              "minimum_words_design": st.integers(0, 900)}),
        "indicators": st.lists(row, max_size=4, unique_by=lambda one: one["code"]), "default_file_types": listed(words)}),
    optional(band_note=texts, extended_note=texts, forecast=st.lists(st.fixed_dictionaries(
        {"year": st.integers(2020, 2040), "minimum_divisor": st.integers(1, 20), "minimum_basic_affairs": st.none() | st.integers(1, 6)}),
        min_size=1, max_size=3)))
