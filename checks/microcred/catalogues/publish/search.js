// Search in the catalogue: everything happens in this page, and nothing is asked of anybody.
"use strict";
(() => {
  const { columns, values, rows } = window.CATALOGUE;
  const at = Object.fromEntries(columns.map((name, place) => [name, place]));
  const form = document.querySelector("form.search");
  const list = document.querySelector("ol.records");
  const count = document.querySelector(".count");
  const more = document.querySelector("button.more");
  const filters = document.querySelector("details.filters");
  const [summary] = filters.children;
  const closed = summary.textContent;
  const STEP = 50;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const sizes = { "25": [0, 25], "50": [25, 50], "100": [50, 100], "150": [100, 150], "151": [150, Infinity] };
  const titles = rows.map((row) => plain(row[at.title]));
  const words = rows.map((row, place) => `${titles[place]} ${plain(`${values.provider[row[at.provider]]} ${row[at.more]}`)}`);
  let found = [];
  let shown = 0;

  // The words of the outcomes are many, so they come only when somebody is going to search.
  let outcomes = false;
  const load = () => {
    if (outcomes) return;
    outcomes = true;
    const script = document.createElement("script");
    script.src = "words.js";
    script.onload = () => {
      window.CATALOGUE_WORDS.forEach((text, place) => { words[place] += ` ${text}`; });
      if (form.elements.q.value) search();
    };
    document.head.append(script);
  };

  const wanted = () => Object.fromEntries([...new FormData(form)].filter(([, value]) => value));

  const fits = (row, asked) =>
    (!asked.level || String(row[at.level]) === asked.level) &&
    (!asked.mode || values.mode[row[at.mode]] === asked.mode) &&
    (!asked.country || values.country[row[at.country]] === asked.country) &&
    (!asked.language || row[at.languages].some((place) => values.language[place] === asked.language)) &&
    (!asked.size || (row[at.hours] !== null && row[at.hours] > sizes[asked.size][0] && row[at.hours] <= sizes[asked.size][1])) &&
    (!asked.price || (row[at.price] !== null && row[at.price] <= Number(asked.price)));

  const orders = {
    title: (a, b) => (titles[a] < titles[b] ? -1 : titles[a] > titles[b] ? 1 : a - b),
    size: (a, b) => (rows[a][at.hours] ?? Infinity) - (rows[b][at.hours] ?? Infinity),
    price: (a, b) => (rows[a][at.price] ?? Infinity) - (rows[b][at.price] ?? Infinity),
  };

  const search = () => {
    const asked = wanted();
    const chosen = Object.keys(asked).filter((name) => name !== "q").length;
    summary.textContent = chosen ? `${closed} (${chosen} chosen)` : closed;
    const terms = plain(asked.q ?? "").split(/\s+/).filter(Boolean);
    found = [];
    rows.forEach((row, place) => {
      if (fits(row, asked) && terms.every((term) => words[place].includes(term))) found.push(place);
    });
    if (terms.length && !asked.sort) {
      // What has the words in its title comes first.
      const rank = found.map((place) => terms.every((term) => titles[place].includes(term)));
      found = [...found.filter((_, place) => rank[place]), ...found.filter((_, place) => !rank[place])];
    }
    if (orders[asked.sort]) found.sort(orders[asked.sort]);
    const query = new URLSearchParams(asked).toString();
    try { history.replaceState(null, "", query ? `?${query}` : location.pathname); } catch { /* a page that was opened from a disk */ }
    list.replaceChildren();
    shown = 0;
    show();
    count.textContent = found.length === 1 ? "1 micro-credential" : `${found.length.toLocaleString("en")} micro-credentials`;
  };

  const show = () => {
    const next = found.slice(shown, shown + STEP);
    list.append(...next.map(item));
    shown += next.length;
    more.hidden = shown >= found.length;
    return next.length;
  };

  const element = (name, text, mark) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (mark) made.className = mark;
    made.dir = "auto";
    return made;
  };

  const item = (place) => {
    const row = rows[place];
    const line = document.createElement("li");
    const link = element("a", row[at.title] || "(no title)");
    link.href = `mc/${row[at.slug]}.html`;
    if (row[at.lang]) link.lang = row[at.lang];
    line.append(link, element("span", values.provider[row[at.provider]], "by"), element("span", row[at.facts], "facts"));
    return line;
  };

  let timer;
  const soon = () => { clearTimeout(timer); timer = setTimeout(search, 120); };
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  form.elements.q.addEventListener("focus", load);
  form.elements.q.addEventListener("input", () => { load(); soon(); });
  form.addEventListener("change", (event) => { if (event.target !== form.elements.q) search(); });
  form.addEventListener("reset", () => setTimeout(search));
  more.addEventListener("click", () => {
    const first = list.children.length;
    show();
    list.children[first]?.querySelector("a").focus();
  });

  const given = new URLSearchParams(location.search);
  for (const [name, value] of given) if (form.elements[name]) form.elements[name].value = value;
  // On a phone, what was found would otherwise begin below all the choices.
  filters.open = !matchMedia("(max-width: 40rem)").matches;
  form.hidden = false;
  if (given.get("q")) load();
  search();
})();
