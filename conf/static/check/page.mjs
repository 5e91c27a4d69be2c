// The check page: hands drafts to the checker in the worker, and draws what it finds. What stands
// in a draft reaches the page as text only, never as markup.
import { carried, carry } from "./carried.mjs";
import { beginWriting, bytesOf, edited, goTo, inEditor, named, note, opened, replace } from "./documents.mjs";
import { element, save } from "./drawing.mjs";
import { guide } from "./guide.mjs";
import { aim, inflated, words } from "./links.mjs";
import { keep } from "./offline.mjs";
import { part } from "./parts.mjs";
import { draw, summary } from "./report.mjs";
import { hosted, ownProfile, ruled, ruledBy, settings } from "./settings.mjs";
import { desk } from "./start.mjs";
import { fault, say } from "./status.mjs";
import { isUnsaved, mayGo, settled } from "./unsaved.mjs";

const PAUSE = 250; // milliseconds without a key until a changed text is checked

let followed = null; // what the address named when it was followed last
let asked = 0;
let changes = 0; // of what is open, by those who write in it
let form = null; // the guided form

function start() {
  const panel = part("form");
  part("off").hidden = true;
  panel.hidden = false;
  const now = new Date();
  part("on").value = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((number) => String(number).padStart(2, "0"))
    .join("-");
  progress({ words: "Starting. You can already choose a file or write a text", part: 0.05 });
  desk.listen(progress);
  // Keeping the page asks for its files again, and nothing is to be asked for once it is ready.
  const kept = desk.fetched().then(() => keep({ kept: tellKept, newer: tellNewer }));
  Promise.all([desk.ready(), kept]).then(
    () => progress(null),
    (error) => {
      fault(`The checker could not be started (${error.message}). Load the page again, or use the command line.`);
      progress(null);
    },
  );
  form = guide(desk, { outdated, changes: () => changes, check: (options) => check(desk, options) });
  listen(panel, desk);
  settings();
  begin(desk);
  addEventListener("hashchange", () => follow(desk));
  // Paper can't be unfolded.
  addEventListener("beforeprint", () => {
    for (const details of part("result").querySelectorAll("details:not([open], .check-downloads)")) {
      details.open = true;
      addEventListener("afterprint", () => (details.open = false), { once: true });
    }
  });
}

function listen(panel, desk) {
  let waiting;
  panel.addEventListener("submit", (event) => {
    event.preventDefault();
    // A check that waits for a pause in typing would take the place of the one that is asked for.
    clearTimeout(waiting);
    if (form.isOpen()) form.check({ moving: true });
    else check(desk, { moving: true });
  });
  part("file").addEventListener("change", async ({ target }) => {
    await take(desk, target.files);
    target.value = "";
  });
  const drop = part("drop");
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    panel.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("check-over", over);
    });
  }
  panel.addEventListener("drop", (event) => take(desk, event.dataTransfer.files));
  part("text").addEventListener("input", () => {
    edited();
    outdated();
    clearTimeout(waiting);
    waiting = setTimeout(() => check(desk), PAUSE);
  });
  part("example").addEventListener("change", ({ target }) => {
    if (target.value && mayGo()) example(desk, target.value);
    else target.value = "";
  });
  part("empty").addEventListener("click", async () => {
    if (!mayGo()) return;
    form.close();
    const kind = part("kind").value || "offer";
    replace([named(`${kind}.yaml`, await desk.template(kind))]);
    check(desk);
    beginWriting();
  });
  part("guide").addEventListener("click", async () => {
    if (form.isOpen()) {
      if (await form.leave()) check(desk); // places and fields have other names in the text
      return;
    }
    const draft = inEditor() ?? opened()[0];
    // The form goes on with one text, and what was written in another would be gone.
    if (opened().some((other) => other !== draft && other.unsaved) && !mayGo()) return;
    form.open({ draft, kind: part("kind").value });
  });
  part("save-text").addEventListener("click", () => {
    const document = inEditor();
    save(document.name, "text/plain", document.bytes);
    note(document, false);
  });
  part("clear").addEventListener("click", () => {
    if (!mayGo()) return;
    form.close();
    form.forget();
    replace([]);
    asked++;
    part("result").hidden = true;
    say("Nothing is open now.");
    part("file").focus();
  });
  part("own").addEventListener("change", async ({ target }) => {
    const [file] = target.files;
    if (file && (await ruled(desk, file))) check(desk);
    target.value = ""; // so that the same file can be chosen again once it is mended
  });
  for (const name of ["kind", "profile", "on"]) {
    part(name).addEventListener("change", () => {
      settings();
      check(desk);
    });
  }
}

// -- Without a connection, and newer versions ---------------------------------------------------

function tellKept() {
  part("kept").textContent = "This page is kept in your browser and works without a connection; only the examples need one.";
}

/** Offer the newer version; `take` loads the page again, with what is open. */
function tellNewer(take) {
  const button = element("button", { type: "button" }, "Use the newer version");
  button.addEventListener("click", () => {
    const state = { documents: opened(), own: ownProfile(), chosen: settings(), filled: form.filled(), kept: part("keep").checked, unsaved: isUnsaved() };
    if (!carry(state)) {
      fault("What is open is too large to be carried over. Save it first, then load the page again.");
      return;
    }
    settled();
    take();
  });
  part("newer").replaceChildren(element("p", {}, "A newer version of this page is here. What you have open stays open. ", button));
}

// -- Documents ---------------------------------------------------------------------------------

/** Open what was kept in this tab, or what the address names, once the host's settings are known. */
async function begin(desk) {
  await hosted(desk);
  const back = carried();
  if (back) await reopen(desk, back);
  else if (!(await form.resume())) return follow(desk);
  followed = aim();
}

