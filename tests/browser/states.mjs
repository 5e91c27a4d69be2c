// Every state of the check page, in each browser: read by axe, on a small phone, by the keyboard
// alone, and by those who hear it.
import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { inEachBrowser } from "./support/desk.mjs";
import { brokenWords } from "./support/site.mjs";

const EXAMPLES = resolve(import.meta.dirname, "../../examples");
const DRAFT = join(EXAMPLES, "drafts/first-draft.yaml");
const COUNTER = join(EXAMPLES, "counter/ae03-mag-welding/draft.yaml");
const ASSESSMENTS = { readiness: "i1", "the ten principles": "i2", "a recognition dossier": "w13" };

inEachBrowser("the page", (desk) => {
  const unfold = () => desk.tab.$$eval("#check details", (all) => all.forEach((details) => (details.open = true)));
  const looked = async () => assert.deepEqual(await desk.barriers(), []);

  test("takes a file while the checker is loading", async () => {
    let go;
    desk.gates["pack.packed"] = new Promise((open) => (go = open));
    await desk.load("check.html", { ready: false });
    await desk.until(() => document.getElementById("check-status").textContent.endsWith("…"));
    await looked();
    const field = await desk.tab.$("#check-file");
    await field.uploadFile(DRAFT);
    await desk.until(() => document.getElementById("check-files").textContent.includes("first-draft.yaml"));
    await looked();
    assert.match(await desk.told(go), /^Checked\. \d+ must, \d+ should and \d+ advice rules are not met/);
    await desk.whenReady();
  });

  test("shows findings", async () => {
    assert.match(await desk.choose(COUNTER), /must/);
    await unfold();
    await looked();
  });

  test("has what the browser draws in the colours of the theme", async () => {
    for (const theme of ["light", "dark"]) {
      await desk.tab.evaluate((chosen) => (document.body.dataset.theme = chosen), theme);
      assert.equal(await desk.tab.$eval("#check-on", (field) => getComputedStyle(field).colorScheme), theme);
    }
  });

  test("breaks no word of an element on a phone, and cuts no status", async () => {
    await desk.tab.setViewport({ width: 320, height: 640 });
    assert.deepEqual(await desk.tab.evaluate(brokenWords, ".check-elements tbody th"), []);
    const hidden = await desk.tab.$eval(".check-elements .table-wrapper", ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    assert.ok(hidden < 16, `${hidden} pixels`);
  });

  test("shows that every rule is met", async () => {
    assert.match(await desk.told(() => desk.tab.select("#check-example", "ex03")), /met/);
    await unfold();
    await looked();
  });

  for (const [name, sheet] of Object.entries(ASSESSMENTS)) test(`shows ${name} as a picture, and in words`, async () => {
    await desk.choose(join(EXAMPLES, `worksheets/${sheet}-to-mend.yaml`));
    const alternative = await desk.tab.$eval("#check-result img", ({ alt, complete, naturalWidth }) => complete && naturalWidth > 0 && alt);
    assert.match(alternative, /\d/);
    await unfold();
    await looked();
  });

  test("shows several files, also one that can't be read", async () => {
    await desk.choose(DRAFT, COUNTER, join(EXAMPLES, "registers/two-ways.csv"));
    await looked();
  });

  test("says what went wrong", async () => {
    const said = await desk.told(() => desk.tab.evaluate(() => (location.hash = "example=nothing")));
    assert.equal(said, "There is no example “nothing”. Choose one from the list.");
    await looked();
  });

  test("is empty again when everything is cleared", async () => {
    assert.equal(await desk.told(() => desk.use("#check-clear")), "Nothing is open now.");
    assert.equal(await desk.tab.evaluate(() => document.activeElement.id), "check-file");
    await looked();
  });
});

inEachBrowser("a profile of one's own", (desk) => {
  const PROFILES = join(EXAMPLES, "profiles");
  const said = () => desk.text("#check-own-told");

  /** Choose the file of a profile, and return what the page says of it. */
  async function ruled(path, ended) {
    const field = await desk.tab.$("#check-own");
    await field.uploadFile(path);
    await desk.until((words) => document.getElementById("check-own-told").textContent.includes(words), ended);
    return said();
  }

  test("is chosen by the keyboard, behind the list of profiles", async () => {
    await desk.load();
    await desk.choose(DRAFT);
    await desk.use(".check-settings > summary", "Enter");
    const names = [];
    await desk.tab.focus("#check-kind");
    for (let at = 0; at < 12 && names.at(-1) !== "check-own"; at++) {
      await desk.tab.keyboard.press("Tab");
      names.push(await desk.tab.evaluate(() => document.activeElement.id));
    }
    assert.deepEqual([...new Set(names)], ["check-profile", "check-on", "check-own"]);
    assert.equal(await desk.tab.$eval("#check-own", ({ labels, attributes }) => `${labels[0].textContent}, ${document.getElementById(attributes["aria-describedby"].value).textContent}`), "Use a profile of your own, A file as Write a profile of your own describes it, or a filled worksheet P6. It stays in this browser.");
  });

  test("decides over the report", async () => {
    assert.match(await ruled(join(PROFILES, "xland.yaml"), "is used now"), /^“Xland: .*reviewer: none yet/);
    await desk.until(() => document.querySelector("#check-result .check-facts").textContent.includes("xx-2026"));
    assert.match(await desk.text("#check-chosen"), /xx-2026/);
    assert.deepEqual(await desk.barriers(), []);
  });

  test("is told with everything that is wrong with it, and the one before stays", async () => {
    const words = await ruled(DRAFT, "is not used");
    assert.match(words, /first-draft\.yaml, line \d+: “workload” is no field of a profile/);
    assert.match(words, /The profile has no “authority”/);
    assert.match(await desk.text("#check-chosen"), /xx-2026/);
    assert.deepEqual(await desk.barriers(), []);
    assert.deepEqual(desk.faults, []);
  });

  test("of a country is chosen by the link on its page", async () => {
    await desk.tab.goto(`${desk.site.address}reference/profiles/ie-he-2023.html`);
    await Promise.all([desk.tab.waitForNavigation(), desk.tab.$$eval("article a", (all) => all.find(({ href }) => href.includes("#profile=")).click())]);
    await desk.whenReady();
    await desk.choose(DRAFT);
    assert.match(await desk.text("#check-result .check-facts"), /ie-he-2023/);
    assert.equal(await desk.told(() => desk.tab.evaluate(() => (location.hash = "profile=nowhere"))), "There is no profile “nowhere”. Choose one from the list.");
  });
});

inEachBrowser("a wide picture on a phone", (desk) => {
  for (const theme of ["light", "dark"]) test(`lets the shadow through at the side that is cut, where it is ${theme}`, async () => {
    await desk.tab.setViewport({ width: 320, height: 640 });
    for (const page of ["toolkit/stacking.html", "practitioners/index.html"]) {
      await desk.tab.goto(desk.site.address + page);
      await desk.tab.evaluate((chosen) => (document.body.dataset.theme = chosen), theme);
      const picture = await desk.tab.$(".picture[tabindex]");
      // Where the first shape stands that reaches over the edge.
      const clip = await picture.evaluate((region) => {
        region.scrollIntoView({ block: "center", behavior: "instant" });
        const { right } = region.getBoundingClientRect();
        const across = [...region.querySelectorAll("rect")].map((shape) => shape.getBoundingClientRect()).find((box) => box.left < right - 8 && box.right > right);
        return { x: right - 4 + scrollX, y: across.top + across.height / 2 + scrollY, width: 4, height: 2 };
      });
      const shadowed = await desk.tab.screenshot({ clip });
      await picture.evaluate((region) => (region.style.background = getComputedStyle(region).getPropertyValue("--ground")));
      assert.notDeepEqual(shadowed, await desk.tab.screenshot({ clip }), page);
    }
  });
});

inEachBrowser("the keyboard alone", (desk) => {
  const press = async (key, ...more) => {
    for (const one of [key, ...more]) await desk.tab.keyboard.press(one);
  };
  const focused = () => desk.tab.evaluate(() => document.activeElement.id || document.activeElement.dataset.format || document.activeElement.textContent.trim());

  /** Press the tab key until something has the focus; return what had it on the way. */
  async function walk(to) {
    const passed = [];
    while (!to.test(passed.at(-1)) && passed.length < 80) {
      await press("Tab");
      passed.push(await focused());
    }
    assert.match(passed.at(-1), to, passed.join(" → "));
    return passed;
  }

  test("leads from the file to the finding and its line", async () => {
    await desk.load();
    await desk.tab.focus("#check-file");
    const way = await walk(/^check-text$/);
    await desk.told(() => desk.tab.keyboard.type("title: Welding in the rain\ncountries: [Atlantis]\n"));
    way.push(...(await walk(/^check-clear$/)));
    assert.deepEqual(way, ["check-text", "check-save-text", "check-example", "check-guide", "check-empty", "check-clear"]);
    await walk(/^check-go$/);
    await press("Enter");
    await desk.until(() => document.activeElement.matches("#check-result h2"));
    await walk(/^html$/);
    await walk(/^line 2/);
    await press("Enter");
    const chosen = await desk.tab.$eval("#check-text", (editor) => document.activeElement === editor && editor.value.slice(editor.selectionStart, editor.selectionEnd));
    assert.equal(chosen, "countries: [Atlantis]");
  });

  test("opens the form, and comes back to the text", async () => {
    await desk.tab.focus("#check-guide");
    await desk.told(() => press("Enter"));
    assert.match(await focused(), /^1\. About/);
    await desk.tab.focus("#check-guide");
    await press("Enter");
    assert.equal(await focused(), "check-guide");
    assert.match(await desk.tab.$eval("#check-text", ({ value }) => value), /title: Welding in the rain/);
  });

  test("hears a result once, however often it is checked", async () => {
    await desk.tab.evaluate(() => {
      window.heard = [];
      const status = document.getElementById("check-status");
      new MutationObserver(() => window.heard.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
    });
    const before = await desk.text("#check-status");
    await desk.tab.$eval("#check-text", (editor) => {
      editor.value += "\n# the same\n";
      editor.dispatchEvent(new Event("input", { bubbles: true }));
    });
    await desk.tab.focus("#check-go");
    await press("Enter");
    await desk.until(() => document.activeElement.matches("#check-result h2"));
    assert.deepEqual(await desk.tab.evaluate(() => window.heard), []);
    assert.equal(await desk.text("#check-status"), before);
    await desk.paste("title: Another one\n");
    assert.equal((await desk.tab.evaluate(() => window.heard)).filter(Boolean).length, 1);
  });
});
