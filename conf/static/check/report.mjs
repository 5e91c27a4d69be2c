// Draws a report: the words come from the checker, in the order of the command line's report.
import { breakable, element, facts, prose, save, table } from "./drawing.mjs";
import { checked, drawnGroup } from "./findings.mjs";
import { stacking } from "./stack.mjs";

const MANY = 3; // documents: the parts on more of them are folded, and the table leads to each
const FORMATS = [
  ["html", "Web page (HTML)", "text/html"],
  ["csv", "Table (CSV)", "text/csv"],
  ["json", "Data (JSON)", "application/json"],
];

/** Return the report in one sentence. */
export function summary({ documents }) {
  if (documents.length === 1) {
    const [{ summary: told, message }] = documents;
    return told ? `Checked. ${told}.` : `The file could not be read. ${message}`;
  }
  const unread = documents.filter(({ message }) => message).length;
  const broken = documents.filter(({ groups = [] }) => groups.some(({ key }) => key === "must")).length;
  if (unread === documents.length) return `None of the ${unread} files could be read.`;
  const not = unread ? `; ${unread} could not be read` : "";
  return `Checked. ${documents.length} files${not}; must rules are not met in ${broken}.`;
}

/** Draw `report` into `place`; `jump` leads to a line of a document. */
export function draw(place, report, { desk, jump, documents }) {
  const ticked = new Set([...place.querySelectorAll("input[data-question]:checked")].map((box) => box.dataset.question));
  const hidden = new Set([...place.querySelectorAll("input[data-level]:not(:checked)")].map((box) => box.dataset.level));
  const folds = new Map([...place.querySelectorAll("details")].map((details) => [fold(details), details.open]));
  const one = report.documents.length === 1;
  place.replaceChildren(
    element("h2", { tabindex: "-1" }, report.heading),
    facts(report.about),
    downloads(report, desk),
    one ? "" : overview(report.documents),
    stacking(documents, desk),
    filter(report.documents, hidden, place),
    ...report.documents.map((found, index) => section(found, index, { jump, ticked, desk, targets: report.targets, document: documents[index], fold: documents.length > MANY })),
    element("p", { class: "check-hint" }, report.note),
  );
  for (const details of place.querySelectorAll("details")) details.open = folds.get(fold(details)) ?? details.open;
  hide(place, hidden);
  place.hidden = false;
}

/** Return what a part that opens is about, which stays the same when it is drawn anew. */
function fold(details) {
  const part = details.closest("[data-source]");
  const own = part === details || details.querySelector("summary").textContent; // a title may change
  return JSON.stringify([part?.id, part?.dataset.source, details.closest("[data-group]")?.dataset.group, own]);
}

// -- What can be taken away --------------------------------------------------------------------

function downloads(report, desk) {
  const told = element("span", { role: "status", class: "check-told" });
  const buttons = FORMATS.map(([format, label, type]) => {
    const button = element("button", { type: "button", "data-format": format }, label);
    button.addEventListener("click", async () => save(`report.${format}`, type, await desk.render(format)));
    return button;
  });
  const copy = element("button", { type: "button", "data-copy": true }, "Copy as text");
  copy.addEventListener("click", async () => {
    const text = plain(report);
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    if (!copied) save("report.txt", "text/plain", text);
    told.textContent = copied ? "Copied, ready for an e-mail." : "Saved as report.txt, since the browser lets nothing be copied.";
  });
  return element("p", { class: "check-downloads" }, "Save the report: ", ...buttons.flatMap((button) => [button, " "]), copy, " ", told);
}

/** Return the report as plain text that can be put into an e-mail. */
function plain(report) {
  const lines = [report.heading, ...report.about.map(([label, value]) => `${label}: ${value}`)];
  for (const found of report.documents) {
    lines.push("", found.source);
    if (found.message) lines.push(`Could not be read. ${found.message} ${found.fix}`);
    else lines.push(found.title, `${found.summary}.`, ...found.groups.flatMap(inPlainText));
  }
  return [...lines, "", report.note, ""].join("\n");
}

function inPlainText({ heading, entries }) {
  const told = entries.flatMap(({ rule, findings }) =>
    findings.flatMap(({ message, place, fix }) => [`- ${rule}: ${message} [${place}]`, `  Fix: ${fix}`]),
  );
  return ["", heading, ...told];
}

// -- Overview and filter -----------------------------------------------------------------------

function overview(documents) {
  const rows = documents.map(({ source, summary: told, message }, index) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, leadingTo(`check-document-${index + 1}`, source)),
      element("td", {}, told ?? `not read: ${message}`),
    ),
  );
  return table(["File", "What was found"], rows, "All files");
}

function leadingTo(id, source) {
  const link = element("a", { href: `#${id}` }, element("bdi", {}, source));
  link.addEventListener("click", () => (document.getElementById(id).open = true));
  return link;
}

