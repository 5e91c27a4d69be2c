// What a check is asked for: the kind of the draft, the profile, which may be a person's own, and
// the day.
import { bytesOf } from "./documents.mjs";
import { element, prose } from "./drawing.mjs";
import { part } from "./parts.mjs";
import { fault } from "./status.mjs";

/** Return what is chosen, and show it. */
export function settings() {
  const { kind, profile, on } = Object.fromEntries(
    ["kind", "profile", "on"].map((name) => [name, part(name).value]),
  );
  part("chosen").textContent = [kind || "kind as the file says", profile, on].join(", ");
  return { kind, profile, on };
}

let own = null; // the file of the profile that a person has chosen: its name and bytes

/** Return that file, if there is one. */
export const ownProfile = () => own;

/**
 * Take the profile in a file that a person chose, or tell everything that is wrong with it; return
 * whether it is used.
 */
export async function ruled(desk, file) {
  const told = part("own-told");
  told.replaceChildren("Reading the profile …");
  try {
    const given = { name: file.name, bytes: await bytesOf(file) };
    const [title, known] = await taken(desk, given);
    own = given;
    told.replaceChildren(element("p", {}, `“${title}” is used now.`), listed(known));
  } catch (error) {
    const { faults = [error.message] } = error;
    told.replaceChildren(element("p", {}, element("bdi", {}, file.name), " is not used, and the profile stays as it was:"), listed(faults));
    return false;
  }
  settings();
  return true;
}

/** Let the checker take a profile, and choose it; return its title and what has to be known of it. */
async function taken(desk, { name, bytes }) {
  const { faults, id, title, told } = await desk.profile(name, bytes);
  if (faults) throw Object.assign(new Error(faults[0]), { faults });
  const select = part("profile");
  select.querySelector("[data-own]")?.remove(); // the checker holds one at a time
  select.append(element("option", { value: id, "data-own": true }, `${id}: ${title}`));
  select.value = id;
  return [title, told];
}

const listed = (sentences) => element("ul", {}, ...sentences.map((words) => element("li", { dir: "auto" }, ...prose(words))));

/** Take over what the host of this copy has set: a profile of the list, or a file of its own. */
export async function hosted(desk) {
  const { profile } = await fetch("check-settings.json").then((response) => response.json()).catch(() => ({}));
  const select = part("profile");
  if (!profile) return;
  if (![...select.options].some(({ value }) => value === profile)) {
    try {
      const response = await fetch(profile);
      if (!response.ok) throw new Error(`it is not there (${response.status}).`);
      await taken(desk, { name: profile.split("/").pop(), bytes: new Uint8Array(await response.arrayBuffer()) });
    } catch (error) {
      fault(`The profile “${profile}” that this site is set to can't be used: ${error.message}`);
    }
  } else {
    select.value = profile;
  }
  settings();
}

/** Choose a profile of the list, and show that it is chosen; return whether there is such a one. */
export function ruledBy(id) {
  const select = part("profile");
  if (![...select.options].some(({ value }) => value === id)) {
    fault(`There is no profile “${id}”. Choose one from the list.`);
    return false;
  }
  select.value = id;
  settings();
  select.closest("details").open = true;
  return true;
}
