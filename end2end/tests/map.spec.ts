import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../support/portal";
import { Results } from "../support/results";

const map = (page: Page) => page.getByRole("region", { name: "Karte", exact: true });
const marks = (page: Page) => map(page).locator("a.spot:visible");
const tool = (page: Page, name: string) => map(page).getByRole("link", { name: `Karte ${name}` });
const views = (page: Page) => page.getByRole("navigation", { name: "Ansicht" });

/** The marks, which are drawn anew whenever the map moves. */
async function names(page: Page): Promise<string[]> {
  return marks(page).locator("title").allTextContents();
}

/** How many facilities the marks stand for. */
async function counted(page: Page): Promise<number> {
  const each = (await names(page)).map((name) => Number(name.match(/^([0-9]+) Einrichtungen/)?.[1] ?? 1));
  return each.reduce((sum, count) => sum + count, 0);
}

async function tabTo(page: Page, wanted: Locator) {
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error("not reached");
}

test("list and map are two views of one search", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche?q=Kurzzeitpflege");
  await portal.follow(views(page).getByRole("link", { name: "Karte" }), /ansicht=karte/);
  await expect(results.sentence).toHaveText(/3 Einrichtungen mit Kurzzeitpflege/);
  expect(await counted(page)).toBe(3);
  // The list is there, too.
  await expect(results.names).toHaveCount(3);
  await expect(map(page).getByText("Gemeindegrenzen: erfunden")).toBeVisible();
  await portal.follow(views(page).getByRole("link", { name: "Liste" }), /\/suche\?q=Kurzzeitpflege$/);
  await expect(map(page)).toHaveCount(0);
});

test("a mark leads to its facility", async ({ portal, page }) => {
  await portal.visit("/suche?q=Haus+am+Auenpark&art=vollstationaere-pflege&ansicht=karte");
  const mark = map(page).getByRole("link", { name: "Haus am Auenpark: keine aktuelle Meldung" });
  await mark.click();
  await page.waitForURL(/\/einrichtung\/haus-am-auenpark/);
  await expect(page.getByRole("img", { name: /^Lage in Auenstadt/ })).toBeVisible();
});

test("a cluster leads closer, and the chip leads back", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.visit("/suche?ansicht=karte");
  const all = await counted(page);
  const cluster = marks(page).filter({ hasText: "Näher ansehen" }).first();
  const count = Number((await cluster.locator("title").textContent())?.match(/^[0-9]+/)?.[0]);
  await portal.follow(cluster, /ausschnitt=[0-9.,]+&ansicht=karte/);
  await expect(results.chip("Kartenausschnitt")).toBeVisible();
  expect(await counted(page)).toBeGreaterThanOrEqual(count);
  await expect(results.sentence).toHaveText(/im Kartenausschnitt/);
  await results.chip("Kartenausschnitt").click();
  await page.waitForURL(/\/suche\?ansicht=karte$/);
  await expect.poll(() => counted(page)).toBe(all);
});

test("the map moves with links", async ({ portal, page }) => {
  await portal.visit("/suche?ansicht=karte");
  await tool(page, "vergrößern").click();
  await page.waitForURL(/ausschnitt=/);
  const closer = page.url();
  await tool(page, "nach Norden").click();
  await page.waitForURL((url) => url.href !== closer);
  await page.goBack();
  await page.waitForURL(closer);
  await map(page).getByRole("link", { name: "Ganze Karte" }).click();
  await page.waitForURL(/\/suche\?ansicht=karte$/);
});

test("filters keep the map and its part, other words leave the part", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.visit("/suche?ansicht=karte&ausschnitt=11.5,53.2,12.2,53.6");
  await results.openFilters();
  await results.filter("Angebotsart", "Tagespflege").check();
  await results.showButton.click();
  await page.waitForURL(/art=tagespflege/);
  expect(page.url()).toContain("ansicht=karte");
  expect(page.url()).toContain("ausschnitt=");
  await page.getByLabel("Was suchen Sie?").fill("Apotheke");
  await page.getByRole("button", { name: "Suchen" }).click();
  await page.waitForURL(/q=Apotheke/);
  await expect(results.chip("Kartenausschnitt")).toHaveCount(0);
  await expect(map(page)).toBeVisible();
});

test("the map can be used with the keyboard, and skipped", async ({ portal, page }) => {
  await portal.visit("/suche?q=Hospiz&ansicht=karte");
  const skip = page.getByRole("link", { name: "Karte überspringen" });
  await tabTo(page, skip);
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#liste")).toBeFocused();
  await portal.visit("/suche?q=Hospiz&ansicht=karte");
  await tabTo(page, marks(page).first());
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/einrichtung\/|ausschnitt=/);
});

test("a part of the map without anything says how to go on", async ({ portal, page }) => {
  await portal.open("/suche?ansicht=karte&ausschnitt=11.5,53.2,11.5001,53.2001");
  await expect(page.getByRole("link", { name: /Ohne den Filter „Kartenausschnitt“/ })).toBeVisible();
});

test("the map reflows at 320 px", async ({ portal, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await portal.visit("/suche?ansicht=karte&ausschnitt=11.5,53.2,12.2,53.6");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
  const box = await tool(page, "vergrößern").boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
});

test.describe("with scripts", () => {
  test.beforeEach(({ portal }) => {
    test.skip(!portal.hasScripts, "islands need scripts");
  });

  const view = (page: Page) => page.locator("#karte-blick[data-live]");

  /** Says so when a new page was loaded. */
  async function stays(page: Page) {
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    return () => page.evaluate(() => "stayed" in window);
  }

  test("links of the map are followed without a new page, and back leads back", async ({ portal, page }) => {
    await portal.visit("/suche?ansicht=karte");
    await expect(view(page)).toBeVisible();
    const stayed = await stays(page);
    const before = await counted(page);
    await tool(page, "vergrößern").click();
    await page.waitForURL(/ausschnitt=/);
    await expect.poll(() => counted(page)).toBeLessThan(before);
    await expect(tool(page, "vergrößern")).toBeFocused();
    await expect(page.getByRole("status").filter({ hasText: "im Kartenausschnitt" })).toHaveCount(1);
    await portal.audit();
    await page.goBack();
    await expect.poll(() => counted(page)).toBe(before);
    expect(await stayed()).toBe(true);
  });

  test("the map is pulled with the mouse, and the list follows", async ({ portal, page }) => {
    test.skip(portal.isPhone, "no mouse");
    await portal.visit("/suche?ansicht=karte");
    await expect(view(page)).toBeVisible();
    const stayed = await stays(page);
    const box = await view(page).boundingBox();
    if (!box) throw new Error("no map");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/ausschnitt=/);
    const results = new Results(page);
    await expect(results.sentence).toHaveText(/im Kartenausschnitt/);
    expect(await stayed()).toBe(true);
  });

  test("arrow keys and plus move the map that has the focus", async ({ portal, page }) => {
    await portal.visit("/suche?ansicht=karte");
    await expect(view(page)).toBeVisible();
    await view(page).focus();
    await page.keyboard.press("+");
    await page.waitForURL(/ausschnitt=/);
    const closer = page.url();
    await page.keyboard.press("ArrowRight");
    await page.waitForURL((url) => url.href !== closer);
    await expect(view(page)).toBeFocused();
  });
});
