// What every page of the site keeps to, however it is read.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { promisify } from "node:util";
import axe from "axe-core";
import { LinkChecker } from "linkinator";
import vnu from "vnu-jar";
import { SITE, browser, pages, serve } from "./support/site.mjs";

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// The rules of WCAG that look at colours.
const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
const NARROW = { width: 320, height: 640 };
const WIDE = { width: 1280, height: 900 };

let site, chromium, context;
before(async () => {
  // Scripts and styles are the same on all pages: the browser may keep them.
  site = await serve({ headers: { "cache-control": "max-age=3600" } });
  chromium = await browser();
  context = await chromium.newContext({ reducedMotion: "reduce", viewport: WIDE, serviceWorkers: "block" });
});
after(async () => {
  await chromium?.close();
  site?.close();
});

// The list of all pages beside the text is the same everywhere: the pages that lead somewhere are
// looked at with it, the others without.
const LIST = [".sidebar-drawer"];
const leads = (page) => page.endsWith("index.html");

// Colours come from one sheet of styles: in the dark, a page of each folder and of the first level
// is looked at.
const folder = (page) => page.slice(0, page.lastIndexOf("/") + 1);
const first = (page, all) => !folder(page) || all.find((other) => folder(other) === folder(page) && !leads(other)) === page;

// Pages of profiles and of worksheets are written by one template each: every third is looked at.
const WRITTEN = /^(reference\/profiles|toolkit)\/(?!index)/;
const lookedAt = (page, position) => !WRITTEN.test(page) || position % 3 === 0;

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

describe("each page", { concurrency: 2 }, async () => {
  const all = await pages();
  for (const page of all.filter(lookedAt)) {
    describe(page, { concurrency: 1 }, () => {
      const asked = [];
      const errors = [];
      let tab;
      before(async () => {
        tab = await context.newPage();
        await tab.emulateMedia({ colorScheme: "light" });
        tab.on("request", (request) => asked.push(request.url()));
        tab.on("pageerror", (error) => errors.push(error.message));
        await tab.goto(site.address + page, { waitUntil: "load" });
        await tab.evaluate(axe.source);
      });
      after(() => tab?.close());

      test("has no barrier of WCAG 2.2 AA", async () => {
        assert.deepEqual(await barriers(tab, page), []);
      });

      test("has none in the dark either", { skip: leads(page) || first(page, all) ? false : "a page of its folder is looked at" }, async () => {
        await tab.emulateMedia({ colorScheme: "dark" });
        // Only what depends on colours can change, and everything else takes most of the time.
        assert.deepEqual(await barriers(tab, page, COLOURS), []);
      });

      test("fits a phone without scrolling sideways", async () => {
        await tab.setViewportSize(NARROW);
        assert.deepEqual(await tab.evaluate(sideways), []);
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

test("the HTML of all pages follows the standard", async () => {
  const run = promisify(execFile);
  const command = ["-jar", String(vnu), "--errors-only", "--skip-non-html", "--format", "gnu", SITE];
  const { stderr } = await run("java", command, { maxBuffer: 2 ** 26 }).catch((ended) => ended);
  assert.deepEqual(stderr.split("\n").filter(Boolean), []);
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
