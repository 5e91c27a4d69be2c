// The guided form: one question after the other, in the words of the worksheet. It draws what the
// checker says that it asks, and keeps the answers as they are typed.
import { element } from "./report.mjs";

const FEW = 12; // choices that are shown all at once

let ids = 0;

/** Return whether anything stands in an answer, an entry or a list of entries. */
function said(told) {
  if (Array.isArray(told)) return told.some(said);
  if (told && typeof told === "object") return Object.values(told).some(said);
  return String(told ?? "").trim() !== "";
}

/**
 * Draw the form for `questions` with `given` answers; `changed` hears of every change.
 * The result has the element, a way to show findings at their fields, and one to a field.
 */
export function guided(questions, given, changed) {
  let latest = []; // findings
  const asked = []; // every control that is drawn: where its answer stands, and where to tell
  function drawn(section, index) {
    const told = element("div", { class: "check-here" });
    const mark = element("span", { class: "check-count" });
    const elements = section.elements.length ? ` (${section.elements.join(", ")})` : "";
    const inside = section.list ? entries(section, list(given, section), "") : fields(section, form(given, section), () => "", section.title);
    asked.push({ at: () => (section.at ? `/${section.at}` : null), told, visited: false, section: section.title });
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

  // -- Fields ----------------------------------------------------------------------------------

  function fields(section, holder, base, owner) {
    return element("div", {}, ...section.fields.map((field) => question(field, holder, base, section.map, owner)));
  }

  function question(field, holder, base, isMap, owner) {
    const id = `check-form-${++ids}`;
    const told = element("div", { id: `${id}-told`, class: "check-here" });
    const hints = [field.help, field.example ? `For example: ${field.example}${/[.…]$/.test(field.example) ? "" : "."}` : "", field.several && !few(field) ? "Put a semicolon between several values." : ""];
    const help = element("p", { id: `${id}-help`, class: "check-hint" }, hints.filter(Boolean).join(" "));
    const entry = {
      at: () => {
        const start = base();
        return start === null ? null : isMap ? start.replace(/\/\d+$/, `/${holder.name ?? ""}`) : `${start}/${field.path}`;
      },
      told,
      visited: false,
      filled: () => said(holder[field.path]),
      section: owner,
    };
    const store = (value) => {
      holder[field.path] = value;
      changed(given);
    };
    const control = shown(field, holder[field.path], { id, store });
    entry.control = control.matches("input, select, textarea") ? control : control.querySelector("input, select, textarea");
    control.addEventListener("focusout", () => {
      entry.visited = true;
      show(latest);
    });
    asked.push(entry);
    const label = field.label + (field.required ? " (needed in each entry)" : "");
    if (control.matches("fieldset")) {
      control.prepend(element("legend", {}, label));
      return element("div", { class: "check-question" }, control, help, told);
    }
    return element("div", { class: "check-question" }, element("label", { for: id }, label), help, control, told);
  }

  const options = (field) => (field.choices.length ? field.choices.map((choice) => [choice, choice]) : (questions.lists[field.list] ?? []));
  const few = (field) => field.several && options(field).length > 0 && options(field).length <= FEW;

  /** Return what a person answers with; languages of a text stand one below the other. */
  function shown(field, value, { id, store }) {
    if (value && typeof value === "object") return languages(field, value, { id, store });
    if (few(field)) return boxes(field, value, { id, store });
    if (options(field).length && !field.several) return choice(field, value, { id, store });
    return written(field, value, { id, store });
  }

  function written(field, value, { id, store }) {
    const described = `${id}-help ${id}-told`;
    const made = field.long
      ? element("textarea", { id, rows: 3, "aria-describedby": described, tabindex: "0" })
      : element("input", { id, type: "text", "aria-describedby": described, inputmode: field.number ? "decimal" : false, autocomplete: "off" });
    made.value = value ?? "";
    made.addEventListener("input", () => store(made.value));
    if (!options(field).length) return made;
    const add = element("select", { "aria-label": `${field.label}: add from the list` }, element("option", { value: "" }, "Add from the list"), ...options(field).map(([code, name]) => element("option", { value: code }, `${name} (${code})`)));
    add.addEventListener("change", () => {
      const codes = made.value.split(";").map((code) => code.trim()).filter(Boolean);
      if (add.value && !codes.includes(add.value)) codes.push(add.value);
      made.value = codes.join("; ");
      add.value = "";
      store(made.value);
    });
    return element("div", { class: "check-with-list" }, made, add);
  }

  function choice(field, value, { id, store }) {
    const known = options(field);
    const select = element("select", { id, "aria-describedby": `${id}-help ${id}-told` }, element("option", { value: "" }, "Not stated"), ...known.map(([code, name]) => element("option", { value: code }, name === code ? name : `${name} (${code})`)));
    if (said(value) && !known.some(([code]) => code === String(value))) select.append(element("option", { value }, value));
    select.value = value ?? "";
    select.addEventListener("change", () => store(select.value));
    return select;
  }

  function boxes(field, value, { id, store }) {
    const chosen = new Set(String(value ?? "").split(/[;\n]/).map((code) => code.trim()).filter(Boolean));
    const labels = options(field).map(([code, name]) => {
      const box = element("input", { type: "checkbox", value: code });
      box.checked = chosen.has(code);
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(code);
        else chosen.delete(code);
        store([...chosen].join("; "));
      });
      return element("label", {}, box, ` ${name}`);
    });
    return element("fieldset", { class: "check-boxes", "aria-describedby": `${id}-help ${id}-told` }, ...labels);
  }

  function languages(field, value, { id, store }) {
    const texts = Object.keys(value).map((code) => {
      const box = element("textarea", { rows: 2, lang: code, dir: "auto", tabindex: "0", "aria-describedby": `${id}-help ${id}-told` });
      box.value = value[code];
      box.addEventListener("input", () => store({ ...value, [code]: (value[code] = box.value) }));
      return element("label", { class: "check-language" }, code, box);
    });
    return element("fieldset", { class: "check-boxes" }, ...texts);
  }

  // -- Findings --------------------------------------------------------------------------------

  /** Show findings at the fields that a person has been at; `all` shows every one. */
  function show(findings, { all = false } = {}) {
    latest = findings;
    const live = asked.filter(({ told }) => told.isConnected);
    const places = live.map((one) => ({ ...one, one, pointer: one.at(), mine: [] })).filter(({ pointer }) => pointer !== null);
    for (const finding of findings) place(finding, places)?.mine.push(finding);
    for (const one of live) {
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
    return element("p", { class: `check-told-here finding-${key}` }, element("a", { href: url, class: "check-rule" }, rule), ` ${key === "question" ? "question" : key}: ${message} `, element("span", { class: "check-hint" }, fix));
  }

  /** Lead to the field of a finding; return whether there is one. */
  function go(pointer) {
    const live = asked.filter(({ told }) => told.isConnected);
    const places = live.map((one) => ({ ...one, pointer: one.at() })).filter(({ pointer: at }) => at !== null);
    const found = place({ pointer }, places);
    if (!found) return false;
    for (let box = found.told.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    (found.control ?? found.told.closest("details").querySelector("summary")).focus();
    return true;
  }

  const parts = questions.sections.map((section, index) => drawn(section, index));
  return { body: element("div", { class: "check-guided" }, ...parts), show, go };
}
