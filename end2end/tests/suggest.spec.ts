import type { Page } from "@playwright/test";
import { audit } from "../support/audit";
import { expect, test } from "../support/portal";

const what = (page: Page) => page.getByLabel("Was suchen Sie?");
const where = (page: Page) => page.getByLabel("Ort oder PLZ");
// The lists for choosing an order have options, too.
const options = (page: Page) => page.getByRole("listbox", { name: "Vorschläge" }).getByRole("option");

/** The field takes suggestions once its island lives. */
async function alive(page: Page) {
  await expect(what(page)).toHaveAttribute("role", "combobox");
  await expect(where(page)).toHaveAttribute("role", "combobox");
}

test("without suggestions the fields are plain fields of a form", async ({ portal, page }) => {
  test.skip(portal.hasScripts, "with scripts there are suggestions");
  await portal.open("/");
  await expect(what(page)).not.toHaveAttribute("role");
  await what(page).fill("Hospiz");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await what(page).press("Enter");
  await page.waitForURL(/\/suche\?q=Hospiz/);
});

test.describe("with scripts", () => {
  test.beforeEach(({ portal }) => {
    test.skip(!portal.hasScripts, "islands need scripts");
  });

  test("the keyboard chooses what people call a care type, and the search understands it", async ({ portal, page }) => {
    await portal.open("/");
    await alive(page);
    await what(page).pressSequentially("altersh");
    await expect(options(page).first()).toContainText("Altersheim");
    await expect(options(page).first()).toContainText("Vollstationäre Pflege");
    await expect(page.getByRole("status").filter({ hasText: /Vorschl/ })).toHaveText(/^[0-9]+ Vorschl(ag|äge), Auswahl mit den Pfeiltasten$/);
    await expect(what(page)).toHaveAttribute("aria-expanded", "true");
    await page.keyboard.press("ArrowDown");
    const active = await what(page).getAttribute("aria-activedescendant");
    await expect(page.locator(`#${active}`)).toHaveAttribute("aria-selected", "true");
    await expect(what(page)).toBeFocused();
    await page.keyboard.press("Enter");
    // The first Enter takes the suggestion, the second one searches.
    await expect(what(page)).toHaveValue("Altersheim");
    await expect(options(page)).toHaveCount(0);
    await expect(page).toHaveURL(/\/$/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/suche\?q=Altersheim/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Vollstationäre");
  });

  test("the arrows go around, Home returns to the text, Escape closes and keeps what was typed", async ({ portal, page }) => {
    await portal.visit("/");
    await alive(page);
    await what(page).pressSequentially("pflege");
    await expect(options(page).nth(1)).toBeVisible();
    const count = await options(page).count();
    expect(count).toBeLessThanOrEqual(8);
    const selected = page.locator('[role="option"][aria-selected="true"]');
    await page.keyboard.press("ArrowUp");
    await expect(selected).toHaveAttribute("id", new RegExp(`-${count - 1}$`));
    await page.keyboard.press("ArrowDown");
    await expect(selected).toHaveAttribute("id", /-0$/);
    await page.keyboard.press("Home");
    await expect(selected).toHaveCount(0);
    await expect(what(page)).not.toHaveAttribute("aria-activedescendant");
    await page.keyboard.press("Escape");
    await expect(options(page)).toHaveCount(0);
    await expect(what(page)).toHaveValue("pflege");
    await expect(what(page)).toHaveAttribute("aria-expanded", "false");
    // Nothing opens again by itself; the arrow asks for it.
    await page.keyboard.press("ArrowDown");
    await expect(options(page)).toHaveCount(count);
    await page.keyboard.press("Tab");
    await expect(options(page)).toHaveCount(0);
  });

  test("a pointer chooses a place for its field", async ({ portal, page }) => {
    await portal.visit("/");
    await alive(page);
    await where(page).fill("auen");
    await options(page).filter({ hasText: "Auenstadt" }).first().click();
    await expect(where(page)).toHaveValue("Auenstadt");
    await expect(where(page)).toBeFocused();
    await expect(options(page)).toHaveCount(0);
  });

  test("the field for places suggests places only", async ({ portal, page }) => {
    await portal.visit("/suche");
    await alive(page);
    await where(page).fill("199");
    await expect(options(page).first()).toContainText("Ort");
    const kinds = await options(page).locator(".suggest__kind").allTextContents();
    expect(new Set(kinds)).toEqual(new Set(["Ort"]));
  });

  test("a facility opens its page", async ({ portal, page }) => {
    await portal.visit("/suche");
    await alive(page);
    await what(page).pressSequentially("auenpa");
    const house = options(page).filter({ hasText: "Haus am Auenpark" });
    await expect(house).toContainText("Einrichtung");
    await house.click();
    await page.waitForURL(/\/einrichtung\//);
    await expect(page.getByRole("heading", { level: 1, name: "Haus am Auenpark" })).toBeVisible();
  });

  test("an open list covers no button", async ({ portal, page }) => {
    await portal.visit("/");
    await alive(page);
    await what(page).pressSequentially("hospiz");
    await expect(options(page).first()).toContainText("Hospiz");
    await page.getByRole("main").getByRole("button", { name: "Suchen" }).click({ timeout: 10_000 });
    await page.waitForURL(/\/suche\?q=hospiz/);
  });

  test("an answer that comes too late is not shown", async ({ portal, page }) => {
    await portal.visit("/");
    await alive(page);
    let release = () => {};
    const held = new Promise<void>((done) => (release = done));
    await page.route(/\/api\/v1\/suggest\?q=hosp$/, async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest(/suggest\?q=hosp$/);
    await what(page).pressSequentially("hosp");
    await asked;
    await what(page).fill("apoth");
    await expect(options(page).first()).toContainText("Apotheke");
    const answered = page.waitForResponse(/suggest\?q=hosp$/);
    release();
    await answered;
    await expect(options(page).filter({ hasText: "Hospiz" })).toHaveCount(0);
    await expect(options(page).first()).toContainText("Apotheke");
  });

  test("words that are still being composed are left alone", async ({ portal, page }) => {
    await portal.visit("/");
    await alive(page);
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("/suggest") && asked.push(request.url()));
    await what(page).evaluate((field: HTMLInputElement) => {
      field.focus();
      field.value = "hospi";
      field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", isComposing: true, bubbles: true }));
    });
    await page.waitForTimeout(400);
    expect(asked).toEqual([]);
    await what(page).dispatchEvent("compositionend");
    await expect(options(page).first()).toContainText("Hospiz");
  });

  test("an open list is accessible, stays on the screen and hides nothing for good", async ({ portal, page }) => {
    await portal.visit("/suche");
    await alive(page);
    await what(page).pressSequentially("pflege");
    await expect(options(page).nth(2)).toBeVisible();
    await page.keyboard.press("ArrowDown");
    // Measured in one go: an answer that comes late makes new options.
    const heights = await options(page).evaluateAll((all) => all.map((option) => option.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(2);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(44);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    // axe opens a window of its own, which takes the focus: what is shown then stays what it was.
    await what(page).evaluate((field) => field.addEventListener("blur", (event) => event.stopImmediatePropagation(), true));
    await audit(page, "light");
    await expect(options(page).nth(2)).toBeVisible();
  });

  test("where suggestions fail, the search does not", async ({ portal, page }) => {
    await portal.visit("/");
    await alive(page);
    await page.route(/\/api\/v1\/suggest/, (route) => route.fulfill({ contentType: "application/json", body: "kaputt" }));
    await what(page).pressSequentially("hospiz");
    await page.waitForResponse(/suggest/);
    await expect(options(page)).toHaveCount(0);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/suche\?q=hospiz/);
  });
});
