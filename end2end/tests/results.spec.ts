import type { Page } from "@playwright/test";
import { audit } from "../support/audit";
import { expect, test } from "../support/portal";
import { Results } from "../support/results";

const near = (page: Page) => page.getByRole("button", { name: "In meiner Nähe" });
const share = (page: Page) => page.getByRole("region", { name: "Ergebnisse weitergeben" });

test("where a municipality has none, its neighbours and the advice centre are named", async ({ portal, page }) => {
  await portal.open("/suche?art=hospiz&gemeinde=13999003");
  await expect(new Results(page).sentence).toHaveText(/^Keine Einrichtung mit stationärem Hospiz|^Keine Einrichtung mit/);
  const ways = page.getByRole("list", { name: "Das gibt es auch" }).getByRole("link");
  const neighbour = ways.filter({ hasText: /^In .+: 1 Einrichtung$/ }).first();
  await expect(neighbour).toBeVisible();
  await expect(page.getByRole("heading", { name: "Wir helfen Ihnen am Telefon" })).toBeVisible();
  await expect(page.getByRole("link", { name: /^Anrufen [0-9]/ }).first()).toHaveAttribute("href", /^tel:/);
  await portal.follow(neighbour, /gemeinde=1399900[^3]/);
  await expect(new Results(page).names).toHaveCount(1);
});

test("results are handed over by mail, with the address of the search", async ({ portal, page }) => {
  await portal.visit("/suche?q=Kurzzeitpflege&gemeinde=13999001");
  const mail = share(page).getByRole("link", { name: "Per E-Mail senden" });
  const href = decodeURIComponent((await mail.getAttribute("href")) ?? "");
  expect(href).toContain("/suche?q=Kurzzeitpflege&gemeinde=13999001");
  expect(href).toContain("1 Einrichtung mit Kurzzeitpflege in Auenstadt");
});

