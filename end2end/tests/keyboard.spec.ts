import type { Page } from "@playwright/test";
import { expect, test } from "../support/portal";
import { Results } from "../support/results";

/** Presses Tab until the wanted element has the focus. */
async function tabTo(page: Page, wanted: ReturnType<Page["locator"]>, limit = 80) {
  for (let presses = 0; presses < limit; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`not reached with ${limit} presses of Tab`);
}

test("the first stop skips to the content", async ({ portal, page }) => {
  await portal.open("/");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Zum Inhalt springen" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#inhalt$/);
});

test("on the results the second stop leads past the filters", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche?q=Kurzzeitpflege");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Zu den Ergebnissen springen" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#ergebnisse$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(page, results.names.first(), 8);
});

test("a facility is found with the keyboard alone", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/");
  await tabTo(page, page.getByLabel("Was suchen Sie?"));
  await page.keyboard.type("Hospiz");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/suche\?q=Hospiz/);
  const link = results.facility("Hospiz Abendlicht").first();
  await expect(link).toBeVisible();
  await tabTo(page, link, 300);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/einrichtung\//);
  await expect(page.getByRole("heading", { level: 1, name: "Hospiz Abendlicht" })).toBeVisible();
});

test("the focus can always be seen", async ({ portal, page }) => {
  await portal.open("/");
  await tabTo(page, page.getByLabel("Was suchen Sie?"));
  const style = await page
    .getByLabel("Was suchen Sie?")
    .evaluate((field) => ({ outline: getComputedStyle(field).outlineStyle, shadow: getComputedStyle(field).boxShadow }));
  expect(style.outline !== "none" || style.shadow !== "none").toBe(true);
});
