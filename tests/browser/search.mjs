// The page for searching says what to do before, and what there is after somebody has searched.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { browser, serve } from "./support/site.mjs";

describe("the page for searching", { concurrency: 1 }, () => {
  let site, chromium, tab;
  before(async () => {
    site = await serve();
    chromium = await browser();
    tab = await chromium.newPage({ viewport: { width: 320, height: 640 } });
  });
  after(async () => {
    await chromium?.close();
    site?.close();
  });

  const results = () => tab.locator("#search-results");
  async function search(words) {
    await tab.locator("article input").fill(words);
    await tab.keyboard.press("Enter");
    await results().getByText(/found\.$|^No page/).waitFor();
  }

  test("has a title and a box when nothing is searched for", async () => {
    await tab.goto(`${site.address}search.html`);
    assert.equal(await tab.locator("h1").innerText(), "Search");
    assert.equal(await results().innerText(), "");
  });

  test("shows of each page what it says, and not where it stands", async () => {
    await search("notional workload");
    assert.match(await results().innerText(), /^What was found\s+\d+ pages were found\./);
    await results().locator(".context").first().waitFor();
    const shown = await results().locator(".context").allInnerTexts();
    assert.deepEqual(shown.filter((text) => /Home|For:/.test(text)), []);
  });

  test("says what to do when no page has the words", async () => {
    await search("qqxxqq");
    assert.match(await results().innerText(), /No page has all of these words\. Look at how/);
  });
});
