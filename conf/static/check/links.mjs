// Links that open something: an example, or a draft or profile in the part that no server sees.

/** Return the words behind the # of the address. */
export const words = () => new URLSearchParams(location.hash.slice(1));

/** Return what the address names, if anything. */
export function aim() {
  const named = words();
  const example = named.get("example") ?? new URLSearchParams(location.search).get("example");
  return named.has("draft") || named.has("profile") ? location.hash : example;
}

/** Return the bytes of a draft that an address holds. */
export async function inflated(packed) {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
