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

test("the legal pages are reachable from every page", async ({ portal, page }) => {
  for (const name of ["Impressum", "Datenschutz", "Barrierefreiheit", "Leichte Sprache", "Kontakt"]) {
    await portal.open("/");
    await portal.follow(page.getByRole("navigation", { name: "Rechtliches" }).getByRole("link", { name }), /\/[a-z-]+$/);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  }
});
