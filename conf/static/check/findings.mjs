// Draws the findings of one level, each with its place, reason and fix.
import { element, prose } from "./drawing.mjs";

/** Return the findings of one level. */
export function drawnGroup({ key, heading, meaning, entries }, context) {
  return element(
    "div",
    { "data-group": key },
    element("h4", {}, heading),
    element("p", { class: "check-hint" }, meaning),
    ...entries.map((entry) => drawnEntry(entry, key, context)),
  );
}

function drawnEntry(entry, key, context) {
  const asks = key === "question";
  const fixes = new Set(entry.findings.map(({ fix }) => fix));
  const shared = fixes.size === 1 ? [...fixes][0] : null;
  return element(
    "div",
    { class: `finding finding-${key}`, "data-rule": entry.rule },
    element("h5", {}, element("a", { href: entry.url, class: `rule-badge rule-${entry.level}` }, entry.rule), ` ${entry.title}`),
    element("ul", {}, ...entry.findings.map((finding, index) => spot(finding, { ...context, asks, shared, key: `${context.source} ${entry.rule} ${index}` }))),
    shared === null ? "" : element("p", {}, element("strong", {}, "Fix: "), ...prose(shared)),
    element("details", {}, element("summary", {}, `Why ${entry.rule}`), element("p", {}, ...prose(entry.why)), element("p", {}, `Basis: ${entry.basis}`), asks ? element("p", {}, `Level: ${entry.level}`) : ""),
  );
}

function spot({ message, fix, place, line, pointer }, { asks, shared, key, ticked, jump, index, document }) {
  const told = element("span", { dir: "auto" }, ...prose(message));
  return element(
    "li",
    {},
    asks ? element("label", {}, tick(key, ticked), " ", told) : told,
    " ",
    line && document.text !== null ? leading(place, line, () => jump(index, { pointer, line })) : element("span", { class: "check-place" }, place),
    shared === null ? element("p", {}, element("strong", {}, "Fix: "), ...prose(fix)) : "",
  );
}

function tick(key, ticked) {
  const box = element("input", { type: "checkbox", "data-question": key, title: "A person has judged this" });
  box.checked = ticked.has(key);
  return box;
}

function leading(place, line, act) {
  const button = element("button", { type: "button", class: "check-place", "data-line": line }, place);
  button.addEventListener("click", act);
  return button;
}

/** Return which rules were checked, folded. */
export function checked(lines) {
  return element("details", {}, element("summary", {}, "What was checked"), ...lines.map(([label, ids]) => element("p", {}, ids ? `${label}: ${ids}` : label)));
}
