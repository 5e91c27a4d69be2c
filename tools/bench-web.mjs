// Measure the check page of the built site: node tools/bench-web.mjs DRAFT
import { readFile } from "node:fs/promises";
import { browser, serve } from "../tests/browser/support/site.mjs";

const [draft] = process.argv.slice(2);
const text = await readFile(draft, "utf8");
const ROUNDS = 5;

const middle = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
const aim = (value, most, unit) => `${value.toFixed(unit === "ms" ? 0 : 2)} ${unit} (aim: at most ${most} ${unit})`;

/** Return the seconds from asking for the page until its checker is ready. */
async function opened(tab) {
  const start = performance.now();
  await tab.goto(`${site.address}check.html`, { waitUntil: "commit" });
  await tab.waitForFunction(() => document.getElementById("check-progress")?.hidden, null, { timeout: 120_000, polling: 10 });
  return (performance.now() - start) / 1000;
}

let bytes = 0;
const site = await serve({
  headers: { "cache-control": "max-age=600" },
  alter: (file, content) => {
    bytes += content.length;
    return content;
  },
});
const chromium = await browser();
const [cold, warm] = [[], []];
let tab;
let sent;
for (let round = 0; round < ROUNDS; round++) {
  const context = await chromium.newContext();
  bytes = 0;
  tab = await context.newPage();
  cold.push(await opened(tab));
  sent = bytes;
  warm.push(await opened(tab));
  if (round < ROUNDS - 1) await context.close();
}

// From a changed text until its report is drawn, without the pause for typing.
const again = await tab.evaluate(async ([content, rounds]) => {
  const editor = document.getElementById("check-text");
  const result = document.getElementById("check-result");
  const times = [];
  for (let round = 0; round <= rounds; round++) {
    editor.value = `${content}\n# ${round}\n`;
    editor.dispatchEvent(new Event("input"));
    const start = performance.now();
    const drawn = new Promise((seen) => new MutationObserver((_, watch) => (watch.disconnect(), seen())).observe(result, { childList: true }));
    document.getElementById("check-form").requestSubmit();
    await drawn;
    times.push(performance.now() - start);
    await new Promise((later) => setTimeout(later, 600));
  }
  return times.slice(1);
}, [text, 3 * ROUNDS]);

console.log(`Ready, first visit:  ${aim(middle(cold), 2.5, "s")}`);
console.log(`Ready, later visit:  ${aim(middle(warm), 1, "s")}`);
console.log(`A changed draft:     ${aim(middle(again), 60, "ms")}`);
console.log(`Sent to the browser: ${aim(sent / 2 ** 20, 8, "MiB")}, page and styles included`);
await chromium.close();
site.close();
