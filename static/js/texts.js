// The page's texts for scripts, in its language.
export const texts = JSON.parse(document.body.dataset.i18n);

/** What a tool does, as people say it. */
export const toolText = (name) => texts.tools[name] ?? texts.tools.other;

/** A copy of the first element of `<template id=…>`. */
export function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
