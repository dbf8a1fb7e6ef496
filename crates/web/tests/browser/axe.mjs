// What a machine finds of the rules of accessibility (axe-core), in the page as it is now.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** For `visit`: the page's policy would refuse the script of axe itself. */
export const audited = { bypassCSP: true };

/** Fails with everything that axe has to say of the page, or of the part `within`. */
export async function assertAccessible(page, what, within) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(
    async ([values, within]) => {
      const context = within ? { include: [within] } : document;
      const { violations } = await window.axe.run(context, { runOnly: { type: "tag", values } });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
    },
    [RULES, within],
  );
  assert.deepEqual(found, [], what);
}
