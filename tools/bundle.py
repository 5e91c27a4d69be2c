"""Make what the check page runs: Python for the browser, the package and what it needs.

Everything comes from what is installed here from the locked lists: Pyodide by npm, the rest by
pip. The folder's name holds the hash of its content, so that no cache ever mixes two versions.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.metadata import Distribution, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

__all__ = ["NEEDED", "main", "manifest", "sources", "standard_library", "zstandard"]

ROOT: Final = Path(__file__).resolve().parents[1]
OWN: Final = ROOT / "tools" / "bundled"
PYODIDE: Final = ROOT / "node_modules" / "pyodide"
TARGET: Final = ROOT / "build" / "bundle"

# What checks import, all of it plain Python; rpds has a stand-in of ours.
NEEDED: Final = (
    "attrs",
    "jsonschema",
    "jsonschema-specifications",
    "PyYAML",
    "referencing",
    "segno",
)
# What writes workbooks: fetched only when somebody asks for one.
OFFICE: Final = ("XlsxWriter",)

# Libraries in C that are parts of Pyodide and have a licence of their own.
INSIDE: Final = ("bzip2", "expat", "libffi", "libmpdec", "zlib", "Zstandard")

# Parts of the package that need what isn't in the bundle: a terminal or processes.
OUTSIDE: Final = frozenset({"catalogues", "cli", "__main__.py", "__pycache__"})

# Modules of the standard library that no check can reach: most of them need a terminal, a network,
# a process or a debugger.
LEFT_OUT: Final = frozenset((OWN / "left-out.txt").read_text(encoding="utf-8").split())
NOT_NEEDED: Final = frozenset({"..", "tests", "benchmarks", "__pycache__", "_yaml", "cli.py"})
_IMPORT: Final = re.compile(r'^import (.+) from "\./(.+)";$', re.MULTILINE)
_BUILT: Final = "const BUILT = {};"
FIXED: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can state


def main() -> None:
    """Write the bundle and say how large it is."""
    shutil.rmtree(TARGET, ignore_errors=True)
    work = TARGET / "work"
    work.mkdir(parents=True)
    with TemporaryDirectory() as folder:
        for name, packed in _parts(Path(folder)):
            (work / f"{name}.packed").write_bytes(packed)
    (work / "licences.txt").write_text(_licences(), encoding="utf-8")
    facts = manifest(work)
    (work / "manifest.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    work.rename(TARGET / str(facts["id"]))
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"The checker for the browser: {size / 2**20:.1f} MiB in {TARGET / str(facts['id'])}")


def _parts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what a browser fetches, packed, since not every host packs what it sends.

    What any browser unpacks by itself is packed by gzip; the rest, which the runtime unpacks, by
    Zstandard, which makes it a quarter smaller: the memory, and the archives with what isn't in it.
    """
    checks, library, office = (folder / f"{name}.zip" for name in ("checks", "stdlib", "office"))
    archives = {checks: sources(), library: standard_library(), office: _all(OFFICE)}
    plain = [(path.with_suffix(".py.zip"), path) for path in archives]
    for (written, _), files in zip(plain, archives.values(), strict=True):
        _archive(written, files)
    _node("precompile.mjs", PYODIDE, *(path for pair in plain for path in pair))
    image = folder / "image"
    _node("image.mjs", PYODIDE, library, checks, OWN / "forgotten.txt", image)
    pack = [path.read_bytes() for path in (image, checks, library)]
    worker = _worker(pack[0], [len(part) for part in pack])
    yield "pack", zstandard().compress(b"".join(pack), options=_options())
    yield "pyodide.asm.wasm", _gzip((PYODIDE / "pyodide.asm.wasm").read_bytes())
    yield "office.zip", _gzip(office.read_bytes())
    yield "worker.mjs", _gzip(worker.encode())


def zstandard() -> Any:
    """Return Python's module for Zstandard, which has another name before Python 3.14."""
    return import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


def _options() -> dict[int, int]:
    """Return the settings that pack best: what repeats is found over the whole length."""
    names = zstandard().CompressionParameter
    return {names.compression_level: 22, names.window_log: 25}


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


def _node(script: str, *arguments: Path) -> None:
    subprocess.run([shutil.which("node") or "node", OWN / script, *arguments], check=True)


