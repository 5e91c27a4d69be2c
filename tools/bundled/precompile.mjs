// Compile the Python files of archives with the very Python that will run them in the browser.
// node precompile.mjs PYODIDE FROM TO [FROM TO ...]
// Texts about code and the numbers of its lines stay behind: nobody sees either in a browser.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Without this, Node shows the whole runtime, which is one long line.
process.on("uncaughtException", (fault) => {
  console.error(fault.message);
  process.exit(1);
});

const [runtime, ...files] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(runtime, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: runtime });
const compiled = python.runPython(`
import io, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

def bare(code):
    parts = tuple(bare(part) if isinstance(part, type(code)) else part for part in code.co_consts)
    rounds, rest = divmod(len(code.co_code) // 2, 8)
    # Entries without a place, each for up to eight units of code: see CPython's locations.md.
    nowhere = bytes([0xFF]) * rounds + (bytes([0xF8 | rest - 1]) if rest else b"")
    return code.replace(co_linetable=nowhere, co_consts=parts)

def compiled(archive):
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive.to_bytes())) as sources,
        zipfile.ZipFile(written, "w") as target,
    ):
        for name in sorted(sources.namelist()):
            content = sources.read(name)
            if name.endswith(".py"):
                code = bare(compile(content, name, "exec", dont_inherit=True, optimize=2))
                content, name = _code_to_hash_pyc(code, source_hash(content), False), name + "c"
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return written.getvalue()

compiled
`);
for (let next = 0; next < files.length; next += 2) {
  const archive = compiled(new Uint8Array(await readFile(files[next])));
  await writeFile(files[next + 1], archive.toJs());
  archive.destroy();
}
