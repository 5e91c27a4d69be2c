// The check page in Chromium and in Firefox, through one driver: what a person does with it.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe } from "node:test";
import axe from "axe-core";
import puppeteer from "puppeteer-core";
import { CHROMIUM, COLOURS, FLAT, WCAG, installed, serve } from "./site.mjs";

export const DAY = "2026-11-01";

const PATIENCE = 60_000; // milliseconds

const START = {
  Chromium: () => ({ browser: "chrome", executablePath: installed(...CHROMIUM), args: ["--no-sandbox"] }),
  Firefox: (folder) => ({
    browser: "firefox",
    executablePath: installed("firefox-esr", "firefox"),
    // The panel that tells of a download would take the keyboard away from the page.
    extraPrefsFirefox: { "browser.download.folderList": 2, "browser.download.dir": folder, "browser.download.alwaysOpenPanel": false },
  }),
};

/** Run the same tests in each browser; `tests` gets a desk that is there when the first one runs. */
export function inEachBrowser(title, tests) {
  for (const [name, options] of Object.entries(START)) {
    describe(`${title}, in ${name}`, { concurrency: 1 }, () => {
      const desk = {};
      before(async () => {
        const home = await mkdtemp(join(tmpdir(), "microcred-"));
        const folder = join(home, "saved");
        await mkdir(folder);
        const gates = {};
        const site = await serve({ alter: async (file, content) => (await gates[file.split("/").pop()], content) });
        const browser = await puppeteer.launch({ ...options(folder), headless: true });
        Object.assign(desk, opened(await browser.newPage(), site, folder), { site, browser, home, folder, gates, name });
        if (name === "Chromium") await allowDownloads(desk);
      });
      after(async () => {
        await desk.browser?.close();
        desk.site?.close();
        if (desk.home) await rm(desk.home, { recursive: true });
      });
      tests(desk);
    });
  }
}

async function allowDownloads({ tab, folder }) {
  const session = await tab.createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
}

/** Return what can be done with the check page in this tab. */
function opened(tab, site, folder) {
  const faults = [];
  const asked = []; // what dialogs asked; each is answered as `answer` says
  const replies = { answer: true };
  tab.on("pageerror", ({ message }) => faults.push(message));
  tab.on("dialog", (dialog) => {
    asked.push(dialog.message());
    return replies.answer ? dialog.accept() : dialog.dismiss();
  });
  const until = (condition, ...given) => tab.waitForFunction(condition, { timeout: PATIENCE }, ...given);
  const text = (where) => tab.$eval(where, (element) => element.textContent);

  /** Load the page; unless told otherwise, wait for the checker and set the fixed day. */
  async function load(address = "check.html", { ready = true } = {}) {
    await tab.goto(site.address + address);
    if (ready) await whenReady();
  }

  async function whenReady() {
    await until(() => document.getElementById("check-progress")?.hidden);
    await tab.$eval("#check-on", (field, day) => {
      field.value = day;
      field.dispatchEvent(new Event("change"));
    }, DAY);
  }

  /** Do something and return what the page says when the check that it causes has ended. */
  async function told(act) {
    await tab.$eval("#check-status", (status) => (status.textContent = ""));
    await act();
    // With each pause of whoever types, a check begins; the one that knows all of it counts.
    await until(() => /[.!]$/.test(document.getElementById("check-status").textContent) && !document.querySelector("#check-result[aria-busy]"));
    return text("#check-status");
  }

  /** Press what has this selector by the keyboard: parts that move can't be missed as by a mouse. */
  async function use(selector, key = " ") {
    await tab.focus(selector);
    await tab.keyboard.press(key);
  }

  /** Choose files through the field, as a person does. */
  async function choose(...paths) {
    const field = await tab.$("#check-file");
    return told(() => field.uploadFile(...paths));
  }

  /** Let files fall onto the page. */
  async function drop(...paths) {
    const files = await Promise.all(paths.map(async (path) => [path.split("/").pop(), (await readFile(path)).toString("base64")]));
    return told(() =>
      tab.evaluate((all) => {
        const dataTransfer = new DataTransfer();
        for (const [name, packed] of all) {
          const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
          dataTransfer.items.add(new File([bytes], name));
        }
        document.getElementById("check-drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
      }, files),
    );
  }

  /** Write a text in the place of what stands in the editor. */
  async function paste(words) {
    return told(() =>
      tab.$eval("#check-text", (editor, written) => {
        editor.value = written;
        editor.dispatchEvent(new Event("input", { bubbles: true }));
      }, words),
    );
  }

  /** Press a button that saves a file, and return the file's name and content. */
  async function saved(button) {
    await tab.$eval(button, (element) => element.closest("details")?.setAttribute("open", ""));
    await use(button);
    for (let waited = 0; waited < PATIENCE; waited += 50) {
      const [name] = (await readdir(folder)).filter((file) => !/\.(part|crdownload)$|^\./.test(file));
      const content = name && (await readFile(join(folder, name)));
      // Firefox lays an empty file there before it fills it.
      if (content?.length) {
        const path = join(await mkdtemp(`${folder}-`), name);
        await rename(join(folder, name), path);
        return { name, content, path };
      }
      await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error(`Nothing was saved by ${button}`);
  }

  /** Return what is in the way of people, a line each: in both themes, and on a small phone. */
  async function barriers() {
    const found = [];
    if (!(await tab.evaluate(() => "axe" in window))) await tab.evaluate(axe.source);
    await tab.setViewport({ width: 1280, height: 900 });
    const flat = await tab.addStyleTag(FLAT);
    for (const [theme, runOnly] of [["light", WCAG], ["dark", COLOURS]]) {
      await tab.evaluate((chosen) => (document.body.dataset.theme = chosen), theme);
      const told = await tab.evaluate(async (only) => {
        const { violations } = await axe.run("#check", { runOnly: only, resultTypes: ["violations"] });
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id}: ${target} ${html.slice(0, 160)}`));
      }, runOnly);
      found.push(...told.map((line) => `${theme}: ${line}`));
    }
    await flat.evaluate((style) => style.remove());
    await tab.setViewport({ width: 320, height: 640 });
    return [...found, ...(await tab.evaluate(sideways))];
  }

  /** Return whether closing the page would ask whether what is written may go. */
  const wouldAsk = () => tab.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));

  return { tab, faults, asked, replies, wouldAsk, until, text, load, whenReady, told, use, choose, drop, paste, saved, barriers };
}

/** Return what scrolls sideways besides what the keyboard can scroll. */
function sideways() {
  return [document.scrollingElement, ...document.querySelectorAll("#check *")]
    .filter((element) =>
      element === document.scrollingElement
        ? element.scrollWidth > innerWidth
        : /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth && !element.matches("[tabindex='0'], input, select"),
    )
    .map((element) => `sideways: ${element.tagName} ${element.className}`);
}

/** Compare what the page says of files with what the command line says of them. */
export function sameReport(here, there) {
  const plain = ({ documents, ...rest }) => ({ ...rest, documents: documents.map((document) => ({ ...document, source: document.source.split("/").pop() })) });
  assert.deepEqual(plain(here), plain(there));
}
