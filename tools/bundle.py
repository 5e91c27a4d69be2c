"""Make what the check page runs: Python for the browser, the package and what it needs.

Everything comes from what is installed here from the locked lists: Pyodide by npm, the rest by
pip. The folder's name holds the hash of its content, so that no cache ever mixes two versions.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Final

__all__ = ["NEEDED", "main", "manifest", "sources", "standard_library"]

ROOT: Final = Path(__file__).resolve().parents[1]
OWN: Final = ROOT / "tools" / "bundled"
PYODIDE: Final = ROOT / "node_modules" / "pyodide"
TARGET: Final = ROOT / "build" / "bundle"

# What checks import, all of it plain Python; rpds has a stand-in of ours.
NEEDED: Final = ("attrs", "jsonschema", "jsonschema-specifications", "PyYAML", "referencing")

# Modules of the standard library that no check can reach: most of them need a terminal, a network,
# a process or a debugger.
LEFT_OUT: Final = frozenset((OWN / "left-out.txt").read_text(encoding="utf-8").split())
NOT_NEEDED: Final = frozenset({"..", "tests", "benchmarks", "__pycache__", "_yaml"})
FIXED: Final = (1980, 1, 1, 0, 0, 0)  # the first moment that an archive can state


def main() -> None:
    """Write the bundle and say how large it is."""
    shutil.rmtree(TARGET, ignore_errors=True)
    work = TARGET / "work"
    work.mkdir(parents=True)
    _archive(work / "checks.zip", sources())
    _archive(work / "stdlib.zip", standard_library())
    _precompile(work)
    for name in ("pyodide.mjs", "pyodide.asm.mjs"):
        shutil.copyfile(PYODIDE / name, work / name)
    # Pyodide asks for the list of its packages; none of them is used.
    lock = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    (work / "pyodide-lock.json").write_text(json.dumps({"info": lock["info"], "packages": {}}))
    # Packed here, and each as a whole, since not every host packs what it sends.
    for path in (work / "checks.zip", work / "stdlib.zip", PYODIDE / "pyodide.asm.wasm"):
        packed = gzip.compress(path.read_bytes(), 9, mtime=0)
        (work / f"{path.name}.packed").write_bytes(packed)
        if path.parent == work:
            path.unlink()
    shutil.copyfile(OWN / "worker.mjs", work / "worker.mjs")
    (work / "licences.txt").write_text(_licences(), encoding="utf-8")
    facts = manifest(work)
    (work / "manifest.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    work.rename(TARGET / str(facts["id"]))
    size = sum(path.stat().st_size for path in TARGET.rglob("*") if path.is_file())
    print(f"The checker for the browser: {size / 2**20:.1f} MiB in {TARGET / str(facts['id'])}")


def sources() -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of every file of the package and of what it needs."""
    package = ROOT / "checks" / "microcred"
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(package.parent).as_posix(), path.read_bytes()
    for name in (*NEEDED, "microcred"):
        yield from _installed(distribution(name))
    for path in sorted(OWN.glob("*.py")):
        yield path.name, path.read_bytes()


def _installed(package: Distribution) -> Iterator[tuple[str, bytes]]:
    for file in sorted(package.files or ()):
        folders, plain = file.parts[:-1], file.suffix in ("", ".py", ".json")
        if file.name == "METADATA" or (
            plain
            and folders
            and not (folders[0].endswith(".dist-info") or NOT_NEEDED.intersection(folders))
        ):
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


def _precompile(work: Path) -> None:
    pairs = [("checks.zip", "checks.pyc.zip", "0"), ("stdlib.zip", "stdlib.pyc.zip", "2")]
    files = [part for old, new, level in pairs for part in (work / old, work / new, level)]
    node = shutil.which("node") or "node"
    subprocess.run([node, OWN / "precompile.mjs", PYODIDE, *files], check=True)
    for old, new, _ in pairs:
        (work / new).replace(work / old)


def _licences() -> str:
    """Return the licences of everything in the bundle as one text."""
    parts = {
        "microcred": (ROOT / "LICENSE").read_text(encoding="utf-8"),
        f"Pyodide {_pyodide()}, https://github.com/pyodide/pyodide": _own("MPL-2.0.txt"),
        "Python and its standard library, which Pyodide contains": _own("Python.txt"),
    }
    for package in map(distribution, NEEDED):
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
            **{name: distribution(name).version for name in NEEDED},
        },
        "files": files,
    }


if __name__ == "__main__":
    main()
