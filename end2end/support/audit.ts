import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

// WCAG 2.2 AA, which EN 301 549 and the BITV 2.0 ask for, and what axe calls good practice.
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails on anything that axe finds on the page, in both colour schemes. */
export async function audit(page: Page, colorScheme: "light" | "dark") {
  const other = colorScheme === "dark" ? "light" : "dark";
  await findNothing(page, new AxeBuilder({ page }).withTags(TAGS), colorScheme);
  // The other scheme differs in nothing but colours.
  await page.emulateMedia({ colorScheme: other });
  await findNothing(page, new AxeBuilder({ page }).withRules(["color-contrast"]), other);
  await page.emulateMedia({ colorScheme });
}

async function findNothing(page: Page, axe: AxeBuilder, scheme: string) {
  const { violations } = await axe.analyze();
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join("; ")}`);
  expect(found, `axe on ${page.url()} (${scheme})`).toEqual([]);
}
