// The check page without a connection: what is kept, how a newer version arrives, what is asked for.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { SITE, browser, serve, stranger } from "./support/site.mjs";

const RULES = resolve(import.meta.dirname, "../../examples/profiles/xland.yaml");
const DRAFT = resolve(import.meta.dirname, "../../examples/drafts/first-draft.yaml");
const PATIENT = { timeout: 60_000 };

let chromium;
before(async () => {
  chromium = await browser();
});
after(() => chromium?.close());

const sha256 = (content) => createHash("sha256").update(content).digest("hex");

/** Open the page and wait until the checker is ready and the page is kept. */
async function opened(tab, address) {
  await tab.goto(address);
  await tab.locator("#check-progress").waitFor({ state: "hidden", ...PATIENT });
}

/** Choose a profile of one's own. */
async function ruled(tab) {
  await tab.setInputFiles("#check-own", RULES);
  await tab.locator("#check-own-told", { hasText: "is used now" }).waitFor({ ...PATIENT, state: "attached" });
}

async function checked(tab, text, title = text.trim().replace("title: ", "")) {
  await tab.fill("#check-text", text);
  await tab.locator("#check-result h3", { hasText: title }).waitFor(PATIENT);
}

describe("after the first visit", { concurrency: 1 }, () => {
  let site, context, tab;
  before(async () => {
    site = await serve();
    context = await chromium.newContext({ acceptDownloads: true });
    tab = await context.newPage();
    await opened(tab, `${site.address}check.html`);
  });
  after(async () => {
    await context?.close();
    site?.close();
  });

  test("the page says that it is kept", async () => {
    assert.match(await tab.locator("#check-kept").textContent(), /works without a connection/);
  });

  test("what is kept is what the build made, and nothing else", async () => {
    const listed = [...(await readFile(join(SITE, "check-offline.js"), "utf8")).matchAll(/"([^"]+)": "([0-9a-f]{64})"/g)];
    assert.ok(listed.length > 15);
    for (const [, address, hash] of listed) {
      assert.equal(hash, sha256(await readFile(join(SITE, address.split("?")[0]))), address);
    }
    const kept = await tab.evaluate(async () => {
      const [name, ...others] = await caches.keys();
      const keys = await (await caches.open(name)).keys();
      return { others, keys: keys.map(({ url }) => url.split("/").pop()) };
    });
    assert.deepEqual(kept.others, []);
    assert.deepEqual(kept.keys.toSorted(), [...new Set(listed.map(([, , hash]) => hash))].toSorted());
  });

  test("another page of the site is none of its business", async () => {
    const other = await context.newPage();
    await other.goto(`${site.address}index.html`);
    assert.equal(await other.evaluate(() => navigator.serviceWorker.controller), null);
    await other.close();
  });

  test("page and checker come from the browser, and the server is asked for settings alone", async () => {
    const served = site.asked.length;
    await opened(tab, `${site.address}check.html`);
    const asked = new Set(site.asked.slice(served));
    // The browser itself looks whether there is a newer version, about a second later.
    asked.delete("/check-offline.js");
    assert.deepEqual([...asked], ["/check-settings.json"]);
  });

  test("nothing is asked for between ready and the end of a check, and nothing of the draft is kept", async () => {
    const asked = [];
    context.on("request", (request) => asked.push(request.url()));
    const served = site.asked.length;
    await checked(tab, `${await readFile(DRAFT, "utf8")}\n# workload-of-nobody-else\n`, "Bookkeeping for small farms");
    await tab.locator(".check-settings > summary").click();
    await ruled(tab);
    assert.deepEqual(asked.filter((url) => !url.startsWith("blob:")), []);
    // The browser itself looks whether there is a newer version; the page can't choose when.
    assert.deepEqual(site.asked.slice(served).filter((address) => address !== "/check-offline.js"), []);
    const kept = await tab.evaluate(async (words) => {
      const store = await caches.open((await caches.keys())[0]);
      const texts = await Promise.all((await store.keys()).map(async (key) => (await store.match(key)).text()));
      return { found: texts.some((text) => text.includes(words)), texts: texts.length, tab: sessionStorage.length };
    }, "workload-of-nobody-else");
    assert.equal(kept.found, false);
    assert.ok(kept.texts > 15);
    assert.equal(kept.tab, 0);
  });

  test("a draft is checked, and a workbook saved, with the server gone", async () => {
    await context.setOffline(true);
    site.close();
    await tab.goto("about:blank");
    await opened(tab, `${site.address}check.html?from=elsewhere`);
    await checked(tab, await readFile(DRAFT, "utf8"), "Bookkeeping for small farms");
    assert.match(await tab.locator("#check-status").textContent(), /^Checked\./);
    await ruled(tab);
    await tab.locator("#check-result .check-facts", { hasText: "Xland" }).waitFor(PATIENT);
    await tab.evaluate(() => document.querySelectorAll("#check-result details").forEach((details) => (details.open = true)));
    const [download] = await Promise.all([tab.waitForEvent("download"), tab.click("[data-annotate]")]);
    assert.equal((await readFile(await download.path())).subarray(0, 2).toString(), "PK");
  });

  test("an example can't be had, and can be chosen again; what was written is still guarded", async () => {
    await checked(tab, "title: Not saved\n");
    tab.once("dialog", (dialog) => dialog.accept());
    await tab.selectOption("#check-example", "ex03");
    await tab.locator("#check-status", { hasText: "The example could not be fetched." }).waitFor(PATIENT);
    assert.equal(await tab.inputValue("#check-example"), "");
    assert.equal(await tab.inputValue("#check-text"), "title: Not saved\n");
    assert.equal(await tab.evaluate(() => dispatchEvent(new Event("beforeunload", { cancelable: true }))), false, "closing asks");
  });
});

