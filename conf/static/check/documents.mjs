// The documents that are open, and the one whose text stands in the editor.
import { element } from "./drawing.mjs";
import { part, tool } from "./parts.mjs";
import { settled, written } from "./unsaved.mjs";

const MANY = 8; // files: a longer list is folded, so that what stands below it stays in view
const AS_TEXT = 2 ** 20; // bytes: larger texts are checked, but not shown

/** The documents that are open: key, name, bytes, and the text where there is one to edit. */
let open = [];
let shown = null; // the one whose text stands in the editor
let keys = 0;

/** Return the documents that are open. */
export const opened = () => open;

/** Return the one whose text stands in the editor, if any does. */
export const inEditor = () => shown;

const encode = (text) => new TextEncoder().encode(text);

/** Return a document of a text or of bytes; what is no text, or too long for an editor, has none. */
export function named(name, content) {
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
export async function bytesOf(file) {
  return new Uint8Array(await file.slice(0, Number(tool.dataset.most)).arrayBuffer());
}

/** Open documents in the place of those that were open, and of what was written in them. */
export function replace(documents) {
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
export function edited() {
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
export function note(document, unsaved) {
  document.unsaved = unsaved;
  if (open.some((one) => one.unsaved)) written();
  else settled();
}

/** Give a document another text. */
export function write(document, text) {
  Object.assign(document, { text, bytes: encode(text), fresh: true });
  if (document === shown && part("text").value !== text) part("text").value = text;
}

function list() {
  part("files").replaceChildren(
    ...open.map((document) =>
      element("li", {}, element("bdi", {}, document.name), " ", document.text === null ? "" : editing(document)),
    ),
  );
  const box = part("opened");
  const [counted] = box.children;
  counted.textContent = `${open.length} files are open`;
  counted.hidden = open.length <= MANY;
  box.open = counted.hidden;
  box.hidden = !open.length;
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
export function beginWriting() {
  const editor = part("text");
  editor.focus();
  editor.setSelectionRange(0, 0);
  editor.scrollTop = 0;
}

/** Show a document's text, and select one of its lines. */
export function goTo(document, line) {
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
