// The parts of the check page that stand in its HTML, by their names.
export const tool = document.getElementById("check");

/** Return the part of that name. */
export const part = (name) => document.getElementById(`check-${name}`);
