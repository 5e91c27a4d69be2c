// Runs the checks beside the page, so that the page never waits for them. The page starts it from
// a blob: and so binds it by its own policy: nothing can leave the site.
// tools/bundle.py puts what is imported here into this file, and the page tells it HOME.
import create from "./pyodide.asm.mjs";
import { loadPyodide } from "./pyodide.mjs";

const BUILT = {}; // set by tools/bundle.py: facts about the pack, and what the runtime asks to be told

/** Tell the page how far the start is, in words and as a part of the whole. */
const tell = (words, part) => postMessage({ progress: { words, part } });

// The runtime writes to the console why it can't begin, and would wait for ever.
let fail;
const failed = new Promise((_, reject) => (fail = reject));
let begin;
const program = new Promise((resolve) => (begin = resolve)); // the page compiles it meanwhile

async function fetched(name) {
  const response = await fetch(`${HOME}${name}.packed`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response;
}

/** Start the Python whose memory is in the bundle: with everything loaded and tried once. */
async function start() {
  tell("Fetching the checker", 0.1);
  const pack = fetched("pack").then((response) => response.arrayBuffer());
  const head = new Uint8Array(BUILT.head);
  const archives = {};
  // The runtime would fetch its program and a library; the one is here, the other in the pack.
  const plain = self.fetch;
  self.fetch = async () => new Response();
  WebAssembly.instantiateStreaming = async (_, imports) => {
    const module = await program;
    const instance = await WebAssembly.instantiate(module, imports).catch((error) => {
      fail(error);
      throw error;
    });
    return { module, instance };
  };
  const python = await loadPyodide({
    indexURL: HOME,
    stdLibURL: HOME,
    packageBaseUrl: HOME,
    lockFileContents: { info: BUILT.info, packages: {} },
    _loadSnapshot: head,
    createPyodideModule: (settings) => restored(settings, pack, { head, archives }),
  });
  self.fetch = plain;
  python.FS.writeFile("/lib/python314.zip", archives.library);
  python.FS.writeFile("/checks.zip", archives.checks);
  return { desk: python.globals.get("Desk")(), python };
}

/** Return the runtime with the memory of the image, which holds what differs from its own. */
async function restored(settings, pack, { head, archives }) {
  let own;
  const plain = settings.instantiateWasm;
  settings.instantiateWasm = (imports, done) =>
    plain(imports, (instance, module) => {
      try {
        own = new Uint8Array(instance.exports.memory.buffer).slice();
        return done(instance, module);
      } catch (error) {
        fail(error);
        throw error;
      }
    });
  const runtime = await create(settings);
  const packed = new Uint8Array(await pack);
  postMessage({ fetched: true });
  tell("Starting the checker", 0.8);
  const { image, checks, library } = opened(runtime, packed);
  Object.assign(archives, { checks: checks.slice(), library: library.slice() });
  restore(runtime.HEAPU8, image, { own, head });
  runtime.HEAPU8.fill(0, BUILT.used);
  return runtime;
}

/** Unpack with what the runtime brings along, behind the memory that the image will fill. */
function opened(runtime, packed) {
  const { used, sizes } = BUILT;
  const size = sizes.reduce((sum, one) => sum + one);
  const target = used + packed.length;
  runtime.growMemory(target + size);
  runtime.HEAPU8.set(packed, used);
  if (runtime._ZSTD_decompress(target, size, used, packed.length) !== size) throw new Error("its files are damaged");
  let at = target;
  const [image, checks, library] = sizes.map((length) => runtime.HEAPU8.subarray(at, (at += length)));
  return { image, checks, library };
}

/** Fill the memory: tools/bundled/image.mjs says how an image is made. */
function restore(memory, image, { own, head }) {
  const numbers = (at, count) => new Uint32Array(image.slice(at, at + 4 * count).buffer);
  const [first, pieces] = numbers(0, 3);
  head.set(image.subarray(12, 12 + first));
  const places = numbers(12 + first, 2 * pieces);
  memory.set(own);
  memory.fill(0, own.length, BUILT.used);
  let from = 12 + first + places.byteLength;
  for (let next = 0; next < places.length; next += 2) {
    memory.set(image.subarray(from, from + places[next + 1]), places[next]);
    from += places[next + 1];
  }
}

const started = Promise.race([start(), failed]);
let office = null;

/** Load, once, what writes workbooks. */
async function withOffice({ python }) {
  office ??= fetched("office.zip").then(({ body }) => new Response(body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  python.FS.writeFile("/office.zip", new Uint8Array(await office));
}

/** Answer one question of the page: documents to put on the desk, and a method to call then. */
async function answer({ put = [], file, call, given = [], workbook }) {
  const { desk, python } = await started;
  for (const { key, name, bytes } of put) desk.put(key, name, python.toPy(bytes));
  if (file) {
    python.FS.mkdirTree(file.folder); // of its own, where it can take the place of nothing
    python.FS.writeFile(`${file.folder}/${file.name}`, file.bytes);
  }
  if (workbook) await withOffice({ python });
  const told = desk[call](...given);
  if (typeof told === "string") return told;
  const bytes = told.toJs();
  told.destroy();
  return bytes;
}

self.onmessage = async ({ data: { id, compiled, ...question } }) => {
  if (compiled) {
    begin(compiled);
    return;
  }
  try {
    postMessage({ id, answer: await answer(question) });
  } catch (error) {
    postMessage({ id, fault: String(error) });
  }
};

started.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ broken: String(error) }),
);