/** Open again what was open before the page was loaded anew. */
async function reopen(desk, { documents, own: rules, chosen, filled, kept, unsaved }) {
  if (rules) await ruled(desk, new File([rules.bytes], rules.name));
  for (const [name, value] of Object.entries(chosen)) part(name).value = value;
  settings();
  replace(documents.map(({ name, content }) => named(name, content)));
  part("keep").checked = kept;
  if (unsaved) for (const document of opened()) note(document, true);
  if (filled) await form.open({ kept: filled });
  else await check(desk);
}

/** Open the files that a person chose, in the place of those that were open. */
async function take(desk, files) {
  if (!files.length || !mayGo()) return;
  const read = async (file) => named(file.name, await bytesOf(file));
  let documents;
  try {
    documents = await Promise.all([...files].map(read));
  } catch {
    fault("A file could not be read. If it is a folder, choose the files in it; else copy the file and try again.");
    return;
  }
  form.close();
  replace(documents);
  check(desk);
}

/** Return a report with its findings as they are told where the form is open. */
function worded({ documents, ...rest }) {
  const told = (entry) => ({ ...entry, findings: entry.findings.map(form.worded) });
  const each = ({ groups, ...found }) => ({ ...found, ...(groups && { groups: groups.map((group) => ({ ...group, entries: group.entries.map(told) })) }) });
  return { ...rest, documents: documents.map(each) };
}

/** Return the findings of a report in one row, for the form. */
function flat({ documents: [{ groups = [] }] }) {
  return groups.flatMap(({ key, entries }) => entries.flatMap(({ rule, url, findings }) => findings.map((finding) => ({ ...finding, key, rule, url }))));
}

// -- Links that open something -----------------------------------------------------------------

/** Open what the address names. */
async function follow(desk) {
  const wanted = aim();
  const given = words();
  const opens = !given.has("profile") || given.has("draft"); // a profile alone leaves open what is open
  // Links to the parts of a report change the address as well, and so does going back from there.
  if (!wanted || wanted === followed || (opens && !mayGo())) return;
  followed = wanted;
  if (!opens) {
    if (ruledBy(given.get("profile"))) check(desk);
  } else if (given.has("draft")) {
    let content;
    try {
      content = await inflated(given.get("draft"));
    } catch {
      fault("The link holds no draft that can be opened. Copy the draft itself, and paste it here.");
      return;
    }
    for (const name of ["profile", "on"]) {
      if (given.has(name)) part(name).value = given.get(name);
    }
    settings();
    form.close();
    replace([named(given.get("name") ?? "example.yaml", content)]);
    check(desk);
  } else {
    await example(desk, wanted.toLowerCase());
  }
}

async function example(desk, key) {
  const option = [...part("example").options].find(({ value }) => value === key);
  if (!option) {
    fault(`There is no example “${key}”. Choose one from the list.`);
    return;
  }
  const response = await fetch(option.dataset.file).catch(() => null);
  if (!response?.ok) {
    part("example").value = ""; // what is chosen already can't be chosen again
    fault("The example could not be fetched. Look at your connection, and choose it again.");
    return;
  }
  form.close();
  replace([named(option.dataset.file.split("/").pop(), new Uint8Array(await response.arrayBuffer()))]);
  part("example").value = key;
  check(desk);
}

// -- Checks ------------------------------------------------------------------------------------

/** Note that what is told of the draft is out of date. */
function outdated() {
  changes++;
  part("result").setAttribute("aria-busy", "true");
}

/**
 * Check what is open, and draw the report. It is out of date no more if nothing was written `since`
 * as many changes as these.
 */
async function check(desk, { moving = false, since = changes } = {}) {
  part("result").setAttribute("aria-busy", "true");
  const turn = ++asked;
  await tell(desk, turn, moving);
  if (turn === asked && since === changes) part("result").removeAttribute("aria-busy");
}

/** Let the checker answer and draw its report; only the answer to the last question counts. */
async function tell(desk, turn, moving) {
  const documents = opened();
  if (!documents.length) {
    if (moving) fault("There is nothing to check yet. Choose a file, or paste a text.");
    return;
  }
  const put = documents.filter(({ fresh }) => fresh).map(({ key, name, bytes }) => ({ key, name, bytes }));
  for (const document of documents) document.fresh = false;
  let report;
  try {
    report = worded(await desk.check({ put, keys: documents.map(({ key }) => key), settings: { ...settings(), form: form.filled()?.kind ?? "" } }));
  } catch (error) {
    for (const document of documents) document.fresh = true;
    if (turn === asked) fault(error.message);
    return;
  }
  if (turn !== asked) return;
  // A learner record gives several reports about one file.
  const about = report.files.map((index) => documents[index]);
  draw(part("result"), report, { desk, jump: (index, finding) => jump(about[index], finding), documents: about });
  form.show(flat(report), { all: moving });
  say(summary(report));
  if (moving) part("result").querySelector("h2").focus();
}

/** Lead to the field of the form, or show a document's text and select one of its lines. */
function jump(document, { pointer, line }) {
  if (!form.go(pointer)) goTo(document, line);
}

/** Show how far the checker is on its way, until it is ready. */
function progress(state) {
  part("progress").hidden = !state;
  const calm = !part("status").classList.contains("check-fault");
  if (state) {
    part("progress").value = state.part;
    if (calm) say(`${state.words} …`);
  } else if (!opened().length && part("status").textContent.endsWith("…")) {
    // With something open, what is said next is what was found in it.
    say("Ready. From here on, nothing leaves this page.");
  }
}

if (desk) start();
