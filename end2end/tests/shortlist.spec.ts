import type { Page } from "@playwright/test";
import { audit } from "../support/audit";
import { expect, test } from "../support/portal";
import { Results } from "../support/results";

const LIST = /\/merkliste\?ids=[\w-]{22}(\.[\w-]{22})*$/;
const keep = (page: Page, name: string) => page.locator(`[data-merken][data-name="${name}"]`).first();
const counter = (page: Page) => page.getByRole("banner").getByRole("link", { name: /^Merkliste/ });
const rows = (page: Page) => page.getByRole("table", { name: "Einrichtungen im Vergleich" }).locator("tbody").getByRole("row");
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Buttons keep in the browser once the island lives. */
async function alive(page: Page) {
  await expect(page.locator("[data-merken]").first()).toHaveAttribute("role", "button");
}

/** Keeps two houses, in the way the project allows, and opens the list. */
async function keepTwo(page: Page, scripts: boolean) {
  await page.goto("/suche?q=Kurzzeitpflege");
  if (scripts) {
    await alive(page);
    await keep(page, "Haus am Auenpark").click();
    await expect(keep(page, "Haus am Auenpark")).toContainText("Gemerkt");
    await keep(page, "Kurzzeitpflege Seeblick").click();
    await expect(page.getByRole("status").filter({ hasText: "„Kurzzeitpflege Seeblick“ steht auf Ihrer Merkliste." })).toBeAttached();
    await counter(page).click();
  } else {
    await keep(page, "Haus am Auenpark").click();
    await page.waitForURL(LIST);
    // The search carries the list along.
    await page.getByRole("link", { name: "Weiter suchen" }).click();
    await page.getByLabel("Was suchen Sie?").fill("Seeblick");
    await page.getByRole("button", { name: "Suchen" }).click();
    await expect(counter(page)).toHaveAccessibleName(/mit 1 Einrichtung/);
    await keep(page, "Kurzzeitpflege Seeblick").click();
  }
  await page.waitForURL(LIST);
}

test("an empty list says what to do", async ({ portal, page }) => {
  await portal.open("/merkliste");
  await expect(page.getByRole("heading", { level: 1, name: "Merkliste" })).toBeVisible();
  await expect(page.getByText("Auf Ihrer Liste steht noch nichts.")).toBeVisible();
  await portal.follow(page.getByRole("link", { name: "Angebote suchen" }), /\/suche$/);
});