describe("a newer version", { concurrency: 1 }, () => {
  let site, context, tab;
  const dialogs = [];
  let build = 0; // 0 is the one that was made; each other one differs in what the page says
  const page = (text) => (build ? String(text).replace(/Checker [^,]+,/, `Checker 9.9.${build},`) : text);
  const now = async () => sha256(page(await readFile(join(SITE, "check.html"))));
  before(async () => {
    const made = await now();
    site = await serve({
      alter: (file, content) => {
        if (basename(file) === "check.html") return page(content);
        const listed = build && basename(file) === "check-offline.js";
        return listed ? String(content).replace(made, sha256(page(readFileSync(join(SITE, "check.html"))))) : content;
      },
    });
    context = await chromium.newContext();
    tab = await context.newPage();
    tab.on("dialog", (dialog) => {
      dialogs.push(dialog.type());
      dialog.accept();
    });
    await opened(tab, `${site.address}check.html`);
    build = 1;
  });
  after(async () => {
    await context?.close();
    site?.close();
  });

  const version = (one) => one.locator("#check > .check-hint").last().textContent();

  /** Let the browser look for the newer version until it has found it: one look joins another that has begun. */
  async function offered() {
    const offer = tab.locator("#check-newer button");
    for (let tries = 0; tries < 20 && !(await offer.isVisible()); tries += 1) {
      await tab.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
      await offer.waitFor({ timeout: 1000 }).catch(() => {});
    }
  }

  test("is offered, and changes nothing until the person wants it", async () => {
    await opened(tab, `${site.address}check.html`);
    await checked(tab, "title: Welding in the rain\n");
    const offer = tab.locator("#check-newer button");
    await offer.waitFor(PATIENT);
    assert.doesNotMatch(await version(tab), /9\.9\.1/);
    assert.equal(await tab.inputValue("#check-text"), "title: Welding in the rain\n");
  });

  test("fetches only what changed", () => {
    const since = site.asked.slice(site.asked.lastIndexOf("/check-offline.js"));
    assert.deepEqual(since.filter((address) => address !== "/check-settings.json"), ["/check-offline.js", "/check.html"]);
  });

  test("is taken with a button, and what is open stays open", async () => {
    const other = await context.newPage();
    await opened(other, `${site.address}check.html`);
    await checked(other, "title: In another tab\n");
    await tab.setInputFiles("#check-file", [
      { name: "one.yaml", mimeType: "text/yaml", buffer: Buffer.from("title: One of two\n") },
      { name: "photo.png", mimeType: "image/png", buffer: Buffer.from("\x89PNG\r\n\x1a\n\x00\xff", "latin1") },
    ]);
    await tab.locator("#check-result", { hasText: "photo.png" }).waitFor(PATIENT);
    await tab.locator(".check-settings > summary").click();
    await tab.selectOption("#check-kind", "award");
    await ruled(tab);
    dialogs.length = 0;
    await Promise.all([tab.waitForEvent("load"), tab.click("#check-newer button")]);
    await tab.locator("#check-result", { hasText: "photo.png" }).waitFor(PATIENT);
    assert.match(await version(tab), /9\.9\.1/);
    assert.equal(await tab.inputValue("#check-text"), "title: One of two\n");
    assert.equal(await tab.inputValue("#check-kind"), "award");
    assert.equal(await tab.inputValue("#check-profile"), "xx-2026");
    assert.match(await tab.locator("#check-result .check-facts").textContent(), /Xland/);
    assert.deepEqual(dialogs, [], "nobody is asked, since nothing is lost");
    assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
    assert.equal(await tab.locator("#check-newer button").count(), 0);
    // The other tab isn't loaded again by itself.
    assert.equal(await other.inputValue("#check-text"), "title: In another tab\n");
    assert.equal(await other.locator("#check-newer button").isVisible(), true);
    await other.close();
  });

  test("leaves nothing of the older one behind", async () => {
    const hashes = await tab.evaluate(async () => {
      const store = await caches.open((await caches.keys())[0]);
      return (await store.keys()).map(({ url }) => url.split("/").pop());
    });
    const current = await now();
    build = 0;
    const older = await now();
    build = 1; // before the browser itself looks for a newer version, and finds this one
    assert.equal(hashes.includes(older), false);
    assert.equal(hashes.includes(current), true);
  });

  test("lets the answers of the guided form stay, too", async () => {
    await tab.click("#check-clear");
    await tab.click("#check-guide");
    await tab.getByLabel("Title", { exact: true }).first().fill("Understanding welding");
    await tab.locator("#check-result h3", { hasText: "Understanding welding" }).waitFor(PATIENT);
    build = 2;
    await offered();
    await Promise.all([tab.waitForEvent("load"), tab.click("#check-newer button", PATIENT)]);
    await tab.locator("#check-result h3", { hasText: "Understanding welding" }).waitFor(PATIENT);
    assert.match(await version(tab), /9\.9\.2/);
    assert.equal(await tab.getByLabel("Title", { exact: true }).first().inputValue(), "Understanding welding");
    assert.equal(await tab.isChecked("#check-keep"), false);
    assert.equal(await tab.evaluate(() => sessionStorage.length), 0);
  });
});

