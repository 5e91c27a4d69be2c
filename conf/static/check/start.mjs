// Starts the checker while the page is still being read, since nothing takes longer than that.
import { checker } from "./checker.mjs";

// conf/browser.py puts it before the script that loads this, if there is a checker.
const program = document.querySelector('link[rel="preload"][href$="/worker.mjs.packed"]');

/** The checker of this page; null where there is none, or the browser is too old for it. */
export const desk = program && "DecompressionStream" in window ? checker(new URL(".", program.href)) : null;
