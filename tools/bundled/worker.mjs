// Runs the checks beside the page, so that the page never waits for them. The page starts it from
// a blob: and so binds it by its own policy: nothing can leave the site.
// tools/bundle.py puts what is imported here into this file, and the page tells it HOME.
import create from "./pyodide.asm.mjs";
import { loadPyodide } from "./pyodide.mjs";

const BUILT = {}; // set by tools/bundle.py: bytes of the image, and what the runtime asks to be told

/** Tell the page how far the start is, in words and as a part of the whole. */
const tell = (words, part) => postMessage({ progress: { words, part } });

/** Return a packed file of the bundle as a response that unpacks as it comes. */
async function unpacked(name, type = "application/octet-stream") {
  const response = await fetch(`${HOME}${name}.packed`);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": type } });
}

/** Fill `image` as its bytes come. */
async function filled(image) {
  let at = 0;
  for (const reader = (await unpacked("memory")).body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    image.set(value, at);
    at += value.length;
  }
}

/** Start the Python whose memory is in the bundle: with everything loaded and tried once. */
async function start() {
  tell("Fetching the checker", 0.1);
  const image = new Uint8Array(BUILT.bytes);
  const complete = filled(image);
  const checks = unpacked("checks.zip").then((response) => response.arrayBuffer());
  const files = {
    "pyodide.asm.wasm": unpacked("pyodide.asm.wasm", "application/wasm"),
    "stdlib.zip": unpacked("stdlib.zip"),
  };
  const plain = self.fetch;
  self.fetch = (address) => files[String(address).slice(HOME.length)];
  const python = await loadPyodide({
    indexURL: HOME,
    stdLibURL: `${HOME}stdlib.zip`,
    packageBaseUrl: HOME,
    lockFileContents: { info: BUILT.info, packages: {} },
    _loadSnapshot: image,
    createPyodideModule: (settings) => restored(settings, image, complete),
  });
  self.fetch = plain;
  python.FS.writeFile("/checks.zip", new Uint8Array(await checks));
  return { desk: python.globals.get("Desk")(), python };
}

/** Return the runtime with the memory of the image, which holds what differs from its own. */
async function restored(settings, image, complete) {
  const plain = settings.instantiateWasm;
  settings.instantiateWasm = (imports, done) =>
    plain(imports, async (instance, module) => {
      await complete;
      postMessage({ fetched: true });
      tell("Starting the checker", 0.8);
      const own = new Uint8Array(instance.exports.memory.buffer);
      const [, start] = new Uint32Array(image.buffer, 0, 2);
      for (let at = 0; at < own.length; at++) image[start + at] ^= own[at];
      done(instance, module);
    });
  const runtime = await create(settings);
  runtime.growMemory(image.length);
  return runtime;
}

const started = start();
let office = null;

/** Load, once, what writes workbooks. */
async function withOffice({ python }) {
  office ??= unpacked("office.zip").then((response) => response.arrayBuffer());
  python.FS.writeFile("/office.zip", new Uint8Array(await office));
}

/** Answer one question of the page: documents to put on the desk, and a method to call then. */
async function answer({ put = [], file, call, given = [], workbook }) {
  const { desk, python } = await started;
  for (const { key, name, bytes } of put) desk.put(key, name, python.toPy(bytes));
  if (file) python.FS.writeFile(file.path, file.bytes);
  if (workbook) await withOffice({ python });
  const told = desk[call](...given);
  if (typeof told === "string") return told;
  const bytes = told.toJs();
  told.destroy();
  return bytes;
}

self.onmessage = async ({ data: { id, ...question } }) => {
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
