// Where links lead: destinations, titles, definitions, and which of them may be on the page.

const SPACE = "[ \\t]*(?:\\n[ \\t]*)?";
const TITLE = /^(?:"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|\(((?:[^()\\]|\\[^])*)\))/;
const LABEL = /^\[((?:[^[\]\\]|\\[^]){1,999})\]/;

/** Escapes and entities of a text as what they stand for. */
export function plain(text, decode) {
  const whole = text.replace(/\\([!-/:-@[-`{-~])|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|\w{2,31});/g, (all, sign) =>
    sign ?? decode(all));
  return whole;
}

/** The destination at the start of a text: `{ to, length }`. */
export function destination(text) {
  if (text.startsWith("<")) {
    const found = /^<((?:[^<>\n\\]|\\.)*)>/.exec(text);
    return found ? { to: found[1], length: found[0].length } : null;
  }
  let depth = 0;
  let at = 0;
  for (; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "\\" && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "")) at += 1;
    else if (sign === "(") depth += 1;
    else if (sign === ")") {
      if (depth === 0) break;
      depth -= 1;
    } else if (/[\s\u0000-\u001f]/.test(sign)) break;
  }
  return depth === 0 ? { to: text.slice(0, at), length: at } : null;
}

/** What stands in round brackets behind a link's text: `{ to, title, length }`. */
export function inlineTarget(text) {
  let at = skip(text, 1);
  const found = destination(text.slice(at));
  if (!found) return null;
  at += found.length;
  const gap = skip(text, at);
  let title = null;
  if (gap > at) {
    const quoted = TITLE.exec(text.slice(gap));
    if (quoted) {
      title = quoted[1] ?? quoted[2] ?? quoted[3];
      at = gap + quoted[0].length;
    }
  }
  at = skip(text, at);
  return text[at] === ")" ? { to: found.to, title, length: at + 1 } : null;
}

/** A definition at the start of a paragraph: `{ label, to, title, length }`. */
export function definition(text) {
  const label = LABEL.exec(text);
  if (!label || label[1].trim() === "" || text[label[0].length] !== ":") return null;
  let at = skip(text, label[0].length + 1);
  const found = destination(text.slice(at));
  if (!found || (found.length === 0)) return null;
  at += found.length;
  const end = /^[ \t]*(?:\n|$)/;
  const gap = skip(text, at);
  const quoted = gap > at ? TITLE.exec(text.slice(gap)) : null;
  const behind = quoted && end.exec(text.slice(gap + quoted[0].length));
  if (behind) {
    const title = quoted[1] ?? quoted[2] ?? quoted[3];
    const length = gap + quoted[0].length + behind[0].length;
    return { label: normal(label[1]), to: found.to, title, length };
  }
  const plainEnd = end.exec(text.slice(at));
  if (!plainEnd) return null;
  return { label: normal(label[1]), to: found.to, title: null, length: at + plainEnd[0].length };
}

/** The label at the start of a text, as `[…]`. */
export const label = (text) => LABEL.exec(text);

/** A label as it is looked up. */
export const normal = (text) => text.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();

const skip = (text, at) => at + new RegExp(`^${SPACE}`).exec(text.slice(at))[0].length;

/** The address as the page may have it, or `null`: other schemes and other sites' `//host`. */
export function safe(to) {
  const encoded = to.replace(/[^A-Za-z0-9!#$%()*+,\-./:;=?@^_~&']/gu, (sign) => {
    const bytes = new TextEncoder().encode(sign);
    return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
  });
  if (/^(?:https?:\/*[^/]|mailto:)/i.test(encoded)) return encoded;
  return /^\/(?!\/)/.test(encoded) ? encoded : null;
}