test("on paper stands what was chosen, when, and where it can be seen anew", async ({ portal, page }) => {
  await portal.visit("/suche?q=Kurzzeitpflege&gemeinde=13999001");
  await page.emulateMedia({ media: "print" });
  await expect(page.locator(".on-paper")).toHaveText(/Gewählt: Auenstadt\.\s+Stand: [0-9]+\. \w+ 20[0-9]{2}\.\s+http.*\/suche\?q=Kurzzeitpflege&gemeinde=13999001/);
  await expect(new Results(page).facility("Haus am Auenpark")).toBeVisible();
  await expect(page.getByRole("link", { name: /^Anrufen 0/ }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Suchen" })).toBeHidden();
  await expect(share(page)).toBeHidden();
});

test("without scripts there is no button that needs them", async ({ portal, page }) => {
  test.skip(portal.hasScripts, "with scripts there is");
  await portal.visit("/suche?q=Pflege");
  await expect(near(page)).toBeHidden();
  await expect(share(page).getByRole("button")).toHaveCount(0);
});

test.describe("with scripts", () => {
  test.beforeEach(({ portal }) => {
    test.skip(!portal.hasScripts, "islands need scripts");
  });

  /** Waits for the islands; answers a question whether the page was ever loaded anew. */
  async function alive(page: Page) {
    await expect(share(page).getByRole("button", { name: "Drucken" })).toBeVisible();
    await page.evaluate(() => Object.assign(window, { stayed: true }));
    return () => page.evaluate(() => "stayed" in window);
  }

  test("a filter takes effect at once, and nothing else is lost", async ({ portal, page }) => {
    const results = new Results(page);
    await portal.visit("/suche");
    const stayed = await alive(page);
    await results.openFilters();
    const types = page.getByRole("group", { name: "Angebotsart" });
    await types.getByText(/^[0-9]+ weitere$/).click();
    const box = results.filter("Angebotsart", "Hausarzt");
    await box.scrollIntoViewIfNeeded();
    const before = await box.boundingBox();
    await box.check();
    await page.waitForURL(/\/suche\?art=hausarzt$/);
    await expect(results.sentence).toHaveText(/^4 Einrichtungen mit Haus/);
    await expect(results.names).toHaveCount(4);
    // The focus stays, and what is under the finger does not jump.
    await expect(box).toBeFocused();
    await expect(box).toBeChecked();
    const after = await box.boundingBox();
    expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThan(3);
    await expect(page.getByRole("status").filter({ hasText: "4 Einrichtungen" })).toHaveCount(1);
    await expect(results.showButton).toHaveText("4 Einrichtungen anzeigen");
    // What was unfolded stays so.
    await expect(results.filter("Angebotsart", "Zahnarzt")).toBeVisible();
    await results.filter("Gemeinde", "Auenstadt").check();
    await page.waitForURL(/gemeinde=13999001/);
    await expect(box).toBeChecked();
    await expect(results.chip("Auenstadt")).toHaveCount(1);
    await audit(page, "light");
    expect(await stayed()).toBe(true);
  });

  test("back and forward go through the filters", async ({ portal, page }) => {
    const results = new Results(page);
    await portal.visit("/suche");
    const stayed = await alive(page);
    await results.openFilters();
    const [day, night] = [results.filter("Angebotsart", "Tagespflege"), results.filter("Angebotsart", "Kurzzeitpflege")];
    await day.check();
    await page.waitForURL(/\/suche\?art=tagespflege$/);
    await expect(results.names).toHaveCount(3);
    await night.check();
    await page.waitForURL(/art=kurzzeitpflege/);
    await expect(results.showButton).not.toHaveText("3 Einrichtungen anzeigen");
    const both = await results.names.allTextContents();
    expect(both.length).toBeGreaterThan(3);
    await page.goBack();
    await expect(results.names).toHaveCount(3);
    await expect(night).not.toBeChecked();
    await expect(day).toBeChecked();
    await expect(results.showButton).toHaveText("3 Einrichtungen anzeigen");
    await page.goForward();
    await expect(results.names).toHaveText(both);
    expect(await stayed()).toBe(true);
    // A fresh look at the address shows the same.
    await page.reload();
    await expect(results.names).toHaveText(both);
  });

  test("chips and pages are followed in place, and the place leaves its field", async ({ portal, page }) => {
    const results = new Results(page);
    await portal.visit("/suche?ort=Auenstadt&art=apotheke");
    const stayed = await alive(page);
    await results.chip("Auenstadt").click();
    await page.waitForURL(/\/suche\?art=apotheke$/);
    await expect(page.getByLabel("Ort oder PLZ")).toHaveValue("");
    await expect(results.sentence).toBeFocused();
    await results.chip("Apotheke").click();
    await page.waitForURL(/\/suche$/);
    await expect(results.names).toHaveCount(20);
    await page.getByRole("navigation", { name: "Seiten der Ergebnisse" }).getByRole("link", { name: "Seite 2" }).click();
    await page.waitForURL(/seite=2/);
    await expect(results.sentence).toBeInViewport();
    expect(await stayed()).toBe(true);
  });

  test("the button of the filters leads to the results that are there already", async ({ portal, page }) => {
    test.skip(!portal.isPhone, "there is no sheet");
    const results = new Results(page);
    await portal.visit("/suche");
    const stayed = await alive(page);
    await results.openFilters();
    await results.filter("Angebotsart", "Tagespflege").check();
    await page.waitForURL(/art=tagespflege/);
    await results.showButton.click();
    await expect(results.showButton).toBeHidden();
    await expect(results.sentence).toBeInViewport();
    expect(await stayed()).toBe(true);
  });

  test("when the server is away a filter is an ordinary form", async ({ portal, page }) => {
    const results = new Results(page);
    await portal.visit("/suche");
    await alive(page);
    portal.expectFailure("/suche?art=tagespflege");
    await page.route(/\/suche\?/, (route) => (route.request().isNavigationRequest() ? route.continue() : route.abort("failed")));
    await results.openFilters();
    await results.filter("Angebotsart", "Tagespflege").click({ noWaitAfter: true });
    await page.waitForURL(/art=tagespflege/);
    await expect(results.names).toHaveCount(3);
  });

  test("what is near is asked for on request only, rounded, and in no address", async ({ portal, page, context }) => {
    await context.grantPermissions(["geolocation"]);
    await context.setGeolocation({ latitude: 53.4220001, longitude: 11.8430009 });
    const asked: string[] = [];
    page.on("request", (request) => {
      const position = request.headers()["device-position"];
      if (position) asked.push(position);
    });
    const results = new Results(page);
    await portal.visit("/suche?q=Apotheke&ort=Birkhagen");
    await alive(page);
    await expect(near(page)).toBeVisible();
    expect(asked).toEqual([]);
    await near(page).click();
    await page.waitForURL(/\/suche\?q=Apotheke&sort=entfernung$/);
    await expect(results.sentence).toHaveText(/3 Einrichtungen mit Apotheken? in Ihrer Nähe/);
    expect(asked).toEqual(["53.422,11.843"]);
    await expect(page.getByLabel("Ort oder PLZ")).toHaveValue("");
    await expect(results.facility("Adler-Apotheke").first()).toBeVisible();
    await expect(results.names.first()).toHaveText("Adler-Apotheke");
    await audit(page, "light");
    // It stays while filters change, and comes back with the history.
    await results.openFilters();
    await page.getByLabel("Umkreis").selectOption("5");
    await page.waitForURL(/umkreis=5/);
    await expect(results.sentence).toHaveText(/im Umkreis von 5 km um Ihren Standort/);
    const mail = decodeURIComponent((await share(page).getByRole("link", { name: "Per E-Mail senden" }).getAttribute("href")) ?? "");
    expect(mail).not.toMatch(/53[.,]42|11[.,]84/);
    await results.names.first().click();
    await page.waitForURL(/\/einrichtung\//);
    await page.goBack();
    await expect(results.sentence).toHaveText(/um Ihren Standort/);
    await results.chip("In meiner Nähe").click();
    await expect(results.sentence).not.toHaveText(/Standort|Nähe/);
    await expect(results.chip("In meiner Nähe")).toHaveCount(0);
  });

  test("who does not want to say where they are is told what to do", async ({ portal, page, context }) => {
    await context.clearPermissions();
    await portal.visit("/suche?q=Apotheke");
    await alive(page);
    await near(page).click();
    await expect(page.getByRole("status").filter({ hasText: "Geben Sie stattdessen einen Ort" })).toHaveCount(1);
    expect(page.url()).toMatch(/\/suche\?q=Apotheke$/);
  });

  test("the link is copied", async ({ portal, page, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await portal.visit("/suche?q=Apotheke");
    await alive(page);
    await share(page).getByRole("button", { name: "Link kopieren" }).click();
    await expect(page.getByText("Der Link ist kopiert.")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/suche\?q=Apotheke$/);
  });
});
