// Attributes of an element that stays, where the server has rendered it anew.

/** Gives `drawn` the attributes of `whole`, and no other. */
export function takeAttributes(drawn, whole) {
  for (const name of drawn.getAttributeNames()) if (!whole.hasAttribute(name)) drawn.removeAttribute(name);
  for (const { name, value } of whole.attributes) {
    if (drawn.getAttribute(name) !== value) drawn.setAttribute(name, value);
  }
}
