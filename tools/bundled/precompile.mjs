// Compile the Python files of archives with the very Python that will run them in the browser.
// node precompile.mjs FOLDER FROM TO LEVEL [FROM TO LEVEL ...]: level 2 leaves texts about code out.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [runtime, ...files] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(runtime, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: runtime });
const compiled = python.runPython(`
import io, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc
from importlib.util import source_hash

def compiled(archive, level):
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive.to_bytes())) as sources,
        zipfile.ZipFile(written, "w") as target,
    ):
        for name in sorted(sources.namelist()):
            content = sources.read(name)
            if name.endswith(".py"):
                code = compile(content, name, "exec", dont_inherit=True, optimize=level)
                content, name = _code_to_hash_pyc(code, source_hash(content), False), name + "c"
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return written.getvalue()

compiled
`);
for (let next = 0; next < files.length; next += 3) {
  const archive = compiled(new Uint8Array(await readFile(files[next])), Number(files[next + 2]));
  await writeFile(files[next + 1], archive.toJs());
  archive.destroy();
}
