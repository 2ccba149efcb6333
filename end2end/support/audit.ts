import AxeBuilder from "@axe-core/playwright";
import { expect, type Browser, type BrowserContextOptions, type Page } from "@playwright/test";

// WCAG 2.2 AA, which EN 301 549 and the BITV 2.0 ask for, and what axe calls good practice.
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

type Scheme = "light" | "dark";

/** Fails on anything that axe finds on the page, in both colour schemes. */
export async function audit(page: Page, colorScheme: Scheme) {
  const other = colorScheme === "dark" ? "light" : "dark";
  await findNothing(page, new AxeBuilder({ page }).withTags(TAGS), colorScheme);
  // The other scheme differs in nothing but colours.
  await paint(page, other);
  await findNothing(page, new AxeBuilder({ page }).withRules(["color-contrast"]), other);
  await paint(page, colorScheme);
}

/**
 * The same for a page without JavaScript. axe needs scripts itself, so it looks at the address once
 * more in a window where only the scripts of the page are kept away.
 */
export async function auditWithoutScripts(browser: Browser, url: string, options: BrowserContextOptions) {
  const context = await browser.newContext({ ...options, javaScriptEnabled: true });
  try {
    const page = await context.newPage();
    await page.route(
      (address) => address.pathname.endsWith(".js"),
      (route) => route.abort(),
    );
    await page.goto(url);
    await audit(page, "light");
  } finally {
    await context.close();
  }
}

/** Changes the colour scheme and waits until all colours are those of the new one. */
async function paint(page: Page, colorScheme: Scheme) {
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await frame();
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
    await frame();
  });
}

async function findNothing(page: Page, axe: AxeBuilder, scheme: Scheme) {
  const { violations } = await axe.analyze();
  const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.failureSummary}`).join("; ")}`);
  expect(found, `axe on ${page.url()} (${scheme})`).toEqual([]);
}
