// Runs the checks beside the page, so that the page never waits for them. The page starts it from
// a blob: and so binds it by its own policy: nothing can leave the site.

const here = new URL(".", import.meta.url);
const address = (name) => new URL(name, here).href;

/** Tell the page how far the start is, in words and as a part of the whole. */
const tell = (words, part) => postMessage({ progress: { words, part } });

/** Return a packed file of the bundle as a response that unpacks as it comes. */
async function unpacked(name) {
  const response = await fetch(address(`${name}.packed`));
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const type = name.endsWith(".wasm") ? "application/wasm" : "application/zip";
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": type } });
}

async function start() {
  tell("Fetching the checker", 0.1);
  const parts = ["pyodide.asm.wasm", "stdlib.zip"].map((name) => [address(name), unpacked(name)]);
  const packed = new Map(parts);
  const checks = unpacked("checks.zip").then((response) => response.arrayBuffer());
  const { loadPyodide } = await import(address("pyodide.mjs"));
  const plain = self.fetch;
  self.fetch = (url, ...more) => packed.get(String(url)) ?? plain(url, ...more);
  const python = await loadPyodide({
    indexURL: here.href,
    packageBaseUrl: here.href,
    stdLibURL: address("stdlib.zip"),
  });
  self.fetch = plain;
  tell("Loading the rules", 0.7);
  python.FS.writeFile("/checks.zip", new Uint8Array(await checks));
  const desk = python.runPython(`
import sys
sys.path.insert(0, "/checks.zip")
from desk import Desk
Desk.warm()
`);
  return { desk, python };
}

const started = start();

/** Answer one question of the page. */
async function answer({ put = [], check, render, template }) {
  const { desk, python } = await started;
  for (const { key, name, bytes } of put) desk.put(key, name, python.toPy(bytes));
  if (check) return JSON.parse(desk.check(check.keys, JSON.stringify(check.settings)));
  return render ? desk.render(render) : desk.template(template);
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
