// The table of countries sorts by each column, from the keyboard as well.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { browser, serve } from "./support/site.mjs";

describe("the table of countries", { concurrency: 1 }, () => {
  let site, chromium, tab;
  before(async () => {
    site = await serve();
    chromium = await browser();
    tab = await chromium.newPage();
    await tab.goto(`${site.address}policymakers/countries.html`, { waitUntil: "load" });
  });
  after(async () => {
    await chromium?.close();
    site?.close();
  });

  const head = (name) => tab.locator("table.sortable th", { hasText: name });
  const press = async (name) => {
    await head(name).getByRole("button").focus();
    await tab.keyboard.press("Enter");
  };
  const sizes = () => tab.locator("table.sortable tbody td:nth-child(4)").allInnerTexts();
  const credits = (texts) => texts.filter((text) => /^(< )?\d+$/.test(text));

  test("begins in the order of names", async () => {
    const names = await tab.locator("table.sortable tbody td:first-child").allInnerTexts();
    assert.deepEqual(names, names.toSorted((one, other) => one.localeCompare(other, "en")));
  });

  test("sorts numbers as numbers and leaves what is missing at the end", async () => {
    await press("To");
    const texts = await sizes();
    assert.deepEqual(credits(texts), ["9", "15", "< 15", "30", "30", "30", "40", "60"]);
    assert.equal(texts.at(-1), "–");
    assert.equal(await head("To").getAttribute("aria-sort"), "ascending");
  });

  test("turns the order round, with what is missing still at the end", async () => {
    await press("To");
    const texts = await sizes();
    assert.deepEqual(credits(texts), ["60", "40", "30", "30", "30", "15", "< 15", "9"]);
    assert.equal(texts.at(-1), "–");
    assert.equal(await head("To").getAttribute("aria-sort"), "descending");
  });

  test("is broken over the pages of a print, each with the names of the columns", async () => {
    await tab.emulateMedia({ media: "print" });
    const style = (where, name) => tab.locator(where).first().evaluate((element, asked) => getComputedStyle(element)[asked], name);
    assert.equal(await style("table.sortable", "breakInside"), "auto");
    assert.equal(await style(".table-wrapper", "overflowX"), "visible");
    // What a button holds isn't painted in the head that Chromium repeats on the next page.
    assert.equal(await style("table.sortable th button", "display"), "contents");
    await tab.emulateMedia({ media: null });
  });
});

describe("the table of all frameworks", { concurrency: 1 }, () => {
  let site, chromium, tab;
  before(async () => {
    site = await serve();
    chromium = await browser();
    tab = await chromium.newPage();
    await tab.goto(`${site.address}reference/comparison.html`, { waitUntil: "load" });
  });
  after(async () => {
    await chromium?.close();
    site?.close();
  });

  const rows = () => tab.locator("table.filterable tbody tr:visible").count();

  test("leaves only the rows that hold each word, whatever their case and accents", async () => {
    const all = await rows();
    const box = tab.getByLabel("Only rows with");
    await box.fill("ects UNIVERSIT");
    const left = await rows();
    assert.ok(left > 0 && left < all, `${left} of ${all}`);
    assert.equal(await tab.getByRole("status").first().innerText(), `${left} of ${all} rows`);
    await box.fill("no framework says this");
    assert.equal(await rows(), 0);
    await box.fill("");
    assert.equal(await rows(), all);
  });

  test("has the room of the contents that the page doesn't have", async () => {
    const { left, right } = await tab.locator("article").evaluate((article) => article.getBoundingClientRect().toJSON());
    assert.ok(right <= 1280 && right - left > 800, `${left} to ${right}`);
  });
});
