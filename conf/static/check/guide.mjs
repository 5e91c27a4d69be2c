// The guided form on the page: opened from a draft or empty, checked as it is filled in, saved.
import { named, replace, write } from "./documents.mjs";
import { save } from "./drawing.mjs";
import { guided } from "./form.mjs";
import { part } from "./parts.mjs";
import { fault } from "./status.mjs";
import { isUnsaved, settled, written } from "./unsaved.mjs";

const PAUSE = 250; // milliseconds without a key until the answers are checked
const KEPT = "microcred-form"; // the name of what a person asked to keep in the tab

/** Return the form of this page, which is closed; `page` checks what is open. */
export function guide(desk, page) {
  let form = null; // while it is open: what is drawn, the kind, the answers, and the document
  let waiting; // for a pause

  /** Open the form with what `draft` says, with `kept` answers, or empty. */
  async function open({ draft = null, kind = "", kept = null } = {}) {
    let told, questions;
    try {
      told = kept ?? (draft ? await desk.answers(draft, kind) : { kind: kind || "offer", answers: null });
      questions = await desk.questions(told.kind);
    } catch (error) {
      fault(error.message);
      return;
    }
    const given = told.answers ?? { rest: questions.rest };
    const document = named(`${told.kind}.yaml`, "");
    const drawn = guided(questions, given, () => {
      written();
      keep();
      page.outdated();
      clearTimeout(waiting);
      waiting = setTimeout(() => check(), PAUSE);
    });
    const before = isUnsaved();
    replace([document]);
    if (before) written(); // it stands in the answers now
    form = { ...drawn, kind: told.kind, given, document };
    part("questions").replaceChildren(drawn.body);
    part("form-kind").value = told.kind;
    show(true);
    // Before the check: who begins to write during it would lose the place.
    drawn.body.querySelector("summary").focus();
    await check();
  }

  function show(visible) {
    part("guided").hidden = !visible;
    part("writing").hidden = visible;
    part("files").hidden = visible;
    part("guide").textContent = visible ? "Back to the text" : "Fill in a form";
    part("saved").textContent = "";
  }

  /** Make a draft of the answers; return whether the form is still the same then. */
  async function compose() {
    const { document, given, kind } = form;
    const text = await desk.composed(given, kind);
    if (form?.document !== document) return false;
    write(document, text);
    return true;
  }

  /** Make a draft of the answers, and check it. */
  async function check(options) {
    clearTimeout(waiting);
    const since = page.changes();
    try {
      if (await compose()) await page.check({ ...options, since });
    } catch (error) {
      fault(error.message);
    }
  }

  /** Close the form when its draft holds all that was written; return whether it does. */
  async function leave() {
    try {
      if (!(await compose())) return false;
    } catch (error) {
      fault(error.message);
      return false;
    }
    close();
    return true;
  }

  function close() {
    clearTimeout(waiting);
    if (!form) return;
    form = null;
    show(false);
    part("questions").replaceChildren();
  }

  /** Return what is filled in, as `open` takes it, or nothing while the form is closed. */
  const filled = () => form && { kind: form.kind, answers: form.given };

  /** Keep the answers in this tab as long as the person wants it, and nothing else anywhere. */
  function keep() {
    if (form && part("keep").checked) sessionStorage.setItem(KEPT, JSON.stringify(filled()));
    else sessionStorage.removeItem(KEPT);
  }

  /** Open what a person asked to keep in this tab; return whether there was anything. */
  async function resume() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT));
    if (!kept) return false;
    part("keep").checked = true;
    await open({ kept });
    written();
    return true;
  }

  async function saveAs({ save: to, ending, type }) {
    try {
      await check();
      const name = `${form.kind}${ending}`;
      save(name, type, await desk.convert(form.document.key, to));
      const { lost } = await desk.lost();
      // What is lost in a workbook is still unsaved.
      if (!lost.length) settled();
      part("saved").textContent = `Saved as ${name}. ${lost.length ? `It has no place for: ${lost.join(", ")}. Save it as text, too.` : ""}`;
    } catch (error) {
      fault(error.message);
    }
  }

  part("keep").addEventListener("change", keep);
  part("form-kind").addEventListener("change", ({ target }) =>
    compose().then(() => open({ draft: form.document, kind: target.value }), (error) => fault(error.message)),
  );
  for (const button of part("guided").querySelectorAll("[data-save]")) {
    button.addEventListener("click", () => saveAs(button.dataset));
  }
  return {
    open,
    leave,
    close,
    check,
    resume,
    filled,
    isOpen: () => form !== null,
    show: (findings, options) => form?.show(findings, options),
    worded: (finding) => form?.worded(finding) ?? finding,
    go: (pointer) => form?.go(pointer) ?? false,
    forget: () => sessionStorage.removeItem(KEPT),
  };
}