test("two houses are kept, compared, ordered, taken off and put back", async ({ portal, page }) => {
  await keepTwo(page, portal.hasScripts);
  await portal.audit();
  await expect(page.getByRole("heading", { level: 1, name: "2 Einrichtungen auf der Merkliste" })).toBeVisible();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("Haus am Auenpark");
  await expect(rows(page).first()).toContainText("keine aktuelle Meldung");
  await expect(rows(page).first()).toContainText("Montag bis Mittwoch: 8–16 Uhr");
  await expect(rows(page).first()).toContainText("Aufzug: ja");
  await expect(counter(page)).toHaveAccessibleName(/mit 2 Einrichtungen/);

  await page.getByRole("link", { name: "Haus am Auenpark nach unten" }).click();
  await expect(rows(page).first()).toContainText("Kurzzeitpflege Seeblick");
  await page.getByRole("link", { name: /^Entfernen ?: Kurzzeitpflege Seeblick$/ }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.getByText("„Kurzzeitpflege Seeblick“ ist von der Liste genommen.")).toBeVisible();
  await portal.audit();
  await page.getByRole("link", { name: "Rückgängig machen" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("Kurzzeitpflege Seeblick");
  if (portal.hasScripts) {
    // What was changed on the page is what the browser keeps.
    await page.goto("/merkliste");
    await page.waitForURL(LIST);
    await expect(rows(page).first()).toContainText("Kurzzeitpflege Seeblick");
  }
});

test("a list is handed over as a link and a code", async ({ portal, page, browser }) => {
  await keepTwo(page, portal.hasScripts);
  const link = await page.getByLabel("Link zur Liste").inputValue();
  expect(link).toMatch(LIST);
  await expect(page.getByRole("img", { name: "QR-Code mit dem Link zu dieser Liste" })).toBeVisible();
  const other = await browser.newContext({ javaScriptEnabled: portal.hasScripts });
  const guest = await other.newPage();
  await guest.goto(link);
  await expect(rows(guest)).toHaveCount(2);
  if (portal.hasScripts) {
    await guest.getByRole("button", { name: "In meine Merkliste übernehmen" }).click();
    await expect(counter(guest)).toHaveAccessibleName(/mit 2 Einrichtungen/);
    await expect(guest.getByRole("button", { name: "In meine Merkliste übernehmen" })).toBeHidden();
  }
  await other.close();
});

test("a link with nonsense leaves it out and says so", async ({ portal, page }) => {
  const gone = "0190b0c0-0000-7000-8000-000000000000";
  await portal.open(`/merkliste?ids=${encodeURIComponent("<script>alert(1)</script>,x")},${gone}`);
  await expect(page.getByText(/^2 Angaben im Link haben wir weggelassen/)).toBeVisible();
  await expect(page.getByText(/^Eine Einrichtung dieser Liste gibt es in unserem Verzeichnis nicht mehr/)).toBeVisible();
  await expect(page.locator("main script")).toHaveCount(0);
});

test("a list reflows at 320 px and its targets are large enough", async ({ portal, page }) => {
  await keepTwo(page, portal.hasScripts);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  for (const link of await rows(page).first().getByRole("link").all()) {
    expect((await link.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
});

test("on paper there are names, numbers and the code, and nothing to press", async ({ portal, page }) => {
  await keepTwo(page, portal.hasScripts);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("09990 4410")).toBeVisible();
  await expect(page.getByRole("img", { name: /QR-Code/ })).toBeVisible();
  await expect(page.getByText(/^Stand der Angaben: /)).toBeVisible();
  await expect(page.getByRole("link", { name: /Entfernen/ })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Weiter suchen" })).toHaveCount(0);
});

test.describe("with scripts", () => {
  test.beforeEach(({ portal }) => {
    test.skip(!portal.hasScripts, "islands need scripts");
  });

  test("notes stay in the browser, are printed and never in the link", async ({ page }) => {
    await keepTwo(page, true);
    const note = page.getByLabel("Ihre Notiz zu Haus am Auenpark");
    await note.fill("Frau Sommer anrufen");
    await page.reload();
    await expect(note).toHaveValue("Frau Sommer anrufen");
    expect(await page.getByLabel("Link zur Liste").inputValue()).not.toContain("Sommer");
    await page.emulateMedia({ media: "print" });
    await expect(page.getByText("Frau Sommer anrufen").last()).toBeVisible();
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await expect(page.getByText(/^Gedruckt am [0-9.]+$/)).toBeVisible();
    await page.emulateMedia({ media: "screen" });
    await page.getByRole("button", { name: "Liste und Notizen löschen" }).click();
    await expect(page.getByText("Auf Ihrer Liste steht noch nichts.")).toBeVisible();
    expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("kreislotse")))).toEqual([]);
  });

  test("a house is kept with the keyboard and from its own page", async ({ portal, page }) => {
    await portal.open("/suche?q=Haus+am+Auenpark");
    await alive(page);
    await keep(page, "Haus am Auenpark").focus();
    await page.keyboard.press("Space");
    await expect(keep(page, "Haus am Auenpark")).toHaveAttribute("aria-pressed", "true");
    await audit(page, "light");
    await portal.follow(new Results(page).facility("Haus am Auenpark"), /\/einrichtung\//);
    await expect(keep(page, "Haus am Auenpark")).toHaveAttribute("aria-pressed", "true");
    await keep(page, "Haus am Auenpark").press("Enter");
    await expect(keep(page, "Haus am Auenpark")).toHaveAttribute("aria-pressed", "false");
    await expect(counter(page)).toHaveAccessibleName("Merkliste");
  });

  test("several windows stay in step", async ({ page, context }) => {
    await keepTwo(page, true);
    const second = await context.newPage();
    await second.goto("/suche?q=Lindenhof");
    await alive(second);
    await keep(second, "Seniorenzentrum Lindenhof").click();
    await expect(counter(page)).toHaveAccessibleName(/mit 3 Einrichtungen/);
    // Nothing moves without being asked.
    await expect(rows(page)).toHaveCount(2);
    await page.getByRole("link", { name: "Neue Liste ansehen" }).click();
    await expect(rows(page)).toHaveCount(3);
  });

  test("where the browser keeps nothing, the link does what it says", async ({ page }) => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await page.goto("/suche?q=Haus+am+Auenpark");
    await alive(page);
    await keep(page, "Haus am Auenpark").click();
    await page.waitForURL(LIST);
    await expect(rows(page)).toHaveCount(1);
    await page.getByLabel("Ihre Notiz zu Haus am Auenpark").fill("merken");
    await expect(page.getByText(/^Ihr Browser speichert diese Notiz nicht/)).toBeVisible();
  });
});
