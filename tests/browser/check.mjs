// The check page: the whole way of a draft, in a browser, without anything leaving it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import { deflateRawSync, gunzipSync, gzipSync } from "node:zlib";
import { browser, serve, stranger } from "./support/site.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const DAY = "2026-11-01";
const DRAFT = "examples/drafts/first-draft.yaml";
const PATIENT = { timeout: 60_000 };

let site, chromium, context;
before(async () => {
  site = await serve();
  chromium = await browser();
  // Without a service worker, each page comes from the server; offline.mjs tests what it changes.
  context = await chromium.newContext({ acceptDownloads: true, reducedMotion: "reduce", serviceWorkers: "block" });
  context.on("dialog", (dialog) => dialog.accept());
});
after(async () => {
  await chromium?.close();
  site?.close();
});

const example = (path) => readFile(join(ROOT, path));
const status = (tab) => tab.locator("#check-status");
const report = (tab) => tab.locator("#check-result");

/** Open the page, by default until the checker is ready, with the fixed day set. */
async function opened({ address = "check.html", ready = true, tab } = {}) {
  const page = tab ?? (await context.newPage());
  await page.goto(site.address + address);
  if (ready) {
    await page.locator("#check-progress").waitFor({ state: "hidden", ...PATIENT });
    await page.evaluate((day) => {
      const field = document.getElementById("check-on");
      field.value = day;
      field.dispatchEvent(new Event("change"));
    }, DAY);
  }
  return page;
}

/** Wait for the end of a check and return what the page says of it. */
async function told(tab) {
  await tab.waitForFunction(() => document.getElementById("check-status").textContent.match(/^(Checked\.|The file could not|None of)/), null, PATIENT);
  return status(tab).textContent();
}

async function choose(tab, ...files) {
  await tab.setInputFiles("#check-file", files.map(({ name, buffer }) => ({ name, mimeType: "application/octet-stream", buffer })));
}

/** Return what the report says as data, as a person would save it. */
async function saved(tab, format) {
  const [download] = await Promise.all([tab.waitForEvent("download"), tab.click(`[data-format=${format}]`)]);
  return readFile(await download.path(), "utf8");
}

