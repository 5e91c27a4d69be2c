// Files of every format, and files that want to do harm, on the check page of each browser.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { DAY, inEachBrowser, sameReport } from "./support/desk.mjs";

const ROOT = resolve(import.meta.dirname, "../..");
const BIN = join(ROOT, ".venv/bin");
const run = promisify(execFile);

// The one example that takes a package which the browser doesn't have, and says so.
const EXPANDED = "foreign/university-expanded-fr.jsonld";

let folder, formats, examples;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "microcred-files-"));
  await run(join(BIN, "python"), [join(import.meta.dirname, "support/files.py"), folder]);
  formats = (await readdir(join(folder, "formats"))).map((name) => join(folder, "formats", name));
  examples = (await readdir(join(ROOT, "examples"), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/^(expected|index)\b/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith(EXPANDED));
});
after(() => rm(folder, { recursive: true }));

/** Return what the command line reports of these files. */
async function reported(files) {
  const command = ["check", ...files, "--on", DAY, "--format", "json"];
  // A must rule that is not met ends the command with a status of its own, and no fault.
  const { stdout } = await run(join(BIN, "microcred"), command, { maxBuffer: 2 ** 28 }).catch((ended) => ended);
  return JSON.parse(stdout);
}

const FORMATS = ["elm", "json", "openbadge", "worksheet-csv", "worksheet-docx", "worksheet-ods", "worksheet-odt", "worksheet-xlsx", "yaml"];

const HOSTILE = {
  "markup.json": null,
  "direction.yaml": null,
  "types.json": null,
  "bomb.xlsx": "unpacks to more than 40 MiB",
  "bomb.ods": "unpacks to more than 40 MiB",
  "bomb.yaml": "more than 100,000 values",
  "entities.docx": "declares a document type",
  "large.yaml": "larger than",
  "deep.json": "More than 50 levels",
  "photo.png": "no badge is baked into it",
  "paper.pdf": "This is a PDF",
  "empty.docx": "The file is empty",
  "cut.xlsx": "damaged",
  "bytes.yaml": "isn’t text in UTF-8",
};

inEachBrowser("files", (desk) => {
  test("of every format, and every example, give the report of the command line", async () => {
    const files = [...formats, ...examples];
    assert.ok(files.length > 150);
    await desk.load();
    assert.match(await desk.choose(...files), /^Checked\. \d+ files; \d+ could not be read; must rules are not met in \d+\.$/);
    const there = await reported(files);
    sameReport(JSON.parse((await desk.saved("[data-format=json]")).content), there);
    const read = new Set(there.documents.map(({ format }) => format).filter(Boolean));
    assert.deepEqual([...read].sort(), FORMATS);
  });

  test("are dropped onto the page", async () => {
    await desk.drop(...formats);
    sameReport(JSON.parse((await desk.saved("[data-format=json]")).content), await reported(formats));
  });

  test("that need the command line say so", async () => {
    assert.match(await desk.drop(join(ROOT, "examples", EXPANDED)), /needs the package PyLD, which is not installed\.$/);
    assert.match(await desk.text("#check-result"), /Check it on the command line/);
  });

  for (const [name, words] of Object.entries(HOSTILE)) {
    test(`such as ${name} are told in words and do nothing`, async () => {
      const said = await desk.drop(join(folder, "hostile", name));
      const shown = await desk.text("#check-result");
      if (words) {
        assert.match(said, /^The file could not be read\. /);
        assert.ok(said.includes(words), said);
      } else {
        assert.match(said, /rules are met/);
      }
      assert.equal(await desk.tab.evaluate(() => window.struck), undefined);
      assert.deepEqual(await desk.tab.$$eval("#check-result :is(img, script, iframe, object)", (all) => all.length), 0);
      assert.doesNotMatch(shown, /Traceback|Error\b|undefined|\[object/);
    });
  }

  test("are asked whether they add up to a programme", async () => {
    const stack = join(ROOT, "examples/stacks/network-security");
    const files = ["programme.yaml", "devices.yaml", "watch.yaml"].map((name) => join(stack, name));
    await desk.choose(...files, join(ROOT, "examples/worked/ex11-web-server/offer.yaml"));
    await desk.use(".check-stacking > summary");
    await desk.use("[data-stack]");
    assert.equal(await desk.text(".check-stacking [role=status]"), "Choose the file of the programme first.");
    await desk.tab.select("#check-into", await desk.tab.$eval("#check-into option:last-child", ({ value }) => value));
    await desk.use("[data-stack]");
    await desk.until(() => document.querySelector(".check-stacking [role=status]").textContent.endsWith("open “Do these files add up to a programme?” and choose it there."));
    const programme = await desk.tab.$$eval("#check-into option", (all) => all.find(({ textContent }) => textContent === "programme.yaml").value);
    await desk.tab.select("#check-into", programme);
    await desk.use("[data-stack]");
    await desk.until(() => document.activeElement.matches(".check-stack h3"));
    assert.equal(await desk.text(".check-stack h3"), "Stack into: Module Network security (higher vocational training)");
    assert.equal(await desk.text(".check-stacking [role=status]"), "0 rules are not met; 0 questions need a person; 15 rules are met; 3 did not apply.");
    assert.match(await desk.tab.$eval(".check-stack img", ({ alt, naturalWidth }) => naturalWidth > 0 && alt), /Together 6 to 6\.4 ECTS/);
    assert.deepEqual(await desk.barriers(), []);
    assert.match(String((await desk.saved("[data-stack-format=plan]")).content), /Module Network security/);
  });

  test("leave the page working, sixty at once", async () => {
    const draft = await readFile(join(ROOT, "examples/drafts/first-draft.yaml"), "utf8");
    const many = join(folder, desk.name);
    const paths = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const path = `${many}-${index}.yaml`;
        await writeFile(path, draft.replace("Bookkeeping for small farms", `Draft ${index}`));
        return path;
      }),
    );
    assert.equal(await desk.choose(...paths), "Checked. 60 files; must rules are not met in 60.");
    // A list of sixty would push the report out of sight.
    assert.equal(await desk.tab.$eval("#check-opened", ({ open, innerText }) => `${open} ${innerText.trim()}`), "false 60 files are open");
    assert.equal(await desk.tab.$$eval("#check-result .check-document", (all) => all.length), 60);
    await desk.use('#check-result a[href="#check-document-60"]', "Enter");
    assert.equal(await desk.tab.$eval("#check-document-60", ({ open }) => open), true);
    assert.equal(await desk.text("#check-document-60 h3"), "Draft 59");
    assert.deepEqual(desk.faults, []);
  });
});
