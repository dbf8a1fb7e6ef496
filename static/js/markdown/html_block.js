// Blocks of raw HTML, which the page shows as the text that they are.
const TAGS = new RegExp(
  `^</?(?:${[
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details",
    "dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header",
    "hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param",
    "search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul",
  ].join("|")})(?:\\s|/?>|$)`,
  "i",
);
const ATTRIBUTE = `(?:\\s+[A-Za-z_:][\\w.:-]*(?:\\s*=\\s*(?:[^\\s"'=<>\`]+|'[^']*'|"[^"]*"))?)`;
export const OPEN_TAG = `<[A-Za-z][A-Za-z0-9-]*${ATTRIBUTE}*\\s*/?>`;
export const CLOSE_TAG = "</[A-Za-z][A-Za-z0-9-]*\\s*>";

const STARTS = [
  /^<(?:script|pre|textarea|style)(?:\s|>|$)/i,
  /^<!--/,
  /^<[?]/,
  /^<![A-Za-z]/,
  /^<!\[CDATA\[/,
  TAGS,
  new RegExp(`^(?:${OPEN_TAG}|${CLOSE_TAG})\\s*$`),
];
const ENDS = [/<\/(?:script|pre|textarea|style)>/i, /-->/, /\?>/, />/, /\]\]>/];

/** Which of CommonMark's seven kinds begins with this line, if any. */
export function htmlKind(line) {
  if (!line.startsWith("<")) return null;
  const at = STARTS.findIndex((start) => start.test(line));
  return at < 0 ? null : at + 1;
}

/** Whether a block of this kind ends with this line; the last two end before an empty one. */
export function endsHtml(kind, line) {
  return kind <= ENDS.length && ENDS[kind - 1].test(line);
}
