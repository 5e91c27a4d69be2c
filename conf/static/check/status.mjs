// What the page says of its work in one line, which screen readers read out.
import { part } from "./parts.mjs";

/** Say what is so. */
export function say(text) {
  // The same words again would be read out again.
  if (part("status").textContent !== text) part("status").textContent = text;
  part("status").classList.remove("check-fault");
}

/** Say what went wrong; what was found before is shown no more. */
export function fault(text) {
  say(text);
  part("status").classList.add("check-fault");
  part("result").hidden = true;
  part("result").removeAttribute("aria-busy");
}
