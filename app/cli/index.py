"""`index --what-if`: the expected index of an imagined set of innovations, as one JSON object."""
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from app import instruments
from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS
from app.rules.portfolio import IndexRules, Sent, index_of

DEFAULT = "iid-2026"


@click.command("index", help="Hitung perkiraan Indeks Inovasi Daerah.")
@click.option("--what-if", "file", type=click.Path(path_type=Path), required=True, metavar="BERKAS.json",
              help='Misalnya {"spd": 50, "innovations": [{"maturity": 85, "main_affair": "Kesehatan"}]}, boleh dengan "instrument".')
def index(file: Path) -> None:
    data = read(file)
    rules = IndexRules.read(instrument(data))
    result = index_of(number(data, "spd", rules.spd_max), innovations(data, rules), rules, BASIC_AFFAIRS)
    click.echo(json.dumps({
        "total": round(float(result.total), 4), "index": float(result.index), "band": result.band,
        "count_score": float(result.count_score), "divisor": result.divisor, "basic_affairs": result.basic_affairs,
    }, ensure_ascii=False))


def read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise click.ClickException(f"{file} tidak dapat dibaca ({error.strerror}).") from None
    except ValueError as error:
        raise click.ClickException(f"{file} bukan JSON yang sah: {error}.") from None
    if not isinstance(data, dict):
        raise click.ClickException(f"{file} harus berisi satu objek JSON dengan “spd” dan “innovations”.")
    if unknown := sorted(set(data) - {"spd", "innovations", "instrument"}):
        raise click.ClickException(f"Isian “{unknown[0]}” tidak dikenal; yang dipakai: spd, innovations, instrument.")
    return data


def instrument(data: dict[str, Any]) -> dict[str, Any]:
    code = data.get("instrument", DEFAULT)
    known = instruments.codes()
    if code not in known:
        raise click.ClickException(f"instrument: “{code}” tidak ada. Yang ada: {', '.join(known)}.")
    return instruments.load(code)


def innovations(data: dict[str, Any], rules: IndexRules) -> list[Sent]:
    items = data.get("innovations")
    if not isinstance(items, list):
        raise click.ClickException("innovations: harus berupa daftar, boleh kosong.")
    return [sent(item, f"innovations[{place}]", rules) for place, item in enumerate(items)]


def sent(item: Any, place: str, rules: IndexRules) -> Sent:
    if not isinstance(item, dict):
        raise click.ClickException(f"{place}: harus berupa objek dengan maturity dan main_affair.")
    if unknown := sorted(set(item) - {"maturity", "main_affair"}):
        raise click.ClickException(f"{place}.{unknown[0]}: tidak dikenal; yang dipakai: maturity, main_affair.")
    affair = item.get("main_affair")
    if affair not in AFFAIRS:
        raise click.ClickException(f"{place}.main_affair: “{affair}” tidak ada dalam daftar urusan.")
    return Sent(number(item, "maturity", rules.maturity_max, f"{place}."), affair)


def number(data: dict[str, Any], name: str, most: Decimal, where: str = "") -> Decimal:
    value = data.get(name)
    try:
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= Decimal(value) <= most:
            raise InvalidOperation
    except InvalidOperation:
        raise click.ClickException(f"{where}{name}: harus berupa bilangan 0 sampai {most:f}.") from None
    return Decimal(value)