describe("a draft", { concurrency: 1 }, () => {
  let tab;
  const errors = [];
  before(async () => {
    tab = await opened();
    tab.on("pageerror", (error) => errors.push(error.message));
  });
  after(() => tab?.close());

  test("is chosen as a file and reported in the order of the command line", async () => {
    await choose(tab, { name: "first-draft.yaml", buffer: await example(DRAFT) });
    assert.match(await told(tab), /^Checked\. \d+ must, \d+ should and \d+ advice rules are not met/);
    const groups = await report(tab).locator("[data-group]").evaluateAll((all) => all.map(({ dataset }) => dataset.group));
    assert.deepEqual(groups, ["must", "should", "advice", "question"].filter((key) => groups.includes(key)));
    assert.equal(await report(tab).locator(".check-elements tbody tr").count(), 16);
    assert.ok((await report(tab).locator("input[data-question]").count()) > 0);
    assert.equal(await report(tab).locator("h3").textContent(), "Bookkeeping for small farms");
  });

  test("can be written on, and is checked again as one types", async () => {
    const before = await status(tab).textContent();
    const text = await tab.inputValue("#check-text");
    await tab.fill("#check-text", text.replace(/^outcomes:[^]*/m, ""));
    await tab.waitForFunction((old) => document.getElementById("check-status").textContent !== old, before, PATIENT);
    assert.match(await told(tab), /must/);
    assert.equal(await report(tab).locator("[data-rule^='M6-']").first().isVisible(), true);
  });

  test("shows the line that a finding is about", async () => {
    const place = report(tab).locator("button[data-line]").first();
    const line = Number(await place.getAttribute("data-line"));
    await place.click();
    const selected = await tab.evaluate(() => {
      const editor = document.getElementById("check-text");
      return { focused: document.activeElement === editor, before: editor.value.slice(0, editor.selectionStart), text: editor.value.slice(editor.selectionStart, editor.selectionEnd) };
    });
    assert.equal(selected.focused, true);
    assert.equal(selected.before.split("\n").length, line);
    assert.ok(selected.text.length > 0 && !selected.text.includes("\n"));
  });

  test("is filtered by level", async () => {
    await report(tab).locator("[data-level=must]").uncheck();
    assert.equal(await report(tab).locator("[data-group=must]").isVisible(), false);
    await report(tab).locator("[data-level=must]").check();
    assert.equal(await report(tab).locator("[data-group=must]").isVisible(), true);
  });

  test("keeps what a person has ticked when it is checked again", async () => {
    const box = report(tab).locator("input[data-question]").first();
    const key = await box.getAttribute("data-question");
    await box.check();
    await tab.click("#check-go");
    await tab.waitForFunction(() => document.activeElement.matches("#check-result h2"), null, PATIENT);
    assert.equal(await report(tab).locator(`input[data-question="${key}"]`).isChecked(), true);
  });

  test("keeps open what a person has opened, and closed what is closed, when it is checked again", async () => {
    const why = () => report(tab).locator("[data-rule] details").first();
    const elements = () => report(tab).locator(".check-elements");
    for (const part of [why(), elements()]) await part.locator("summary").click();
    await tab.click("#check-go");
    await tab.waitForFunction(() => document.activeElement.matches("#check-result h2"), null, PATIENT);
    assert.deepEqual([await why().getAttribute("open"), await elements().getAttribute("open")], ["", null]);
    for (const part of [why(), elements()]) await part.locator("summary").click();
  });

  test("can be taken away as a web page, a table, data and a text", async () => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    assert.match(await saved(tab, "html"), /^<!doctype html>/);
    assert.match(await saved(tab, "csv"), /^source,title,kind,rule/);
    assert.equal(JSON.parse(await saved(tab, "json")).checkedOn, DAY);
    await tab.click("[data-copy]");
    await tab.waitForFunction(() => document.querySelector(".check-told").textContent.startsWith("Copied"));
    const text = await tab.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^Report on a description[^]*\nMust: [^]*- M\d+-\d+: [^]*\n  Fix: /);
  });

  test("is checked as the kind, and on the day, that the person sets", async () => {
    await tab.locator(".check-settings > summary").click();
    await tab.selectOption("#check-kind", "award");
    await tab.waitForFunction(() => document.querySelector("#check-result .check-document")?.textContent.includes("award, YAML"), null, PATIENT);
    await tab.selectOption("#check-kind", "");
    await tab.waitForFunction(() => document.querySelector("#check-result .check-document")?.textContent.includes("offer, YAML"), null, PATIENT);
  });

  test("comes with others, of which one can't be read", async () => {
    const buffer = await example(DRAFT);
    await choose(tab, { name: "one.yaml", buffer }, { name: "photo.png", buffer: Buffer.from("\x89PNG\r\n\x1a\n", "latin1") });
    await tab.waitForFunction(() => document.getElementById("check-status").textContent.includes("2 files"), null, PATIENT);
    assert.match(await told(tab), /2 files; 1 could not be read/);
    assert.match(await report(tab).locator("#check-document-2").textContent(), /photo\.png.*could not be read.*picture/s);
  });

  test("comes with others, of which none can be read", async () => {
    await choose(tab, { name: "one.yaml", buffer: Buffer.from("") }, { name: "two.yaml", buffer: Buffer.from("") });
    await tab.waitForFunction(() => document.getElementById("check-status").textContent.includes("None"), null, PATIENT);
    assert.equal(await told(tab), "None of the 2 files could be read.");
  });

  test("is asked about before the form takes the place of another one that was written on", async () => {
    const buffer = await example(DRAFT);
    const asked = [];
    tab.on("dialog", (dialog) => asked.push(dialog.message()));
    await choose(tab, { name: "one.yaml", buffer }, { name: "two.yaml", buffer });
    await tab.waitForFunction(() => document.getElementById("check-status").textContent.includes("2 files"), null, PATIENT);
    await tab.locator("#check-text").pressSequentially("# mine\n");
    await tab.getByRole("button", { name: "Show the text of two.yaml" }).click();
    await tab.locator("#check-text").pressSequentially("# mine\n");
    await Promise.all([tab.waitForEvent("download"), tab.click("#check-save-text")]);
    assert.equal(await tab.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true }))), true, "one.yaml isn't saved");
    await tab.click("#check-guide");
    await tab.locator("#check-guided").waitFor();
    assert.deepEqual(asked, ["What you wrote here is not saved and will be lost. Go on?"]);
  });

  test("is begun from an empty form", async () => {
    await tab.click("#check-empty");
    await tab.waitForFunction(() => document.querySelector("#check-result h3")?.textContent === "(no title)", null, PATIENT);
    assert.match(await tab.inputValue("#check-text"), /^# Description of a micro-credential[^]*\ntitle:/);
    const at = await tab.evaluate(() => [document.activeElement.id, document.activeElement.selectionStart, document.activeElement.scrollTop]);
    assert.deepEqual(at, ["check-text", 0, 0], "writing begins at the top");
    await tab.click("#check-clear");
    assert.equal(await tab.inputValue("#check-text"), "");
    assert.equal(await report(tab).isVisible(), false);
  });

  test("makes the page fail nowhere", () => assert.deepEqual(errors, []));
});

