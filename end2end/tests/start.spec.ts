import { expect, test } from "../support/portal";
import { Results } from "../support/results";

test("the first screen offers the search", async ({ portal, page }) => {
  await portal.open("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
  await expect(page.getByLabel("Was suchen Sie?")).toBeInViewport();
  await expect(page.getByLabel("Ort oder PLZ")).toBeInViewport();
  await expect(page.getByRole("button", { name: "Suchen" })).toBeInViewport();
});

test("a group leads to its offers", async ({ portal, page }) => {
  await portal.open("/");
  await portal.follow(page.getByRole("link", { name: "Pflegeheim und Kurzzeit" }), /\/suche\?.*art=vollstationaere-pflege/);
  await expect(new Results(page).facility("Haus am Auenpark")).toBeVisible();
});

test("a life situation opens a prepared search", async ({ portal, page }) => {
  await portal.open("/");
  await portal.follow(page.getByRole("link", { name: /^Ich brauche eine Pause/ }), /\/suche\?/);
  await expect(new Results(page).facility("Tagespflege Sonnenstube")).toBeVisible();
});

test("urgent help is one tap away", async ({ portal, page }) => {
  await portal.open("/");
  const help = page.getByRole("region", { name: "Schnelle Hilfe" });
  await expect(help.getByRole("link", { name: /^112/ })).toHaveAttribute("href", "tel:112");
});

test("urgent help is within two screens of a phone", async ({ portal, page }) => {
  await portal.visit("/");
  const help = page.getByRole("region", { name: "Schnelle Hilfe" });
  const top = await help.evaluate((element) => element.getBoundingClientRect().top + window.scrollY);
  const screen = page.viewportSize()?.height ?? 0;
  expect(top).toBeLessThan(2 * screen);
});

test("the news of the county are told newest first, and old ones are gone", async ({ portal, page }) => {
  await portal.open("/");
  const news = page.getByRole("region", { name: "Meldungen des Kreises" });
  await expect(news.getByRole("heading", { level: 3 })).toHaveText(["Neuer Kurs für Angehörige", "Sprechstunde im Rathaus"]);
  await portal.follow(news.getByRole("link", { name: "Beratung ansehen" }), /\/suche\?art=pflegestuetzpunkt/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("providers learn how to be listed, and everybody who answers for the portal", async ({ portal, page }) => {
  await portal.open("/");
  const county = page.getByRole("region", { name: "Wer dahintersteht" });
  await expect(county).toContainText("Beispielkreis Auenland");
  await expect(county.getByRole("link", { name: "Internetseite des Landkreises" })).toHaveAttribute("href", "https://auenland.example");
  const providers = page.getByRole("region", { name: "Für Einrichtungen und Dienste" });
  await portal.follow(providers.getByRole("link", { name: /eintragen/ }), /\/mitmachen$/);
  await expect(page.getByRole("heading", { level: 1, name: "Neu im Verzeichnis" })).toBeVisible();
});

test("every life situation opens a search that was prepared", async ({ portal, page }) => {
  await portal.visit("/");
  const links = page.getByRole("region", { name: "Was ist passiert?" }).getByRole("link");
  await expect(links).toHaveCount(6);
  for (const address of await links.evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""))) {
    await portal.visit(address);
    await expect(page.getByRole("heading", { level: 1 })).not.toContainText("Keine Einrichtung");
  }
});

test("the legal pages are reachable from every page", async ({ portal, page }) => {
  for (const name of ["Impressum", "Datenschutz", "Barrierefreiheit", "Leichte Sprache", "Kontakt"]) {
    await portal.open("/");
    await portal.follow(page.getByRole("navigation", { name: "Rechtliches" }).getByRole("link", { name }), /\/[a-z-]+$/);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
});
