// The page's texts for scripts, in its language.
export const texts = JSON.parse(document.body.dataset.i18n);

/** A text that comes in each language, in that of the page. */
export const inWords = (text) => text?.[document.documentElement.lang] ?? "";

/** A copy of the first element of `<template id=…>`. */
export function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
