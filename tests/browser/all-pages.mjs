// What every page of the site keeps to, however it is read.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import axe from "axe-core";
import { LinkChecker } from "linkinator";
import vnu from "vnu-jar";
import { COLOURS, FLAT, SITE, WCAG, brokenWords, browser, pages, serve } from "./support/site.mjs";

const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 900 };

const free = []; // tabs that look at no page now
let site, chromium, context;
before(async () => {
  // Scripts and styles are the same on all pages: the browser may keep them.
  site = await serve({ headers: { "cache-control": "max-age=3600" } });
  chromium = await browser();
  context = await chromium.newContext({ reducedMotion: "reduce", serviceWorkers: "block" });
  await context.addInitScript(axe.source);
});
after(async () => {
  await chromium?.close();
  site?.close();
});

// The list of all pages beside the text is the same everywhere: the pages that lead somewhere are
// looked at with it, the others without.
const LIST = [".sidebar-drawer"];
const leads = (page) => page.endsWith("index.html");

/** Return what axe finds on the page as it is shown now, a line each. */
async function barriers(tab, page, runOnly = WCAG) {
  const where = { include: [["html"]], ...(leads(page) ? {} : { exclude: [LIST] }) };
  const { violations } = await tab.evaluate(([where, only]) => axe.run(where, { runOnly: only, resultTypes: ["violations"] }), [where, runOnly]);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, target }) => `${id}: ${help}: ${target} ${html.slice(0, 160)}`),
  );
}

/** Return what scrolls sideways besides code and the tables that the keyboard can scroll. */
function sideways() {
  return [document.scrollingElement, ...document.body.querySelectorAll("*")]
    .filter((element) => element.scrollWidth > element.clientWidth)
    .filter((element) => element === document.scrollingElement || /auto|scroll/.test(getComputedStyle(element).overflowX))
    .filter((element) => !element.matches("pre, [tabindex='0']"))
    .map((element) => `${element.tagName} ${element.className}: ${element.scrollWidth} of ${element.clientWidth} pixels`);
}

/** Return the letters in pictures that are too small to be read, with their size. */
function tiny() {
  return [...document.querySelectorAll("article svg text")]
    .map((text) => [text, parseFloat(getComputedStyle(text).fontSize) * (text.getScreenCTM()?.a ?? 1)])
    .filter(([text, size]) => text.getBoundingClientRect().width && size < 9.95)
    .map(([{ textContent }, size]) => `${textContent}: ${size} pixels`);
}

describe("each page", { concurrency: 2 }, async () => {
  for (const page of await pages()) {
    describe(page, { concurrency: 1 }, () => {
      const asked = [];
      const errors = [];
      const note = (request) => asked.push(request.url());
      const fail = (error) => errors.push(error.message);
      let tab;
      before(async () => {
        tab = free.pop() ?? (await context.newPage());
        tab.on("request", note).on("pageerror", fail);
        await tab.setViewportSize(WIDE);
        await tab.emulateMedia({ colorScheme: "light" });
        await tab.goto(site.address + page, { waitUntil: "load" });
        await tab.addStyleTag(FLAT);
      });
      after(() => {
        tab.off("request", note).off("pageerror", fail);
        free.push(tab);
      });

      test("has no barrier of WCAG 2.2 AA", async () => {
        assert.deepEqual(await barriers(tab, page), []);
      });

      test("has none in the dark either", async () => {
        await tab.emulateMedia({ colorScheme: "dark" });
        // Only what depends on colours can change, and everything else takes most of the time.
        assert.deepEqual(await barriers(tab, page, COLOURS), []);
      });

      test("fits a phone without scrolling sideways, and its pictures and tables can be read", async () => {
        await tab.setViewportSize(NARROW);
        assert.deepEqual(await tab.evaluate(sideways), []);
        assert.deepEqual(await tab.evaluate(tiny), []);
        assert.deepEqual(await tab.evaluate(brokenWords, "table.docutils :is(td, th)"), []);
      });

      test("asks nobody but its own host for anything", () => {
        const own = [site.address, `blob:${site.address}`, "data:"];
        const outside = (url) => !own.some((start) => url.startsWith(start));
        assert.deepEqual(asked.filter(outside), []);
        assert.deepEqual(errors, []);
      });
    });
  }
});

for (const [screen, viewport] of [["a phone", NARROW], ["a small desk", { ...WIDE, width: 1100 }]]) test(`what scrolls sideways on ${screen} shows it, also in chosen colours`, async () => {
  for (const [forcedColors, shown] of [["none", /gradient/], ["active", /dotted/]]) {
    const context = await chromium.newContext({ viewport, forcedColors });
    const tab = await context.newPage();
    await tab.goto(`${site.address}reference/comparison.html`);
    // What an animation draws is there from the next frame on.
    await tab.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const regions = await tab.$$eval(".table-wrapper, .picture", (all) =>
      all.map((region) => {
        const { backgroundImage, borderRightStyle } = getComputedStyle(region);
        return [region.scrollWidth > region.clientWidth, `${backgroundImage} ${borderRightStyle}`];
      }),
    );
    assert.ok(regions.some(([scrolls]) => scrolls));
    for (const [scrolls, style] of regions) {
      if (scrolls) assert.match(style, shown);
      else assert.doesNotMatch(style, /dotted/);
    }
    await context.close();
  }
});

test("the head shows where a page belongs, also in chosen colours", async () => {
  const tab = await chromium.newPage({ forcedColors: "active" });
  await tab.goto(`${site.address}policymakers/register.html`);
  const marked = await tab.$$eval(".site-nav a", (all) => {
    const ground = getComputedStyle(document.body).backgroundColor;
    return all.filter((link) => getComputedStyle(link).borderBottomColor !== ground).map(({ textContent }) => textContent);
  });
  assert.deepEqual(marked, ["Policymakers"]);
  await tab.close();
});

test("the HTML of all pages follows the standard", async () => {
  const run = promisify(execFile);
  const command = ["-jar", String(vnu), "--errors-only", "--skip-non-html", "--format", "gnu", SITE];
  const { stderr } = await run("java", command, { maxBuffer: 2 ** 26 }).catch((ended) => ended);
  assert.deepEqual(stderr.split("\n").filter(Boolean), []);
});

test("the page for wrong addresses leads back, however deep they are", async () => {
  const tab = await context.newPage();
  await tab.goto(`${site.address}policymakers/nothing/here.html`);
  const links = await tab.$$eval("article a:not(.headerlink)", (all) => all.map(({ href }) => href));
  assert.ok(links.length > 3);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  await tab.close();
});

test("every link inside the site leads somewhere", async () => {
  const { links } = await new LinkChecker().check({
    path: (await pages()).map((page) => site.address + page),
    checkFragments: true,
    linksToSkip: async (url) => !url.startsWith(site.address),
  });
  const broken = links.filter(({ state }) => state === "BROKEN");
  assert.ok(links.length > 0);
  assert.deepEqual(broken.map(({ parent, url, status }) => `${parent}: ${url} (${status})`), []);
});
