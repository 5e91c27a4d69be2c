// Make the image of a Python that has loaded everything already, so that no browser has to.
// node image.mjs PYODIDE LIBRARY CHECKS FORGOTTEN IMAGE
// The image is what differs from the memory that the runtime sets up by itself. What is not in the
// memory stays in the archives; LIBRARY and CHECKS are written again with only that.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

// Without this, Node shows the whole runtime, which is one long line.
process.on("uncaughtException", (fault) => {
  console.error(fault.message);
  process.exit(1);
});

const [runtime, library, checks, forgotten, target] = process.argv.slice(2);
const imported = (name) => import(pathToFileURL(join(runtime, name)).href);
const { default: create } = await imported("pyodide.asm.mjs");
const { loadPyodide } = await imported("pyodide.mjs");

const APART = 8; // words that are the same end a piece

let own; // the memory as the runtime itself sets it up
const python = await loadPyodide({
  indexURL: runtime,
  stdLibURL: library,
  env: { PYTHONHASHSEED: "0" }, // two builds of the same files are the same
  _makeSnapshot: true,
  createPyodideModule: (settings) => {
    const plain = settings.instantiateWasm;
    settings.instantiateWasm = (imports, done) =>
      plain(imports, (instance, module) => {
        own = new Uint8Array(instance.exports.memory.buffer).slice();
        return done(instance, module);
      });
    return create(settings);
  },
});
const { FS, _malloc, _free, _sbrk } = python._module;
FS.writeFile("/checks.zip", await readFile(checks));

python.globals.set("forgotten", python.toPy((await readFile(forgotten, "utf8")).split(/\s+/).filter(Boolean)));
python.runPython(`
import gc
import io
import sys
import zipfile
import zipimport

sys.path[:0] = ["/checks.zip", "/office.zip"]

from bundled.desk import Desk

Desk.warm()

# What the runtime has loaded and no check can reach: most of it needs a network or processes.
for name in [name for name in sys.modules if name.partition(".")[0] in forgotten]:
    vars(sys.modules.pop(name)).clear()


def rest(path, packages):
    """Return the archive without what is loaded; data is found by the packages beside it."""
    ends = (".pyc",) if packages else (".pyc", "/__init__.pyc")
    loaded = {f"{name.replace('.', '/')}{end}" for name in sys.modules for end in ends}
    written = io.BytesIO()
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(written, "w") as target:
        for entry in whole.infolist():
            top = entry.filename.partition("/")[0].removesuffix(".pyc")
            if entry.filename not in loaded and top not in forgotten:
                target.writestr(entry, whole.read(entry))
    return written.getvalue()


def tidy():
    """Let go of what is of no more use."""
    zipimport._zip_directory_cache.clear()
    sys.path_importer_cache.clear()
    gc.collect()
`);

/** Write zeros over what was in use once, so that it needn't be sent. */
function scrub() {
  const end = _sbrk(0);
  const held = [];
  for (let size = 2 ** 20; size >= 8; size >>= 1) {
    for (let start = 0; start + size <= end; ) {
      start = _malloc(size);
      held.push(start);
      const { HEAPU8, HEAPU32 } = python._module; // made anew when the memory grows
      // The word before a block holds its whole size, and three marks in its lowest bits.
      HEAPU8.fill(0, start, start - 4 + (HEAPU32[(start - 4) >> 2] & ~7));
    }
  }
  held.forEach(_free);
}

const rest = python.globals.get("rest");
for (const [file, path, packages] of [[library, "/lib/python314.zip", false], [checks, "/checks.zip", true]]) {
  const archive = rest(path, packages);
  await writeFile(file, archive.toJs());
  archive.destroy(); // or it would stay in the memory
}
rest.destroy();
python.runPython("tidy()");
scrub();
await writeFile(target, differing(python.makeMemorySnapshot(), own, _sbrk(0)));

/**
 * Return numbers (of bytes in the head, of pieces, of bytes in use), the head of a snapshot, where
 * each piece stands and how long it is, and the pieces: what differs from `own` memory.
 */
function differing(snapshot, own, used) {
  const [, start] = new Uint32Array(snapshot.buffer, 0, 2);
  const head = snapshot.subarray(0, start); // of whole words, as the runtime writes it
  const memory = new Uint32Array(snapshot.buffer, start);
  const before = new Uint32Array(own.buffer);
  const places = [];
  for (let at = 0, end = -APART; at < memory.length; at++) {
    if (memory[at] === (before[at] ?? 0)) continue;
    if (at - end < APART) places.at(-1)[1] = at + 1 - places.at(-1)[0];
    else places.push([at, 1]);
    end = at + 1;
  }
  const pieces = places.map(([at, length]) => new Uint8Array(memory.buffer, start + 4 * at, 4 * length));
  const facts = Uint32Array.of(head.length, places.length, used);
  const table = Uint32Array.from(places.flat(), (words) => 4 * words);
  return Buffer.concat([facts, head, table, ...pieces].map((part) => Buffer.from(part.buffer, part.byteOffset, part.byteLength)));
}

// Nothing that the package imports may lie among what was left out: tried after the image is made.
FS.writeFile("/checks.zip", await readFile(checks));
FS.writeFile("/lib/python314.zip", await readFile(library));
const missing = python.runPython(`
from importlib import import_module, invalidate_caches

invalidate_caches()
missing = []
with zipfile.ZipFile("/checks.zip") as archive:
    files = [name for name in archive.namelist() if name.startswith("microcred/")]
for name in (file.removesuffix(".pyc").removesuffix("/__init__") for file in files if file.endswith(".pyc")):
    try:
        import_module(name.replace("/", "."))
    except ModuleNotFoundError as error:
        # Writers of formats that need more than Python are not in the bundle.
        if error.name.partition(".")[0] in sys.stdlib_module_names:
            missing.append(f"{name} needs {error.name}")
"\\n".join(missing)
`);
if (missing) throw new Error(`Take it out of left-out.txt or forgotten.txt:\n${missing}`);
