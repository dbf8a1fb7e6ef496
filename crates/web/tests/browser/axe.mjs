// What a machine finds of the rules of accessibility (axe-core), in the page as it is now.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** For `visit`: the page's policy would refuse the script of axe itself. */
export const audited = { bypassCSP: true };

/** What another theme can break: nothing of the page but its colours is another one. */
export const COLOURS = { type: "rule", values: ["color-contrast"] };

/** Fails with everything that axe has to say of the page, or of the part `within`; `only`: of these rules. */
export async function assertAccessible(page, what, within, only = { type: "tag", values: RULES }) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(
    async ([runOnly, within]) => {
      const context = within ? { include: [within] } : document;
      const { violations } = await window.axe.run(context, { runOnly });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
    },
    [only, within],
  );
  assert.deepEqual(found, [], what);
}
