// The built site, served on this machine, and the browser that reads it.
import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { delimiter, extname, join, relative, resolve, sep } from "node:path";
import { chromium } from "playwright-core";

export const SITE = resolve(import.meta.dirname, "../../../build/site");

export const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
// The rules of WCAG that look at colours: only what they find can change with the theme.
export const COLOURS = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

// Above the shadow of what scrolls sideways, axe can't tell how well a text is seen.
export const FLAT = { content: "* { background-image: none !important; }" };

export const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"];

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Return the addresses of all pages of the site, relative to its root. */
export async function pages() {
  const files = await readdir(SITE, { recursive: true });
  return files
    .filter((file) => file.endsWith(".html") && !file.split(sep).some((part) => part.startsWith("_")))
    .map((file) => relative(SITE, join(SITE, file)).split(sep).join("/"))
    .sort();
}

/**
 * Serve the site on a free port; return its address, what was asked for, and a function that ends it.
 * `alter` sees, and may change, each file on its way, and may take its time over it; `headers` go
 * with all of them, and `own` ones with the service worker; `under` names the folder of the host in
 * which the site lies, and `extra` has files that the host has put there.
 */
export async function serve({ alter = (file, content) => content, headers = {}, own = {}, under = "/", extra = {} } = {}) {
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url);
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname).replace(under, "/");
    if (Object.hasOwn(extra, path.slice(1))) {
      response.writeHead(200, { "content-type": "text/plain", ...headers });
      return response.end(extra[path.slice(1)]);
    }
    const file = join(SITE, path.endsWith("/") ? `${path}index.html` : path);
    const known = file.startsWith(SITE + sep) && existsSync(file);
    const type = known ? (TYPES[extname(file)] ?? "application/octet-stream") : TYPES[".html"];
    const content = await alter(file, await readFile(known ? file : join(SITE, "404.html")));
    const more = path === "/check-offline.js" ? own : {};
    response.writeHead(known ? 200 : 404, { "content-type": type, ...headers, ...more });
    response.end(content);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    address: `http://127.0.0.1:${server.address().port}${under}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Serve another site, of which nothing may be asked; return its address and what was asked all the same. */
export async function stranger() {
  const hits = [];
  const server = createServer((request, response) => {
    hits.push(request.url);
    response.writeHead(200, { "access-control-allow-origin": "*" });
    response.end();
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}/`, hits, close: () => server.close() };
}

/** Return where a program lies that is known under one of these names. */
export function installed(...names) {
  const found = process.env.PATH.split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
  if (!found) throw new Error(`No ${names[0]} here: install it (Debian: apt install ${names[0]}).`);
  return found;
}

/** Start Chromium, or Chrome where that is what the machine has. */
export function browser() {
  // The pages are ours, and Chromium refuses its sandbox to root, which containers run as.
  return chromium.launch({ executablePath: installed(...CHROMIUM), args: ["--no-sandbox"] });
}

/** Return, in the page, the words that stand on two lines although nothing in them lets a line end. */
export function brokenWords(selector) {
  const range = document.createRange();
  const found = [];
  for (const place of document.querySelectorAll(selector)) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{N}]+/gu)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].filter(({ width }) => width).map(({ top }) => Math.round(top)));
        if (lines.size > 1) found.push(word);
      }
    }
  }
  return found;
}
