// On a narrow screen, or a large letter, menu and contents are in drawers: a keyboard uses them, too.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { browser, serve } from "./support/site.mjs";

describe("the drawers of a narrow screen", { concurrency: 1 }, () => {
  let site, chromium, tab;
  before(async () => {
    site = await serve();
    chromium = await browser();
    // What a screen of 1280 pixels has at 200 %.
    tab = await chromium.newPage({ viewport: { width: 640, height: 450 }, reducedMotion: "reduce" });
    await tab.goto(`${site.address}policymakers/register.html`);
  });
  after(async () => {
    await chromium?.close();
    site?.close();
  });

  const focused = () => tab.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.name);
  const button = (name) => tab.getByRole("button", { name, exact: true });

  test("take no focus while they are closed", async () => {
    const passed = [];
    for (let stop = 0; stop < 20; stop++) {
      await tab.keyboard.press("Tab");
      passed.push(
        await tab.evaluate(() => {
          const { left, right } = document.activeElement.getBoundingClientRect();
          return [document.activeElement.outerHTML.slice(0, 80), right > 0 && left < innerWidth];
        }),
      );
    }
    assert.deepEqual(passed.filter(([, seen]) => !seen), []);
  });

  for (const [name, first] of [["Menu", "q"], ["On this page", "Three tables, not one"]]) {
    test(`open with “${name}”, lead to what is in them, and go with Escape`, async () => {
      await button(name).focus();
      await tab.keyboard.press("Enter");
      assert.equal(await button(name).getAttribute("aria-expanded"), "true");
      assert.equal(await focused(), first);
      await tab.keyboard.press("Escape");
      assert.equal(await button(name).getAttribute("aria-expanded"), "false");
      assert.equal(await tab.evaluate(() => document.activeElement.getAttribute("aria-label")), name);
    });
  }

  test("go when the focus does, and when a part of the page is chosen in them", async () => {
    await button("Menu").press(" ");
    await tab.keyboard.press("Shift+Tab");
    assert.equal(await button("Menu").getAttribute("aria-expanded"), "false");
    await button("On this page").click();
    await tab.locator(".toc-drawer").getByRole("link", { name: "Fields" }).click();
    assert.equal(await button("On this page").getAttribute("aria-expanded"), "false");
    assert.match(tab.url(), /#fields$/);
  });
});
