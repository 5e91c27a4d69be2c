// What is open, carried over while the page is loaded again: in this tab alone, and only until then.

const NAME = "microcred-carried";
const PIECE = 2 ** 15; // bytes that become characters at once

/** Put documents and settings aside; return whether there was room for them. */
export function carry({ documents, own, ...rest }) {
  const rules = own && { name: own.name, packed: packed(own.bytes) };
  const plain = documents.map(({ name, text, bytes }) => (text === null ? { name, packed: packed(bytes) } : { name, text }));
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ documents: plain, own: rules, ...rest }));
    return true;
  } catch {
    return false; // browsers keep some five million characters
  }
}

/** Return what was put aside, if anything, and forget it. */
export function carried() {
  const kept = sessionStorage.getItem(NAME);
  sessionStorage.removeItem(NAME);
  if (!kept) return null;
  const { documents, own, ...rest } = JSON.parse(kept);
  const whole = ({ name, text, packed }) => ({ name, content: text ?? unpacked(packed) });
  return { documents: documents.map(whole), own: own && { name: own.name, bytes: unpacked(own.packed) }, ...rest };
}

function packed(bytes) {
  let characters = "";
  for (let at = 0; at < bytes.length; at += PIECE) characters += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(characters);
}

const unpacked = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
