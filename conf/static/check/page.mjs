// The check page: hands drafts to the checker in the worker, and draws what it finds. What stands
// in a draft reaches the page as text only, never as markup.
import { carried, carry } from "./carried.mjs";
import { element, prose, save } from "./drawing.mjs";
import { guide } from "./guide.mjs";
import { keep } from "./offline.mjs";
import { draw, summary } from "./report.mjs";
import { desk } from "./start.mjs";
import { isUnsaved, mayGo, settled, written } from "./unsaved.mjs";

const PAUSE = 250; // milliseconds without a key until a changed text is checked
const MANY = 8; // files: a longer list is folded, so that what stands below it stays in view
const AS_TEXT = 2 ** 20; // bytes: larger texts are checked, but not shown

const tool = document.getElementById("check");
const part = (name) => document.getElementById(`check-${name}`);

/** The documents that are open: key, name, bytes, and the text where there is one to edit. */
let open = [];
let shown = null; // the one whose text stands in the editor
let followed = null; // what the address named when it was followed last
let keys = 0;
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
  form = guide(desk, part, { named, replace, write, fault, outdated, changes: () => changes, check: (options) => check(desk, options) });
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
    const draft = shown ?? open[0];
    // The form goes on with one text, and what was written in another would be gone.
    if (open.some((other) => other !== draft && other.unsaved) && !mayGo()) return;
    form.open({ draft, kind: part("kind").value });
  });
  part("save-text").addEventListener("click", () => {
    save(shown.name, "text/plain", shown.bytes);
    note(shown, false);
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
    if (file) await ruled(desk, file);
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
    const state = { documents: open, own, chosen: settings(), filled: form.filled(), kept: part("keep").checked, unsaved: isUnsaved() };
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
  if (unsaved) for (const document of open) note(document, true);
  if (filled) await form.open({ kept: filled });
  else await check(desk);
}

// -- A profile of one's own -------------------------------------------------------------------

let own = null; // the file of the profile that a person has chosen: its name and bytes

/** Take the profile in a file that a person chose, or tell everything that is wrong with it. */
async function ruled(desk, file) {
  const told = part("own-told");
  told.replaceChildren("Reading the profile …");
  try {
    const given = { name: file.name, bytes: await bytesOf(file) };
    const [title, known] = await taken(desk, given);
    own = given;
    told.replaceChildren(element("p", {}, `“${title}” is used now.`), listed(known));
  } catch (error) {
    const { faults = [error.message] } = error;
    told.replaceChildren(element("p", {}, element("bdi", {}, file.name), " is not used, and the profile stays as it was:"), listed(faults));
    return;
  }
  settings();
  check(desk);
}

/** Let the checker take a profile, and choose it; return its title and what has to be known of it. */
async function taken(desk, { name, bytes }) {
  const { faults, id, title, told } = await desk.profile(name, bytes);
  if (faults) throw Object.assign(new Error(faults[0]), { faults });
  const select = part("profile");
  select.querySelector("[data-own]")?.remove(); // the checker holds one at a time
  select.append(element("option", { value: id, "data-own": true }, `${id}: ${title}`));
  select.value = id;
  return [title, told];
}

const listed = (sentences) => element("ul", {}, ...sentences.map((words) => element("li", { dir: "auto" }, ...prose(words))));

/** Take over what the host of this copy has set: a profile of the list, or a file of its own. */
async function hosted(desk) {
  const { profile } = await fetch("check-settings.json").then((response) => response.json()).catch(() => ({}));
  const select = part("profile");
  if (!profile) return;
  if (![...select.options].some(({ value }) => value === profile)) {
    try {
      const response = await fetch(profile);
      if (!response.ok) throw new Error(`it is not there (${response.status}).`);
      await taken(desk, { name: profile.split("/").pop(), bytes: new Uint8Array(await response.arrayBuffer()) });
    } catch (error) {
      fault(`The profile “${profile}” that this site is set to can't be used: ${error.message}`);
    }
  } else {
    select.value = profile;
  }
  settings();
}

const encode = (text) => new TextEncoder().encode(text);

/** Return a document of a text or of bytes; what is no text, or too long for an editor, has none. */
function named(name, content) {
  const bytes = typeof content === "string" ? encode(content) : content;
  let text = null;
  if (bytes.length <= AS_TEXT && !bytes.includes(0)) {
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      // The checker says what is wrong with the bytes.
    }
  }
  return { key: String(++keys), name, bytes, text, fresh: true };
}