describe("a link", { concurrency: 1 }, () => {
  for (const address of ["check.html?example=ex03", "check.html#example=ex03"]) {
    test(`${address} opens the example`, async () => {
      const tab = await opened({ address });
      await told(tab);
      assert.match(await report(tab).locator("h3").textContent(), /Causal inference/);
      assert.equal(await tab.inputValue("#check-example"), "ex03");
      await tab.close();
    });
  }

  for (const address of ["check.html?example=ex03", "check.html#example=ex03"]) {
    test(`${address} opens nothing again when a person goes through a report and back`, async () => {
      const tab = await opened({ address });
      await told(tab);
      const buffer = await example(DRAFT);
      await choose(tab, { name: "one.yaml", buffer }, { name: "two.yaml", buffer });
      await tab.waitForFunction(() => document.getElementById("check-status").textContent.includes("2 files"), null, PATIENT);
      await report(tab).locator('a[href="#check-document-2"]').click();
      await tab.goBack();
      await tab.evaluate(() => new Promise((go) => setTimeout(go, 300)));
      assert.deepEqual(await tab.locator("#check-files bdi").allTextContents(), ["one.yaml", "two.yaml"]);
      await tab.close();
    });
  }

  test("with a draft in its fragment opens it, and no server sees it", async () => {
    const packed = deflateRawSync(await example(DRAFT)).toString("base64url");
    const tab = await context.newPage();
    const asked = [];
    tab.on("request", (request) => asked.push(request.url()));
    await opened({ tab, address: `check.html#draft=${packed}` });
    await told(tab);
    assert.equal(await report(tab).locator("h3").textContent(), "Bookkeeping for small farms");
    assert.deepEqual(asked.filter((url) => url.includes(packed.slice(0, 40)) && !url.includes("#")), []);
    await tab.close();
  });

  for (const address of ["check.html?example=nothing", "check.html#draft=%%%"]) {
    test(`${address} is told to lead nowhere`, async () => {
      const tab = await opened({ address });
      assert.match(await status(tab).textContent(), /There is no example “nothing”|no draft that can be opened/);
      assert.equal(await report(tab).isVisible(), false);
      await tab.close();
    });
  }
});

