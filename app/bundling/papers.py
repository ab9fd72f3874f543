"""What goes with the libraries: their list in a form machines read (CycloneDX), and the texts of their licences."""
import json
import uuid
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from app.bundling.libraries import US, Library, Pin

LICENCE_WORDS = ("license", "licence", "copying", "notice", "authors")
OWN = Path(__file__).parent / "licences"
NAMESPACE = uuid.UUID("5b7e3c1e-7a54-4b0e-9f0c-6d8f3c2a1b90")


def sbom(version: str, pins: Iterable[Pin], libraries: Iterable[Library]) -> dict[str, Any]:
    """A software bill of materials, CycloneDX 1.5 (https://cyclonedx.org/docs/1.5/json/). The same pins give the same document."""
    told = {one.name: one for one in libraries}
    parts = [_component(pin, told[pin.name]) for pin in pins]
    root = {"type": "application", "bom-ref": US, "name": US, "version": version, "licenses": [{"license": {"id": "MIT"}}]}
    number = uuid.uuid5(NAMESPACE, json.dumps(parts))
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "serialNumber": f"urn:uuid:{number}", "version": 1,
            "metadata": {"component": root}, "components": parts,
            "dependencies": [{"ref": ref, "dependsOn": sorted(_needs(ref, told))} for ref in (US, *map(_ref, told.values()))]}


def _component(pin: Pin, library: Library) -> dict[str, Any]:
    return {"type": "library", "bom-ref": _ref(library), "name": pin.name, "version": pin.version, "purl": _ref(library),
            **({"description": library.about} if library.about else {}),
            **({"licenses": [{"expression": library.licence}]} if library.licence else {}),
            "externalReferences": [{"type": "distribution", "url": f"https://pypi.org/project/{pin.name}/{pin.version}/", "hashes": [
                {"alg": "SHA-256", "content": one.removeprefix("sha256:")} for one in pin.hashes]}]}


def _ref(library: Library) -> str:
    return f"pkg:pypi/{library.name.lower().replace('_', '-')}@{library.version}"


def _needs(ref: str, told: dict[str, Library]) -> list[str]:
    return [_ref(one) for one in told.values() for who in one.wanted_by if who == US == ref or (who in told and _ref(told[who]) == ref)]


def licence_texts(libraries: Iterable[Library]) -> Iterator[tuple[str, bytes]]:
    """(name in the archive, text) for every library that is installed here; ours where it brings none."""
    for one in libraries:
        texts = dict.fromkeys(path.read_bytes() for path in _papers_of(one.name))  # some bring the same twice
        if not texts and (own := OWN / f"{one.licence}.txt").is_file():
            texts[own.read_bytes()] = None
        for number, text in enumerate(texts, start=1):
            yield f"{one.name}/LICENSE-{number}.txt", text


def _papers_of(name: str) -> list[Path]:
    try:
        files = distribution(name).files or []
    except PackageNotFoundError:
        return []
    found = [Path(str(file.locate())) for file in files if ".dist-info" in str(file)
             and (file.name.lower().startswith(LICENCE_WORDS) or "licenses" in str(file).lower())]
    return [path for path in found if path.is_file()]