/** Return as much of a file as is read at all. */
async function bytesOf(file) {
  return new Uint8Array(await file.slice(0, Number(tool.dataset.most)).arrayBuffer());
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

/** Open documents in the place of those that were open, and of what was written in them. */
function replace(documents) {
  settled();
  open = documents;
  show(open.find(({ text }) => text !== null) ?? null);
  part("example").value = "";
  list();
}

/** Put a document's text into the editor. */
function show(document) {
  shown = document;
  part("text").value = document?.text ?? "";
  part("save-text").hidden = !document?.text;
  part("at").textContent = document && open.length > 1 ? `(now: ${document.name})` : "";
}

/** Take over what was written in the editor. */
function edited() {
  const text = part("text").value;
  if (!shown) {
    if (!text) return;
    shown = named(/^\s*[[{]/.test(text) ? "draft.json" : "draft.yaml", text);
    open = [...open, shown];
    list();
  }
  write(shown, text);
  part("save-text").hidden = !text;
  note(shown, Boolean(text));
}

/** Note whether a document holds something that is written and not saved. */
function note(document, unsaved) {
  document.unsaved = unsaved;
  if (open.some((one) => one.unsaved)) written();
  else settled();
}

/** Give a document another text. */
function write(document, text) {
  Object.assign(document, { text, bytes: encode(text), fresh: true });
  if (document === shown && part("text").value !== text) part("text").value = text;
}

function list() {
  part("files").replaceChildren(
    ...open.map((document) =>
      element("li", {}, element("bdi", {}, document.name), " ", document.text === null ? "" : editing(document)),
    ),
  );
  const opened = part("opened");
  const [counted] = opened.children;
  counted.textContent = `${open.length} files are open`;
  counted.hidden = open.length <= MANY;
  opened.open = counted.hidden;
  opened.hidden = !open.length;
}

function editing(document) {
  const button = element("button", { type: "button" }, "Show the text");
  button.setAttribute("aria-label", `Show the text of ${document.name}`);
  button.addEventListener("click", () => {
    show(document);
    beginWriting();
  });
  return button;
}

/** Lead to the first line of the text. */
function beginWriting() {
  const editor = part("text");
  editor.focus();
  editor.setSelectionRange(0, 0);
  editor.scrollTop = 0;
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

/** Return what the address names: an example, or a draft or profile in the part that no server sees. */
function aim() {
  const words = new URLSearchParams(location.hash.slice(1));
  const example = words.get("example") ?? new URLSearchParams(location.search).get("example");
  return words.has("draft") || words.has("profile") ? location.hash : example;
}

/** Open what the address names. */
async function follow(desk) {
  const wanted = aim();
  const words = new URLSearchParams(location.hash.slice(1));
  const opens = !words.has("profile") || words.has("draft"); // a profile alone leaves open what is open
  // Links to the parts of a report change the address as well, and so does going back from there.
  if (!wanted || wanted === followed || (opens && !mayGo())) return;
  followed = wanted;
  if (!opens) {
    ruledBy(desk, words.get("profile"));
  } else if (words.has("draft")) {
    let content;
    try {
      content = await inflated(words.get("draft"));
    } catch {
      fault("The link holds no draft that can be opened. Copy the draft itself, and paste it here.");
      return;
    }
    for (const name of ["profile", "on"]) {
      if (words.has(name)) part(name).value = words.get(name);
    }
    settings();
    form.close();
    replace([named(words.get("name") ?? "example.yaml", content)]);
    check(desk);
  } else {
    await example(desk, wanted.toLowerCase());
  }
}

/** Choose a profile of the list, and show that it is chosen. */
function ruledBy(desk, id) {
  const select = part("profile");
  if (![...select.options].some(({ value }) => value === id)) {
    fault(`There is no profile “${id}”. Choose one from the list.`);
    return;
  }
  select.value = id;
  settings();
  select.closest("details").open = true;
  check(desk);
}

async function inflated(packed) {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
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

function settings() {
  const { kind, profile, on } = Object.fromEntries(
    ["kind", "profile", "on"].map((name) => [name, part(name).value]),
  );
  part("chosen").textContent = [kind || "kind as the file says", profile, on].join(", ");
  return { kind, profile, on };
}

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
  const documents = open;
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
  if (form.go(pointer)) return;
  show(document);
  const editor = part("text");
  const lines = editor.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  editor.scrollTop = (editor.scrollHeight / lines.length) * Math.max(0, line - 4);
  editor.scrollLeft = 0;
  part("at").textContent = `(line ${line})`;
}

// -- Words -------------------------------------------------------------------------------------

function say(text) {
  // The same words again would be read out again.
  if (part("status").textContent !== text) part("status").textContent = text;
  part("status").classList.remove("check-fault");
}

function fault(text) {
  say(text);
  part("status").classList.add("check-fault");
  part("result").hidden = true;
  part("result").removeAttribute("aria-busy");
}

function progress(state) {
  part("progress").hidden = !state;
  const calm = !part("status").classList.contains("check-fault");
  if (state) {
    part("progress").value = state.part;
    if (calm) say(`${state.words} …`);
  } else if (!open.length && part("status").textContent.endsWith("…")) {
    // With something open, what is said next is what was found in it.
    say("Ready. From here on, nothing leaves this page.");
  }
}

if (desk) start();
