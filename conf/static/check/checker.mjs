// The checker in its worker: questions go in, answers come back.

const PROFILES = "/profiles"; // where people's own lie in the worker
const PATIENCE = 30_000; // milliseconds: no draft that people write takes a second

/** Start the checker whose files lie at `home`. */
export function checker(home) {
  const waiting = new Map();
  let own = null; // the question that brought a profile of somebody's own
  let ids = 0;
  let worker;
  let ready;
  let latest = null; // how far the start is
  let hear = () => {};
  // Compiled beside everything else, and once for all workers that follow.
  const runtime = compiled(home);
  let got; // called when everything is fetched that a start needs
  const fetched = new Promise((resolve) => (got = resolve));

  function begin() {
    ready = new Promise(async (resolve, reject) => {
      const code = await program(home).catch(reject);
      if (!code) return;
      runtime.then((module) => worker.postMessage({ compiled: module }), reject);
      worker = new Worker(URL.createObjectURL(code), { type: "module", name: "checker" });
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message || "its files are missing"));
      };
      worker.onmessage = ({ data }) => {
        if (data.fetched) got();
        else if (data.progress) hear((latest = data.progress));
        else if (data.ready) resolve();
        else if (data.broken) reject(new Error(data.broken.split("\n").at(0)));
        else settle(data);
      };
    });
    // Whoever waits for it hears of it; nobody else has to.
    ready.catch(() => {});
  }

  function settle({ id, answer, fault }) {
    const { resolve, reject, timer } = waiting.get(id) ?? {};
    clearTimeout(timer);
    waiting.delete(id);
    if (fault === undefined) resolve?.(answer);
    else reject?.(new Error("The checker has a fault and could not finish. Tell the project about it."));
  }

  /** Begin again after a question that has no end. */
  function renew() {
    worker.terminate();
    for (const id of [...waiting.keys()]) {
      const { reject, timer } = waiting.get(id);
      clearTimeout(timer);
      waiting.delete(id);
      reject(new Error("The check took longer than 30 seconds and was ended. Check the files one by one, or shorten them."));
    }
    begin();
    if (own) told(own).catch(() => {});
  }

  async function ask(question) {
    await ready;
    return new Promise((resolve, reject) => {
      const id = ++ids;
      waiting.set(id, { resolve, reject, timer: setTimeout(renew, PATIENCE) });
      worker.postMessage({ id, ...question });
    });
  }

  /** Ask for what is JSON; a problem that the person can mend is thrown in words. */
  async function told(question) {
    const answer = await ask(question);
    if (typeof answer !== "string") return answer;
    const { problem, ...rest } = JSON.parse(answer);
    if (problem) throw new Error(`${problem.message}. ${problem.fix}.`);
    return rest;
  }

  begin();
  return {
    /** Let `progress` hear how far the start is. */
    listen(progress) {
      hear = progress;
      if (latest) hear(latest);
    },
    ready: () => ready,
    fetched: () => fetched,
    check: ({ put, keys, settings }) => told({ put, call: "check", given: [keys, JSON.stringify(settings)] }),
    render: (format) => ask({ call: "render", given: [format] }),
    template: (kind) => ask({ call: "template", given: [kind] }),
    questions: (kind) => told({ call: "questions", given: [kind] }),
    answers: ({ key, name, bytes }, kind) => told({ put: [{ key, name, bytes }], call: "answers", given: [key, kind] }),
    composed: (answers, kind) => ask({ call: "composed", given: [JSON.stringify(answers), kind] }),
    stack: (keys, into) => told({ call: "stack", given: [keys, into] }),
    renderStack: (format) => ask({ call: "render_stack", given: [format] }),
    lost: () => told({ call: "lost" }),
    convert: (key, to) => told({ call: "convert", given: [key, to], workbook: to === "xlsx" }),
    annotate: (key) => told({ call: "annotate", given: [key], workbook: true }),
    profile: (name, bytes) => told((own = { file: { folder: PROFILES, name, bytes }, call: "profile", given: [`${PROFILES}/${name}`] })),
  };
}

/**
 * Return the worker’s program. A worker that is loaded by its address isn’t bound by the page’s
 * policy; one that comes from a blob is.
 */
async function program(home) {
  const told = `const HOME = ${JSON.stringify(home.href)};\n`;
  return new Blob([told, await (await unpacked(home, "worker.mjs")).blob()], { type: "text/javascript" });
}

async function compiled(home) {
  return WebAssembly.compileStreaming(unpacked(home, "pyodide.asm.wasm", "application/wasm"));
}

/** Return a packed file of the checker as a response that unpacks as it comes. */
async function unpacked(home, name, type = "application/octet-stream") {
  const response = await fetch(new URL(`${name}.packed`, home));
  if (!response.ok) throw new Error("its files are missing");
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream, { headers: { "content-type": type } });
}