function filter(documents, hidden, place) {
  const counts = new Map();
  for (const { groups = [] } of documents) {
    for (const { key, entries } of groups) counts.set(key, (counts.get(key) ?? 0) + entries.length);
  }
  if (counts.size < 2) return "";
  const names = { must: "must", should: "should", advice: "advice", question: "questions for a person" };
  const boxes = Object.keys(names).filter((key) => counts.has(key)).map((key) => {
    const box = element("input", { type: "checkbox", "data-level": key });
    box.checked = !hidden.has(key);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(key);
      else hidden.add(key);
      hide(place, hidden);
    });
    return element("label", {}, box, ` ${names[key]} (${counts.get(key)})`);
  });
  return element("fieldset", { class: "check-filter" }, element("legend", {}, "Show"), ...boxes);
}

function hide(place, hidden) {
  for (const group of place.querySelectorAll("[data-group]")) group.hidden = hidden.has(group.dataset.group);
}

// -- One document ------------------------------------------------------------------------------

function section(found, index, context) {
  const made = (heading, ...parts) => {
    const attributes = { id: `check-document-${index + 1}`, class: "check-document", "data-source": found.source };
    const head = element("h3", { dir: "auto" }, heading);
    return context.fold ? element("details", attributes, element("summary", {}, head, " ", element("bdi", { class: "check-hint" }, heading === found.source ? "" : found.source)), ...parts) : element("section", attributes, head, ...parts);
  };
  if (found.message) {
    return made(
      found.source,
      element("p", { class: "check-summary" }, "This file could not be read, so nothing in it was checked."),
      element("p", {}, ...prose(found.message)),
      element("p", {}, ...prose(found.fix)),
    );
  }
  const inner = { ...context, index, source: found.source };
  return made(
    found.title,
    element("p", { class: "check-hint" }, element("bdi", {}, found.source), ` was read as: ${found.readAs}`),
    element("p", { class: "check-summary" }, `${found.summary}.`),
    taken(found, inner),
    ...(found.scores ? scores(found.scores) : []),
    found.rows.length ? elements(found.rows) : "",
    ...found.groups.map((group) => drawnGroup(group, inner)),
    checked(found.checked),
  );
}

/** Return what this one document can be saved as: with the findings in it, or in another format. */
function taken(found, { desk, targets, document, index }) {
  const told = element("span", { role: "status", class: "check-told" });
  const stem = document.name.replace(/\.[^.]*$/, "") || "document";
  const saved = async (name, content) => {
    try {
      save(name, "application/octet-stream", await content);
      told.textContent = `Saved as ${name}.`;
    } catch (error) {
      told.textContent = error.message;
    }
  };
  const inside = element("button", { type: "button", "data-annotate": true }, found.annotated === ".docx" ? "Document with the findings in it" : "Workbook with the findings");
  inside.addEventListener("click", () => saved(`${stem}-findings${found.annotated}`, desk.annotate(document.key)));
  const id = `check-as-${index + 1}`;
  const list = element("select", { id }, ...targets.map(([key, words, ending]) => element("option", { value: key }, `${words} (${ending})`)));
  const convert = element("button", { type: "button", "data-convert": true }, "Save as this");
  convert.addEventListener("click", () => {
    const [to, , ending] = targets.find(([key]) => key === list.value);
    return saved(`${stem}-${to}${ending}`, desk.convert(document.key, to));
  });
  return element("details", { class: "check-downloads" }, element("summary", {}, "Save the findings or the description in another form"), element("p", {}, inside), element("p", {}, element("label", { for: id }, "The description as "), list, " ", convert), element("p", {}, told));
}

/** Return the picture of a self-assessment, with everything in it in words. */
function scores({ picture, alternative, summary: told, blocks }) {
  const drawn = picture ? [element("img", { class: "check-scores", src: `data:image/svg+xml,${encodeURIComponent(picture)}`, alt: alternative })] : [];
  const listed = blocks.map(({ heading, intro, points }) =>
    element("div", {}, element("h4", {}, heading), element("p", {}, intro), element("ul", {}, ...points.map(([point, lines]) => element("li", {}, point, lines.length ? facts(lines) : "")))),
  );
  return [element("h4", {}, "Scores"), element("p", {}, told), ...drawn, ...listed];
}

function elements(rows) {
  const drawn = rows.map(({ id, name, status, mark, words }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, ...breakable(`${id} ${name}`)),
      element("td", {}, element("span", { class: `status status-${status}` }, element("span", { "aria-hidden": "true" }, `${mark} `), words)),
    ),
  );
  return element("details", { class: "check-elements", open: true }, element("summary", {}, "The sixteen elements"), table(["Element", "Status"], drawn, "Elements"));
}