def _worker(image: bytes, sizes: list[int]) -> str:
    """Return the worker with the modules that it imports in it: a blob can’t import any."""
    text = (OWN / "worker.mjs").read_text(encoding="utf-8")
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    head, _, used = struct.unpack_from("<3I", image)  # as image.mjs writes it
    built = {"head": head, "used": used, "sizes": sizes, "info": lock["info"]}
    found = text.count(_BUILT)
    text = text.replace(_BUILT, f"const BUILT = {json.dumps(built)};")
    for names, module in _IMPORT.findall(text):
        inner = (PYODIDE / module).read_text(encoding="utf-8")
        body, end, exported = inner.rpartition("export")
        given = exported.partition(";")[0].strip().removeprefix("default").strip()
        given = re.sub(r"(\w+) as (\w+)", r"\2: \1", given)
        line = f'import {names} from "./{module}";'
        text = text.replace(line, f"const {names} = (() => {{\n{body}\nreturn {given};\n}})();")
        found += bool(end)
    assert found == 3, "the runtime is written in another way: look at how it begins and ends"  # noqa: S101
    return text


def sources() -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of every file of the package and of what it needs."""
    package = ROOT / "checks" / "microcred"
    for path in sorted(package.rglob("*")):
        inside = OUTSIDE.isdisjoint(path.relative_to(package).parts)
        if inside and path.is_file() and path.suffix != ".pyc":
            yield path.relative_to(package.parent).as_posix(), path.read_bytes()
    yield from _all(NEEDED)
    # The package reads there where its pages lie.
    own = distribution("microcred")
    yield f"microcred-{own.version}.dist-info/METADATA", (own.read_text("METADATA") or "").encode()
    for name in ("desk", "form", "here", "shown"):
        yield f"bundled/{name}.py", (OWN / f"{name}.py").read_bytes()
    yield "rpds.py", (OWN / "rpds.py").read_bytes()


def _all(names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        yield from _installed(distribution(name))


def _installed(package: Distribution) -> Iterator[tuple[str, bytes]]:
    for file in sorted(package.files or ()):
        folders, plain = file.parts[:-1], file.suffix in ("", ".py", ".json")
        wanted = plain and folders and not folders[0].endswith(".dist-info")
        if wanted and not NOT_NEEDED.intersection(file.parts):
            yield str(file), file.read_binary()


def standard_library() -> Iterator[tuple[str, bytes]]:
    """Yield the files of the standard library that checks can reach."""
    with zipfile.ZipFile(PYODIDE / "python_stdlib.zip") as library:
        for name in sorted(library.namelist()):
            parts = name.removesuffix(".py").split("/")
            ways = {"/".join(parts[:depth]) for depth in range(1, len(parts) + 1)}
            if not name.endswith("/") and not ways & LEFT_OUT:
                yield name, library.read(name)


def _archive(path: Path, files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, FIXED), content)


def _licences() -> str:
    """Return the licences of everything in the bundle as one text."""
    parts = {
        "microcred": (ROOT / "LICENSE").read_text(encoding="utf-8"),
        f"Pyodide {_pyodide()}, https://github.com/pyodide/pyodide": _own("MPL-2.0.txt"),
        "Python and its standard library, which Pyodide contains": _own("Python.txt"),
        **{f"{name}, which Pyodide contains": _own(f"{name}.txt") for name in INSIDE},
    }
    for package in map(distribution, (*NEEDED, *OFFICE)):
        for file in package.files or ():
            if file.name.startswith(("LICENSE", "LICENCE", "COPYING")):
                parts[f"{package.name} {package.version}"] = file.read_text()
    line = "=" * 80
    return "\n".join(f"{line}\n{name}\n{line}\n\n{text}" for name, text in parts.items())


def _own(licence: str) -> str:
    return (OWN / "licences" / licence).read_text(encoding="utf-8")


def _pyodide() -> str:
    facts = json.loads((PYODIDE / "package.json").read_text(encoding="utf-8"))
    return str(facts["version"])


def manifest(folder: Path) -> dict[str, object]:
    """Return what the bundle in *folder* consists of, with the hash of every file."""
    files = {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return {
        "id": hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12],
        "microcred": distribution("microcred").version,
        "packages": {
            "pyodide": _pyodide(),
            **{name: distribution(name).version for name in (*NEEDED, *OFFICE)},
        },
        "files": files,
    }


if __name__ == "__main__":
    main()
