"""`bundle`: one archive that installs on a machine without internet. Run where there is internet; changes nothing here."""
import tempfile
from pathlib import Path

import click

from app.bundling import archive, machines
from app.bundling.libraries import EVERYTHING, library, pins
from app.rules.troubles import reason
from app.rules.words import file_size


@click.command("bundle", help="Buat satu paket untuk memasang aplikasi ini tanpa internet (Linux dan Windows).")
@click.option("--ke", "target", type=click.Path(path_type=Path, file_okay=False), default=Path("."), metavar="FOLDER", help="Folder tujuan.")
@click.option("--di-sini-saja", "only_here", is_flag=True, help="Pustaka untuk sistem dan Python komputer ini saja.")
def bundle(target: Path, only_here: bool) -> None:
    pinned = pins(EVERYTHING)
    chosen = (machines.here(),) if only_here else machines.ALL
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as room:
            for number, machine in enumerate(chosen, start=1):
                click.echo(f"[{number}/{len(chosen)}] Pustaka untuk {machine.name} ...")
                machines.fetch(machine, pinned, Path(room))
            for machine in chosen:
                machines.must_suffice(machine, pinned, Path(room))
            click.echo("Paket ditulis dan dibaca ulang ...")
            path = archive.write(target, Path(room), pinned, map(library, pinned))
            wheels = len(list(Path(room).glob("*.whl")))
    except OSError as error:
        raise click.ClickException(f"Folder {target} tidak dapat dipakai: {reason(error)}.") from None
    click.echo(f"Paket selesai: {path} ({file_size(path.stat().st_size)}, {wheels} pustaka).\n"
               f"Sidiknya di {path.name}.sha256. Salin keduanya ke komputer tujuan; cara memasangnya di docs/pemasangan.md.")
