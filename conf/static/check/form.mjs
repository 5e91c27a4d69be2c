// The guided form: one question after the other, in the words of the worksheet. It draws what the
// checker says that it asks, and keeps the answers as they are typed.
import { element, prose } from "./drawing.mjs";
import { choices, control, hints, said } from "./fields.mjs";

let ids = 0;

/**
 * Draw the form for `questions` with `given` answers; `changed` hears of every change.
 * The result has the element, a way to show findings at their fields, one to a field, and one to
 * tell where in the form a finding is.
 */
export function guided(questions, given, changed) {
  let latest = []; // findings
  const asked = []; // every control that is drawn: where its answer stands, and where to tell
  function drawn(section, index) {
    const told = element("div", { class: "check-here" });
    const mark = element("span", { class: "check-count" });
    const elements = section.elements.length ? ` (${section.elements.join(", ")})` : "";
    const inside = section.list ? entries(section, list(given, section), "") : fields(section, form(given, section), () => "", section.title);
    asked.push({ at: () => (section.at ? `/${section.at}` : null), told, visited: false, label: section.title, section: section.title });
    const head = element("summary", {}, element("strong", {}, `${index + 1}. ${section.title}`), elements, " ", mark);
    const part = element("details", { class: "check-part", "data-section": section.title }, head, element("p", {}, section.intro), told, inside);
    part.open = index === 0;
    return part;
  }

  function form(holder, { key }) {
    return (holder[key] ??= {});
  }

  function list(holder, { key }) {
    return (holder[key] ??= []);
  }

  // -- Entries ---------------------------------------------------------------------------------

  /** Draw a list whose entries can be added and removed. */
  function entries(section, rows, base, owner = section.title) {
    const place = element("div", { class: "check-entries" });
    const more = element("button", { type: "button", class: "check-more" }, `Add an entry: ${section.title}`);
    if (!rows.length && !base) rows.push({});
    const at = (row) => (said(row) ? `${base}/${section.at.replace(/^.*\*\//, "")}/${rows.filter(said).indexOf(row)}` : null);
    const draw = () => {
      place.replaceChildren(...rows.map((row, index) => entry(section, row, { index, at, rows, draw, more, owner })));
    };
    more.addEventListener("click", () => {
      rows.push({});
      draw();
      place.lastElementChild.querySelector("input, select, textarea").focus();
    });
    draw();
    return element("div", {}, place, element("p", {}, more));
  }

  function entry(section, row, { index, at, rows, draw, more, owner }) {
    const name = `${section.title} ${index + 1}`;
    const remove = element("button", { type: "button", "aria-label": `Remove ${name}` }, "Remove");
    remove.addEventListener("click", () => {
      rows.splice(index, 1);
      draw();
      more.focus();
      changed(given);
    });
    const inner = section.inner.map((below) => nested(below, row, () => at(row), owner));
    return element("fieldset", { class: "check-entry" }, element("legend", {}, name), fields(section, row, () => at(row), owner), ...inner, element("p", {}, remove));
  }

  function nested(section, row, base, owner) {
    const rows = list(row, section);
    const place = element("details", {}, element("summary", {}, section.title), element("p", {}, section.intro));
    // Drawn for as long as the entry is there, so its pointer is worked out when it is asked for.
    place.append(entries({ ...section, inner: [] }, rows, { toString: () => base() ?? "" }, owner));
    place.open = rows.some(said);
    return place;
  }

  // -- Questions -------------------------------------------------------------------------------

  function fields(section, holder, base, owner) {
    return element("div", {}, ...section.fields.map((field) => question(field, holder, { base, section, owner })));
  }

  function question(field, holder, { base, section, owner }) {
    const id = `check-form-${++ids}`;
    const place = element("div", { class: "check-question", "data-label": field.label });
    const told = element("div", { id: `${id}-told`, class: "check-here" });
    const entry = {
      at: () => {
        const start = base();
        return start === null ? null : section.map ? start.replace(/\/\d+$/, `/${holder.name ?? ""}`) : `${start}/${field.path}`;
      },
      told,
      visited: false,
      label: field.label,
      filled: () => said(holder[field.path]),
      section: owner,
    };
    const store = (value) => {
      holder[field.path] = value;
      changed(given);
    };
    const draw = () => {
      const made = control(field, holder[field.path], { id, store, lists: questions.lists });
      entry.control = made.matches("input, select, textarea") ? made : made.querySelector("input, select, textarea");
      const label = field.label + (field.required && section.list ? " (needed in each entry)" : "");
      const help = element("p", { id: `${id}-help`, class: "check-hint" }, hints(field, questions.lists));
      const more = field.text ? language(field, holder[field.path], add) : "";
      const parts = made.matches("fieldset") ? [made] : [element("label", { for: id }, label), help, made];
      if (made.matches("fieldset")) made.prepend(element("legend", {}, label), help);
      place.replaceChildren(...parts, more, told);
    };
    /** Give the text in one more language; what stands there is in the language of the whole. */
    const add = (code) => {
      const now = holder[field.path];
      const own = form(given, questions.sections[0]).language || "en";
      holder[field.path] = { ...(now && typeof now === "object" ? now : { [own]: now ?? "" }), [code]: "" };
      draw();
      place.querySelector(`textarea[lang="${code}"]`).focus();
      changed(given);
    };
    place.addEventListener("focusout", () => {
      entry.visited = true;
      show(latest);
    });
    asked.push(entry);
    draw();
    return place;
  }

  /** Let the person choose the language that a text is to be added in. */
  function language(field, value, add) {
    const place = element("p", { class: "check-more-languages" });
    const button = element("button", { type: "button", class: "check-quiet", "aria-label": `Add another language: ${field.label}` }, "Add another language");
    button.addEventListener("click", () => {
      const there = value && typeof value === "object" ? value : {};
      const known = questions.lists.languages.filter(([code]) => !(code in there));
      const list = choices(known, { "aria-label": `${field.label}: language to add` }, "Choose the language");
      list.addEventListener("change", () => list.value && add(list.value));
      place.replaceChildren(list);
      list.focus();
    });
    place.append(button);
    return place;
  }

  // -- Findings --------------------------------------------------------------------------------

  /** Show findings at the fields that a person has been at; `all` shows every one. */
  function show(findings, { all = false } = {}) {
    latest = findings;
    const places = placed();
    for (const finding of findings) place(finding, places)?.mine.push(finding);
    for (const one of drawnNow()) {
      if (all) one.visited = true;
      const mine = places.find((other) => other.one === one)?.mine ?? [];
      const open = one.visited || one.filled?.();
      one.told.replaceChildren(...(open ? mine.map(line) : []));
      if (one.control) one.control.toggleAttribute("aria-invalid", false);
      if (one.control && open && mine.some(({ key }) => key === "must")) one.control.setAttribute("aria-invalid", "true");
    }
    for (const part of parts) {
      const count = places.filter(({ section }) => section === part.dataset.section).reduce((sum, { mine }) => sum + mine.length, 0);
      part.querySelector(".check-count").textContent = count ? `${count} to look at` : "";
    }
  }

  const drawnNow = () => asked.filter(({ told }) => told.isConnected);

  /** Return every question that has a place in the draft, and the place. */
  function placed() {
    return drawnNow().map((one) => ({ ...one, one, pointer: one.at(), mine: [] })).filter(({ pointer }) => pointer !== null);
  }

  function place({ pointer }, places) {
    const longest = (found) => found.toSorted((one, other) => other.pointer.length - one.pointer.length)[0];
    return (
      places.find((one) => one.pointer === pointer && one.control) ??
      places.find((one) => one.pointer === pointer) ??
      (pointer && places.find((one) => one.pointer.startsWith(`${pointer}/`))) ??
      longest(places.filter((one) => pointer.startsWith(`${one.pointer}/`)))
    );
  }

  function line({ key, rule, url, message, fix }) {
    return element("p", { class: `check-told-here finding-${key}` }, element("a", { href: url, class: "check-rule" }, rule), ` ${key}: `, ...prose(message), " ", element("span", { class: "check-hint" }, ...prose(fix)));
  }

  /** Lead to the field of a finding; return whether there is one. */
  function go(pointer) {
    const found = place({ pointer }, placed());
    if (!found) return false;
    for (let box = found.told.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    (found.control ?? found.told.closest("details").querySelector("summary")).focus();
    return true;
  }

  /** Return a finding with its place as people see it who fill in questions. */
  function worded(finding) {
    const found = place(finding, placed());
    return { ...finding, place: found ? titled(found, finding.pointer) : "no question of the form", line: found ? finding.line : null };
  }

  /** Return what stands over the question, or over all of the questions, that a pointer means. */
  function titled({ told, label, section, pointer: own }, pointer) {
    const entry = told.closest(".check-entry")?.querySelector("legend").textContent;
    if (own.startsWith(`${pointer}/`)) return entry ?? section;
    return entry ? `${entry}: ${label}` : label;
  }

  const parts = questions.sections.map((section, index) => drawn(section, index));
  return { body: element("div", { class: "check-guided" }, ...parts), show, go, worded };
}
