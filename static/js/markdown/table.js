// Rows of a table: cells between pipes that no backslash escapes.

/** The cells of a line, as text. */
function cells(line) {
  const inner = line.trim().replace(/^\|/, "");
  const found = [];
  let cell = "";
  let escaped = false;
  for (const sign of inner) {
    if (sign === "|" && !escaped) {
      found.push(cell.trim());
      cell = "";
      continue;
    }
    // In a cell even code has its pipes escaped.
    cell = sign === "|" ? cell.slice(0, -1) + sign : cell + sign;
    escaped = sign === "\\" && !escaped;
  }
  if (cell.trim() !== "") found.push(cell.trim());
  return found;
}

/** A row of `count` cells: missing ones are empty, further ones are dropped. */
export function row(line, count) {
  const found = cells(line).slice(0, count);
  return [...found, ...Array(count - found.length).fill("")];
}

/** How many columns a head would have; 0 when it has no pipe. */
export function columns(line) {
  return /(?:^|[^\\])\|/.test(line) ? cells(line).length : 0;
}

/** How many columns the line under a head stands for; 0 when it is none. */
export function delimiters(line) {
  if (!/^ {0,3}[|:\- ]+$/.test(line) || !line.includes("|")) return 0;
  const marks = line.trim().replace(/^\|/, "").replace(/\|$/, "").split("|");
  return marks.every((mark) => /^ *:?-+:? *$/.test(mark)) ? marks.length : 0;
}