describe("privacy", { concurrency: 1 }, () => {
  let other;
  before(async () => {
    other = await stranger();
  });
  after(() => other?.close());

  /** Open a site whose worker asks a stranger for something, and wait for the end of that. */
  async function planted({ bound, name }) {
    const theft = `\nfetch("${other.address}${name}").then(() => console.log("planted: went out"), () => console.log("planted: refused"));\n`;
    const altered = await serve({
      alter: (file, content) => {
        if (basename(file) === "worker.mjs.packed") return gzipSync(theft + gunzipSync(content));
        if (bound || basename(file) !== "check.html") return content;
        return String(content).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      },
    });
    const tab = await context.newPage();
    const end = tab.waitForEvent("console", { predicate: (message) => message.text().startsWith("planted:"), ...PATIENT });
    await tab.goto(`${altered.address}check.html`);
    const spoken = (await end).text();
    await tab.close();
    altered.close();
    return spoken;
  }

  test("a fetch that is planted in the worker goes out where the policy is taken away", async () => {
    assert.equal(await planted({ bound: false, name: "without" }), "planted: went out");
    assert.deepEqual(other.hits, ["/without"]);
  });

  test("and is refused by the policy of the page", async () => {
    assert.equal(await planted({ bound: true, name: "with" }), "planted: refused");
    assert.deepEqual(other.hits, ["/without"]);
  });

  test("not one request leaves between ready and the end of a check", async () => {
    const tab = await opened();
    const asked = [];
    context.on("request", (request) => asked.push(request.url()));
    const served = site.asked.length;
    await choose(tab, { name: "first-draft.yaml", buffer: await example(DRAFT) });
    await told(tab);
    await tab.fill("#check-text", "title: A name of a person\n");
    await tab.waitForFunction(() => document.querySelector("#check-result h3").textContent.startsWith("A name"), null, PATIENT);
    await saved(tab, "json");
    assert.deepEqual(asked.filter((url) => !url.startsWith("blob:")), []);
    assert.equal(site.asked.length, served);
    await tab.close();
  });

  test("nothing stays behind in the browser", async () => {
    const tab = await opened();
    await choose(tab, { name: "first-draft.yaml", buffer: await example(DRAFT) });
    await told(tab);
    const kept = await tab.evaluate(async () => ({
      local: Object.keys(localStorage).filter((key) => !["theme"].includes(key)),
      session: Object.keys(sessionStorage),
      cookie: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
    }));
    assert.deepEqual(kept, { local: [], session: [], cookie: "", databases: [], caches: [] });
    await tab.close();
  });
});

describe("the page tells", { concurrency: 1 }, () => {
  test("without JavaScript how to check on the command line", async () => {
    const plain = await chromium.newContext({ javaScriptEnabled: false });
    const tab = await plain.newPage();
    await tab.goto(`${site.address}check.html`);
    assert.match(await tab.locator("#check-off").textContent(), /JavaScript.*command line/s);
    assert.equal(await tab.locator("#check-off").isVisible(), true);
    assert.equal(await tab.locator("#check-form").isVisible(), false);
    await plain.close();
  });

  test("that the checker can't begin, where its runtime is another one", async () => {
    const empty = gzipSync(Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    const altered = await serve({
      alter: (file, content) => (basename(file) === "pyodide.asm.wasm.packed" ? empty : content),
    });
    try {
      const tab = await context.newPage();
      await tab.goto(`${altered.address}check.html`);
      await tab.locator("#check-status", { hasText: "could not be started" }).waitFor(PATIENT);
      assert.equal(await tab.locator("#check-progress").isVisible(), false);
      await tab.close();
    } finally {
      altered.close();
    }
  });

  test("which rules will run, before anything runs", async () => {
    const tab = await opened({ ready: false });
    await tab.locator(".check-rules > summary").click();
    const listed = await tab.locator(".check-rules tbody th").allTextContents();
    const { stdout } = await promisify(execFile)(join(ROOT, ".venv/bin/microcred"), ["rules", "--format", "json"], { maxBuffer: 2 ** 26 });
    assert.deepEqual(listed.toSorted(), JSON.parse(stdout).map(({ id }) => id).toSorted());
    await tab.close();
  });
});
