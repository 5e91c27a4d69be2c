// The guided form, in each browser: what is typed there is saved, and is there again.
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { inEachBrowser } from "./support/desk.mjs";

const EXAMPLES = resolve(import.meta.dirname, "../../examples");
const OFFER = join(EXAMPLES, "worked/ex03-causal-inference/offer.yaml");
const LEARNER = "Ζωή \"Zoé\" O’Néill & <b>daughters</b>";

inEachBrowser("the form", (desk) => {
  /** Press the button that opens or closes the form, and wait for what follows. */
  const press = () => desk.told(() => desk.use("#check-guide"));
  const field = (label) => `#check-questions [data-label="${label}"]`;

  /** Return the first field with this label, after every part of the form is unfolded. */
  async function at(label, of = "input, textarea, select") {
    await desk.tab.$$eval("#check-questions details", (all) => all.forEach((details) => (details.open = true)));
    const [found] = await desk.tab.$$(`${field(label)} :is(${of})`);
    assert.ok(found, label);
    return found;
  }

  async function type(label, words) {
    const box = await at(label);
    await desk.told(async () => {
      await box.evaluate((element) => element.focus());
      await desk.tab.keyboard.type(words);
    });
  }

  const value = async (label) => (await at(label)).evaluate((element) => element.value);
  const texts = (label) =>
    desk.tab.$eval(field(label), (place) => Object.fromEntries([...place.querySelectorAll("textarea")].map(({ lang, value: text }) => [lang, text])));

  test("is filled in by the keyboard, and keeps nothing by itself", async () => {
    await desk.load();
    await press();
    assert.equal(await desk.tab.evaluate(() => document.activeElement.matches("#check-questions summary")), true);
    assert.equal(await desk.wouldAsk(), false);
    await type("Title", "Welding in the rain: NO 007");
    assert.equal(await desk.wouldAsk(), true);
    assert.equal(await desk.text("#check-result h3"), "Welding in the rain: NO 007");
    await type("Countries", "Atlantis");
    await desk.until(() => document.querySelector('[data-label="Countries"] .check-told-here')?.textContent.includes("Atlantis"));
    assert.deepEqual(await desk.tab.evaluate(() => Object.keys(sessionStorage)), []);
  });

  test("tells findings by the names of questions, and the text by lines and fields", async () => {
    const told = (rule) => desk.text(`#check-result [data-rule="${rule}"]`);
    assert.match(await told("DOC-2"), /which language it is\. Language.*Add the language by its code: “Language: en”/);
    assert.match(await told("M4-1"), /Name the body under “Bodies”, with “Roles: awarding”/);
    await press();
    assert.match(await told("DOC-2"), /whole document \(language\)Fix: Add the language by its code: language: en/);
    assert.match(await told("M4-1"), /Name the body under bodies, with roles: \[awarding\]/);
    await press();
  });

  test("takes the last letter along to the text", async () => {
    const box = await at("Target group");
    await box.evaluate((element) => element.focus());
    await desk.tab.keyboard.type("Riggers");
    await press(); // at once, and so before any check knows of it
    assert.match(await desk.tab.$eval("#check-text", ({ value: text }) => text), /^audience: Riggers$/m);
    await press();
    assert.equal(await value("Target group"), "Riggers");
  });

  test("takes a text in another language", async () => {
    await desk.use(`${field("Title")} .check-quiet`);
    await desk.tab.select(`${field("Title")} .check-more-languages select`, "ar");
    assert.equal(await desk.tab.evaluate(() => document.activeElement.lang), "ar");
    await desk.told(() => desk.tab.keyboard.type("اللحام تحت المطر"));
    assert.deepEqual(await texts("Title"), { en: "Welding in the rain: NO 007", ar: "اللحام تحت المطر" });
    // Two parts have every kind of question; all of them together take most of a minute.
    await desk.tab.$$eval("#check-questions details.check-part", (all) => all.forEach((details) => (details.open = /About|Bodies/.test(details.dataset.section))));
    assert.deepEqual(await desk.barriers(), []);
  });

  test("takes days as people write them, and from the calendar", async () => {
    await type("Last review", "1 September 2026");
    await desk.told(async () =>
      (await at("Next review", "input[type=date]")).evaluate((calendar) => {
        calendar.value = "2027-09-01";
        calendar.dispatchEvent(new Event("change", { bubbles: true }));
      }),
    );
    assert.equal(await value("Next review"), "2027-09-01");
  });

  for (const form of ["yaml", "xlsx"]) {
    test(`is saved as ${form.toUpperCase()}, and every answer is there again`, async () => {
      const { name, path } = await desk.saved(`[data-save=${form}]`);
      assert.equal(name, `offer.${form}`);
      await desk.until((words) => document.getElementById("check-saved").textContent.startsWith(words), `Saved as ${name}.`);
      assert.equal(await desk.wouldAsk(), false);
      await desk.choose(path);
      await press();
      assert.deepEqual(await texts("Title"), { en: "Welding in the rain: NO 007", ar: "اللحام تحت المطر" });
      assert.equal(await value("Countries"), "Atlantis");
      assert.equal(await value("Last review"), "1 September 2026");
      assert.equal(await value("Next review"), "2027-09-01");
    });
  }

  test("makes an award of an offer", async () => {
    await desk.choose(OFFER);
    await press();
    await desk.told(() => desk.tab.select("#check-form-kind", "award"));
    await type("Full name", LEARNER);
    await type("Date of issuing", "12.6.2026");
    assert.match(await desk.text("#check-result"), /award\.yaml was read as: award/);
    assert.deepEqual(await desk.tab.$$eval('#check-result [data-group="must"]', (all) => all.map(({ textContent }) => textContent)), []);
    const { name, content, path } = await desk.saved("[data-save=yaml]");
    assert.equal(name, "award.yaml");
    assert.match(String(content), /^kind: award$[^]*^offer:\n {2}id: https:\/\/zeta\.example\/mc\/causal-inference$/m);
    await desk.saved("[data-save=xlsx]");
    await desk.until(() => document.getElementById("check-saved").textContent.includes("It has no place for:"));
    await desk.choose(path);
    await press();
    assert.equal(await value("Full name"), LEARNER);
  });

  test("shows every finding at its question when the check is asked for", async () => {
    await desk.told(() => desk.use("#check-go"));
    assert.equal(await desk.tab.evaluate(() => document.activeElement.matches("#check-result h2")), true);
    const there = await desk.tab.$$eval("#check-result [data-group] li", (all) => all.length);
    assert.equal(await desk.tab.$$eval("#check-questions .check-told-here", (all) => all.length), there);
  });

  test("asks before what was written goes", async () => {
    desk.asked.length = 0;
    await type("Grade", "pass");
    desk.replies.answer = false;
    await desk.use("#check-clear");
    assert.deepEqual(desk.asked, ["What you wrote here is not saved and will be lost. Go on?"]);
    assert.equal(await value("Grade"), "pass");
    desk.replies.answer = true;
    await desk.told(() => desk.use("#check-clear"));
    assert.equal(await desk.wouldAsk(), false);
  });

  test("keeps the answers in the tab if it is asked to, until it is cleared", async () => {
    await press();
    await desk.use("#check-keep");
    await type("Title", "Kept in the tab");
    await desk.load();
    await desk.until(() => !document.getElementById("check-guided").hidden);
    await desk.until(() => document.querySelector("#check-result h3")?.textContent === "Kept in the tab");
    assert.equal(await value("Title"), "Kept in the tab");
    assert.equal(await desk.wouldAsk(), true);
    await desk.told(() => desk.use("#check-clear"));
    assert.deepEqual(await desk.tab.evaluate(() => [sessionStorage.length, localStorage.getItem("microcred-form")]), [0, null]);
    assert.deepEqual(desk.faults, []);
  });
});
