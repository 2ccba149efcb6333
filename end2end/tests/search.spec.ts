import { expect, test } from "../support/portal";
import { Results } from "../support/results";

test("from a question to the house that answers it, and to who runs it", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/");
  await page.getByLabel("Was suchen Sie?").fill("Kurzzeitpflege");
  await portal.follow(page.getByRole("button", { name: "Suchen" }), /\/suche\?q=Kurzzeitpflege/);
  await expect(results.sentence).toHaveText(/3 Einrichtungen mit Kurzzeitpflege/);

  await results.openFilters();
  await results.filter("Gemeinde", "Auenstadt").check();
  await portal.follow(results.showButton, /gemeinde=13999001/);
  await expect(results.names).toHaveText(["Haus am Auenpark"]);

  await portal.follow(results.facility("Haus am Auenpark"), /\/einrichtung\/[a-z0-9-]+$/);
  await expect(page.getByRole("heading", { level: 1, name: "Haus am Auenpark" })).toBeVisible();

  await portal.follow(page.getByRole("link", { name: "Diakonie Auenland gGmbH" }), /\/traeger\/[a-z0-9-]+$/);
  await expect(page.getByRole("heading", { level: 1, name: "Diakonie Auenland gGmbH" })).toBeVisible();
  await expect(results.facility("Kurzzeitpflege Seeblick")).toBeVisible();
});

test("a place in the text becomes a chip that can be taken away", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche?q=Tagespflege+Kirchbr%C3%BCck");
  await expect(results.names.first()).toHaveText("Tagespflege am Kirchplatz");
  await expect(results.facility("Tagespflege Sonnenstube")).toHaveCount(0);
  await portal.follow(results.chip("Kirchbrück"), /\/suche\?q=Tagespflege$/);
  await expect(results.facility("Tagespflege Sonnenstube")).toBeVisible();
});

test("what was typed and chosen stays in the form", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche?q=Pflege&ort=Auenstadt&art=tagespflege");
  await expect(page.getByLabel("Was suchen Sie?")).toHaveValue("Pflege");
  await expect(page.getByLabel("Ort oder PLZ")).toHaveValue("Auenstadt");
  await results.openFilters();
  await expect(results.filter("Angebotsart", "Tagespflege")).toBeChecked();
});

test("a chosen filter is removed by its chip", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche?art=apotheke&gemeinde=13999001");
  await expect(results.names).toHaveText(["Adler-Apotheke"]);
  await portal.follow(results.chip("Auenstadt"), /\/suche\?art=apotheke$/);
  await expect(results.names).toHaveCount(3);
});

test("a filter value that does not exist is named, finds nothing and is one click away from results", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche?ampel=blau");
  await expect(page.getByText("Im Filter „Plätze“ gibt es „blau“ nicht.")).toBeVisible();
  await expect(results.names).toHaveCount(0);
  await expect(results.chip("„blau“ (unbekannt)")).toBeVisible();
  await portal.follow(page.getByRole("link", { name: /^Ohne den unbekannten Filter „blau“/ }), /\/suche$/);
  await expect(results.names).toHaveCount(20);
});

test("a long list has pages with addresses of their own", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche");
  await expect(results.names).toHaveCount(20);
  const first = await results.names.allTextContents();
  await portal.follow(page.getByRole("navigation", { name: "Seiten der Ergebnisse" }).getByRole("link", { name: "Seite 2" }), /seite=2/);
  await expect(results.names.first()).toBeVisible();
  const second = await results.names.allTextContents();
  expect(second.filter((name) => first.includes(name))).toEqual([]);
  await portal.follow(page.getByRole("link", { name: "Zurück" }), /\/suche/);
  await expect(results.names).toHaveText(first);
});

test("sorting by name is an address, too", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.open("/suche?art=hausarzt&sort=name");
  const names = await results.names.allTextContents();
  expect(names).toHaveLength(4);
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, "de")));
});

test("a search without result says what to do next", async ({ portal, page }) => {
  await portal.open("/suche?q=Xylophonstimmerei");
  await expect(new Results(page).names).toHaveCount(0);
  const next = page.getByRole("region", { name: "So geht es weiter" }).or(page.locator("section.nothing"));
  await expect(next.first().getByRole("link").first()).toBeVisible();
});

test("a light that nobody reported is grey and says so", async ({ portal, page }) => {
  await portal.open("/suche?art=kurzzeitpflege");
  const card = page.getByRole("article").filter({ hasText: "Kurzzeitpflege Seeblick" });
  await expect(card.getByText("keine aktuelle Meldung")).toBeVisible();
  await expect(card.getByText("12 Plätze")).toBeVisible();
});
