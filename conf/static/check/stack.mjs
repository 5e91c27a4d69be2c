// Whether several files add up: the person says which one takes in the others.
import { element, facts, prose, save, table } from "./drawing.mjs";
import { checked, drawnGroup } from "./findings.mjs";

const FORMATS = [
  ["html", "Web page (HTML)", "stack.html", "text/html"],
  ["plan", "Plan for the learner (text)", "plan.txt", "text/plain"],
];

/** Return the question, for two files and more, and the place of its answer. */
export function stacking(documents, desk) {
  const files = [...new Set(documents)];
  if (files.length < 2) return "";
  const names = files.map(({ key, name }) => element("option", { value: key }, name));
  const list = element("select", { id: "check-into" }, element("option", { value: "" }, "Choose the file"), ...names);
  const ask = element("button", { type: "button", "data-stack": true }, "See whether they add up");
  const told = element("p", { role: "status" });
  const answer = element("div", { class: "check-stack" });
  ask.addEventListener("click", async () => {
    answer.replaceChildren();
    if (!list.value) {
      told.textContent = "Choose the file of the programme first.";
      list.focus();
      return;
    }
    try {
      const found = await desk.stack(files.map(({ key }) => key), list.value);
      answer.replaceChildren(...drawn(found, desk));
      told.textContent = `${found.document.summary}.`;
      answer.querySelector("h3").focus();
    } catch (error) {
      told.replaceChildren(...prose(error.message));
    }
  });
  return element(
    "details",
    { class: "check-stacking" },
    element("summary", {}, "Do these files add up to a programme?"),
    element("p", {}, "One of the files describes the programme, or the larger micro-credential, that takes in the others."),
    element("p", {}, element("label", { for: "check-into" }, "The programme is "), list, " ", ask),
    told,
    answer,
  );
}

function drawn({ title, facts: about, columns, rows, picture, alternative, document, note }, desk) {
  const saves = FORMATS.map(([format, label, name, type]) => {
    const button = element("button", { type: "button", "data-stack-format": format }, label);
    button.addEventListener("click", async () => save(name, type, await desk.renderStack(format)));
    return button;
  });
  // The findings are about several files, so no line of one is led to.
  const context = { document: { text: null }, source: document.source, ticked: new Set() };
  return [
    element("h3", { tabindex: "-1", dir: "auto" }, `Stack into: ${title}`),
    facts(about),
    element("p", { class: "check-downloads" }, "Save the stack: ", ...saves.flatMap((button) => [button, " "])),
    element("div", { class: "check-picture", tabindex: "0", role: "region", "aria-label": "Picture of the stack" }, element("img", { src: `data:image/svg+xml,${encodeURIComponent(picture)}`, alt: alternative })),
    table(columns, rows.map((row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell)))), "Parts"),
    ...document.groups.map((group) => drawnGroup(group, context)),
    checked(document.checked),
    element("p", { class: "check-hint" }, note),
  ];
}
