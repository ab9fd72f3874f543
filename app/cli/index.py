"""`index --what-if`: the expected index of an imagined set of innovations; `index --best`: which of them to send. One JSON object each."""
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import click

from app import instruments
from app.rules.candidates import Candidate, best
from app.rules.codelists import AFFAIRS, BASIC_AFFAIRS
from app.rules.portfolio import Index, IndexRules, Sent, index_of
from app.rules.troubles import reason

DEFAULT = "iid-2026"
CHOICES = ("send", "hold")
FINEST = 40  # places after the point: more than any program writes


@click.command("index", help="Hitung perkiraan Indeks Inovasi Daerah, atau pilih inovasi yang sebaiknya dikirim.")
@click.option("--what-if", "imagined", type=click.Path(path_type=Path), metavar="BERKAS.json",
              help='Misalnya {"spd": 50, "innovations": [{"maturity": 85, "main_affair": "Kesehatan"}]}, boleh dengan "instrument".')
@click.option("--best", "choosing", type=click.Path(path_type=Path), metavar="BERKAS.json",
              help='Berkas yang sama; tiap inovasi dengan "id", boleh dengan "choice": "send" (wajib kirim) atau "hold" (tahan).')
def index(imagined: Path | None, choosing: Path | None) -> None:
    file = imagined or choosing
    if file is None or (imagined and choosing):
        raise click.ClickException("Pakai salah satu: --what-if BERKAS.json atau --best BERKAS.json.")
    data = read(file)
    rules = IndexRules.read(instrument(data))
    spd, items = number(data, "spd", rules.spd_max), innovations(data, rules)
    if imagined:
        answer = told(index_of(spd, [sent for sent, _ in items], rules, BASIC_AFFAIRS))
    else:
        found = best(spd, candidates(items), rules, BASIC_AFFAIRS)
        answer = told(found.index) | {"send": found.send}
    click.echo(json.dumps(answer, ensure_ascii=False))


def told(result: Index) -> dict[str, Any]:
    return {"total": round(float(result.total), 4), "index": float(result.index), "band": result.band,
            "count_score": float(result.count_score), "divisor": result.divisor, "basic_affairs": result.basic_affairs}


def read(file: Path) -> dict[str, Any]:
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"), parse_float=finite)
    except OSError as error:
        raise click.ClickException(f"{file} tidak dapat dibaca ({reason(error)}).") from None
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{file} bukan JSON yang sah: {error}.") from None
    if not isinstance(data, dict):
        raise click.ClickException(f"{file} harus berisi satu objek JSON dengan “spd” dan “innovations”.")
    if unknown := sorted(set(data) - {"spd", "innovations", "instrument"}):
        raise click.ClickException(f"Isian “{unknown[0]}” tidak dikenal; yang dipakai: spd, innovations, instrument.")
    return data


def finite(text: str) -> Decimal:
    """A number with a point or a power, exactly as it is written."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]} terlalu besar") from None


def instrument(data: dict[str, Any]) -> dict[str, Any]:
    code = data.get("instrument", DEFAULT)
    known = instruments.codes()
    if code not in known:
        raise click.ClickException(f"instrument: “{code}” tidak ada. Yang ada: {', '.join(known)}.")
    return instruments.load(code)


def innovations(data: dict[str, Any], rules: IndexRules) -> list[tuple[Sent, dict[str, Any]]]:
    """Each as what may be sent, with all that the file says of it."""
    items = data.get("innovations")
    if not isinstance(items, list):
        raise click.ClickException("innovations: harus berupa daftar, boleh kosong.")
    return [(sent(item, f"innovations[{place}]", rules), item) for place, item in enumerate(items)]


def sent(item: Any, place: str, rules: IndexRules) -> Sent:
    if not isinstance(item, dict):
        raise click.ClickException(f"{place}: harus berupa objek dengan maturity dan main_affair.")
    if unknown := sorted(set(item) - {"maturity", "main_affair", "id", "choice"}):
        raise click.ClickException(f"{place}.{unknown[0]}: tidak dikenal; yang dipakai: maturity, main_affair, id, choice.")
    affair = item.get("main_affair")
    if affair not in AFFAIRS:
        raise click.ClickException(f"{place}.main_affair: “{affair}” tidak ada dalam daftar urusan.")
    return Sent(number(item, "maturity", rules.maturity_max, f"{place}."), affair)


def candidates(items: list[tuple[Sent, dict[str, Any]]]) -> list[Candidate]:
    places: dict[int | str, int] = {}
    found = []
    for place, (sent, item) in enumerate(items):
        id, choice = item.get("id"), item.get("choice")
        if isinstance(id, bool) or not isinstance(id, int | str) or id == "":
            raise click.ClickException(f"innovations[{place}].id: harus berupa teks atau bilangan bulat.")
        if isinstance(id, str) and any("\ud800" <= letter <= "\udfff" for letter in id):
            raise click.ClickException(f"innovations[{place}].id: berisi huruf yang rusak.")
        if id in places:
            raise click.ClickException(f"innovations[{place}].id: “{id}” sudah dipakai innovations[{places[id]}].")
        if choice not in (None, *CHOICES):
            raise click.ClickException(f"innovations[{place}].choice: “{choice}” tidak dikenal; yang dipakai: {' atau '.join(CHOICES)}.")
        places[id] = place
        found.append(Candidate(id, *sent, choice))
    return found


def number(data: dict[str, Any], name: str, most: Decimal, where: str = "") -> Decimal:
    value = data.get(name)
    try:
        if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= Decimal(value) <= most:
            raise InvalidOperation
    except InvalidOperation:
        raise click.ClickException(f"{where}{name}: harus berupa bilangan 0 sampai {most:f}.") from None
    if -int(Decimal(value).as_tuple().exponent) > FINEST:
        raise click.ClickException(f"{where}{name}: paling banyak {FINEST} angka di belakang koma.")
    return Decimal(value)
