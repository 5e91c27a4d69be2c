// The small things that the page is drawn from. What stands in a draft becomes text, never markup.

/** Return an element with attributes and content; strings become text. */
export function element(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...content.filter((piece) => piece !== null && piece !== undefined));
  return made;
}

// The pages of the site to which texts of ours lead, in words such as: see the page “Rules”.
const PAGES = {
  Catalogues: "reference/catalogues/index.html",
  "Credits in other systems": "toolkit/credits.html",
  "National levels and EQF levels": "toolkit/levels.html",
  Rules: "reference/rules.html",
  "Write a profile of your own": "reference/profiles/own.html",
};

/** Return a text of ours, in which `backticks` stand around what is typed. */
export function prose(text) {
  return text.split("`").flatMap((piece, index) => (index % 2 ? element("code", {}, piece) : linked(piece)));
}

/** Return a text with links to the pages that it names. */
function linked(text) {
  return text.split(/(?<=the page “)([^”]*)(?=”)/i).map((piece, index) => (index % 2 && Object.hasOwn(PAGES, piece) ? element("a", { href: PAGES[piece] }, piece) : piece));
}

/** Return a name whose lines may break after a slash, as they do after a hyphen. */
export function breakable(name) {
  return name.split(/(?<=[\w)]\/)(?=\w)/).flatMap((piece, index) => (index ? [element("wbr"), piece] : [piece]));
}

/** Return labels and what stands behind them. */
export function facts(about) {
  return element("dl", { class: "check-facts" }, ...about.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)]));
}

/** Return a table that the keyboard can scroll. */
export function table(heads, rows, label) {
  const head = element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)));
  const inner = element("table", { class: "docutils" }, element("thead", {}, head), element("tbody", {}, ...rows));
  return element("div", { class: "table-wrapper docutils container", tabindex: "0", role: "region", "aria-label": label }, inner);
}

/** Let the person save a file. */
export function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
