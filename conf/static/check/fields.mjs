// The fields of the guided form: what a person answers one question with.
import { element } from "./drawing.mjs";

const FEW = 12; // choices that are shown all at once
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Return whether anything stands in an answer, an entry or a list of entries. */
export function said(told) {
  if (Array.isArray(told)) return told.some(said);
  if (told && typeof told === "object") return Object.values(told).some(said);
  return String(told ?? "").trim() !== "";
}

const options = (field, lists) => (field.choices.length ? field.choices.map((choice) => [choice, choice]) : (lists[field.list] ?? []));
const few = (field, lists) => field.several && options(field, lists).length > 0 && options(field, lists).length <= FEW;
const described = (id) => ({ "aria-describedby": `${id}-help ${id}-told` });

/** Return what helps with a question: what it means, an example, and how to write the answer. */
export function hints(field, lists) {
  const example = field.example ? `For example: ${field.example}${/[.…]$/.test(field.example) ? "" : "."}` : "";
  const several = field.several && !few(field, lists) ? "Put a semicolon between several values." : "";
  const day = field.date ? "Write the day, or choose it." : "";
  return [field.help, example, several, day].filter(Boolean).join(" ");
}

/** Return what a person answers with; languages of a text stand one below the other. */
export function control(field, value, { id, store, lists }) {
  if (value && typeof value === "object") return languages(value, { id, store, lists });
  if (few(field, lists)) return boxes(field, value, { id, store, lists });
  if (field.date) return day(field, value, { id, store });
  const known = options(field, lists);
  if (known.length && !field.several) return choice(known, value, { id, store });
  return known.length ? listed(field, known, value, { id, store }) : written(field, value, { id, store });
}

/** Return a list to choose one thing from, with words on top that stand for none. */
export function choices(known, attributes, none) {
  return element("select", attributes, element("option", { value: "" }, none), ...known.map(([code, name]) => element("option", { value: code }, name === code ? name : `${name} (${code})`)));
}

function written(field, value, { id, store }) {
  // A field of one line would drop the breaks of a text that has several.
  const made = field.text || field.long || String(value ?? "").includes("\n")
    ? element("textarea", { id, rows: field.long ? 3 : 1, dir: "auto", tabindex: "0", ...described(id) })
    : element("input", { id, type: "text", dir: "auto", inputmode: field.number ? "decimal" : false, autocomplete: "off", ...described(id) });
  made.value = value ?? "";
  made.addEventListener("input", () => store(made.value));
  return made;
}

/** A text field, since people write days in many ways, and beside it a calendar that fills it. */
function day(field, value, { id, store }) {
  const made = written(field, value, { id, store });
  const calendar = element("input", { type: "date", "aria-label": `${field.label}: choose the day` });
  const follow = () => (calendar.value = DAY.test(made.value) ? made.value : "");
  follow();
  made.addEventListener("input", follow);
  calendar.addEventListener("change", () => {
    if (!calendar.value) return;
    made.value = calendar.value;
    store(made.value);
  });
  return element("div", { class: "check-day" }, made, calendar);
}

/** A text field for several values, and beside it a list that adds to them. */
function listed(field, known, value, { id, store }) {
  const made = written(field, value, { id, store });
  const add = choices(known, { "aria-label": `${field.label}: add from the list` }, "Add from the list");
  add.addEventListener("change", () => {
    const codes = made.value.split(";").map((code) => code.trim()).filter(Boolean);
    if (add.value && !codes.includes(add.value)) codes.push(add.value);
    made.value = codes.join("; ");
    add.value = "";
    store(made.value);
  });
  return element("div", { class: "check-with-list" }, made, add);
}

function choice(known, value, { id, store }) {
  const select = choices(known, { id, ...described(id) }, "Not stated");
  if (said(value) && !known.some(([code]) => code === String(value))) select.append(element("option", { value }, value));
  select.value = value ?? "";
  select.addEventListener("change", () => store(select.value));
  return select;
}

function boxes(field, value, { id, store, lists }) {
  const chosen = new Set(String(value ?? "").split(/[;\n]/).map((code) => code.trim()).filter(Boolean));
  const labels = options(field, lists).map(([code, name]) => {
    const box = element("input", { type: "checkbox", value: code });
    box.checked = chosen.has(code);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(code);
      else chosen.delete(code);
      store([...chosen].join("; "));
    });
    return element("label", {}, box, ` ${name}`);
  });
  return element("fieldset", { class: "check-boxes", ...described(id) }, ...labels);
}

function languages(value, { id, store, lists }) {
  const texts = Object.keys(value).map((code) => {
    const name = lists.languages.find(([known]) => known === code)?.[1];
    const box = element("textarea", { rows: 2, lang: code, dir: "auto", tabindex: "0", ...described(id) });
    box.value = value[code];
    box.addEventListener("input", () => store({ ...value, [code]: (value[code] = box.value) }));
    return element("label", { class: "check-language" }, name ? `${name} (${code})` : code, box);
  });
  return element("fieldset", { class: "check-boxes" }, ...texts);
}