describe("a version that isn't whole", () => {
  test("is not kept, and the page works as before", async () => {
    const site = await serve({ alter: (file, content) => (basename(file) === "furo.css" ? Buffer.concat([content, Buffer.from("\n")]) : content) });
    const context = await chromium.newContext();
    const tab = await context.newPage();
    await opened(tab, `${site.address}check.html`);
    await checked(tab, "title: Welding in the rain\n");
    assert.equal(await tab.locator("#check-kept").textContent(), "");
    assert.equal(await tab.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), 0);
    await context.close();
    site.close();
  });
});

describe("in a folder of a host", () => {
  test("only that folder's page is kept", async () => {
    const site = await serve({ under: "/some/folder/" });
    const context = await chromium.newContext();
    const tab = await context.newPage();
    await opened(tab, `${site.address}check.html`);
    await opened(tab, `${site.address}check.html`);
    const scopes = await tab.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname));
    assert.deepEqual(scopes, ["/some/folder/check"]);
    assert.deepEqual(await tab.evaluate(async () => (await caches.keys()).map((name) => new URL(name.split(" ")[1]).pathname)), ["/some/folder/"]);
    await context.close();
    site.close();
  });
});

describe("a host that binds the service worker by a policy", () => {
  test("has the page kept as any other", async () => {
    const page = await readFile(resolve(import.meta.dirname, "../../docs/about/hosting.md"), "utf8");
    const [, policy] = /\| `Content-Security-Policy` of `check-offline.js` \| `([^`]+)`/.exec(page);
    const site = await serve({ own: { "content-security-policy": policy } });
    const context = await chromium.newContext();
    const tab = await context.newPage();
    await opened(tab, `${site.address}check.html`);
    site.close();
    await opened(tab, `${site.address}check.html`);
    await checked(tab, "title: Welding in the rain\n");
    await context.close();
  });
});

describe("a host with a profile of its own", { concurrency: 1 }, () => {
  const PROFILE = JSON.stringify({
    id: "our-house", title: "The rules of our house", version: "1", asOf: "2026-09-01",
    authority: "Our house", instrument: "our rules", sources: ["https://house.example/rules"],
  });

  test("has it chosen from the beginning, also without a connection", async () => {
    const site = await serve({ extra: { "check-settings.json": '{"profile": "our-rules.yaml"}', "our-rules.yaml": PROFILE } });
    const context = await chromium.newContext();
    const tab = await context.newPage();
    const chosen = async () => {
      await tab.waitForFunction(() => document.getElementById("check-chosen").textContent.includes("our-house"), null, PATIENT);
      await checked(tab, "title: Welding in the rain\n");
      assert.match(await tab.locator("#check-result .check-facts").textContent(), /The rules of our house/);
    };
    await opened(tab, `${site.address}check.html`);
    await chosen();
    await opened(tab, `${site.address}check.html`);
    await chosen();
    site.close();
    await opened(tab, `${site.address}check.html`);
    await chosen();
    await context.close();
  });

  test("is told when its file isn't there or isn't right", async () => {
    for (const [extra, words] of [
      [{}, /“our-rules\.yaml” that this site is set to can't be used: it is not there \(404\)/],
      [{ "our-rules.yaml": "title: no profile" }, /“our-rules\.yaml” that this site is set to can't be used/],
    ]) {
      const site = await serve({ extra: { "check-settings.json": '{"profile": "our-rules.yaml"}', ...extra } });
      const tab = await chromium.newPage();
      await tab.goto(`${site.address}check.html`);
      await tab.locator("#check-status", { hasText: words }).waitFor(PATIENT);
      await checked(tab, "title: Welding in the rain\n");
      await tab.close();
      site.close();
    }
  });
});

describe("what a kept page may ask for", { concurrency: 1 }, () => {
  let other;
  before(async () => {
    other = await stranger();
  });
  after(() => other?.close());

  test("nothing of another site, also through its service worker", async () => {
    const site = await serve();
    const context = await chromium.newContext();
    const tab = await context.newPage();
    await opened(tab, `${site.address}check.html`);
    await opened(tab, `${site.address}check.html`);
    const asked = await tab.evaluate(async (stranger) => {
      const from = (maker) => new Promise((answer) => {
        const code = new Blob([`fetch(${JSON.stringify(stranger)}).then(() => postMessage("went out"), () => postMessage("refused"))`]);
        const worker = new Worker(URL.createObjectURL(code));
        worker.onmessage = ({ data }) => answer(data);
      });
      return {
        controlled: Boolean(navigator.serviceWorker.controller),
        page: await fetch(stranger).then(() => "went out", () => "refused"),
        worker: await from(),
      };
    }, other.address);
    assert.deepEqual(asked, { controlled: true, page: "refused", worker: "refused" });
    assert.deepEqual(other.hits, []);
    await context.close();
    site.close();
  });
});
