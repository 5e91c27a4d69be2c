// Whether a person has written something here and has not saved it: then nothing of it is lost
// without a question, neither when the page closes nor when something else is opened.
let unsaved = false;

const ask = (event) => event.preventDefault();

/** Something was written. */
export function written() {
  if (!unsaved) addEventListener("beforeunload", ask);
  unsaved = true;
}

/** What was written is saved, or nothing is left of it. */
export function settled() {
  removeEventListener("beforeunload", ask);
  unsaved = false;
}

/** Return whether something is written that is not saved. */
export const isUnsaved = () => unsaved;

/**
 * Return whether what is written may go: because it is saved, or because the person says so. It is
 * guarded until something else has taken its place.
 */
export function mayGo() {
  return !unsaved || confirm("What you wrote here is not saved and will be lost. Go on?");
}
