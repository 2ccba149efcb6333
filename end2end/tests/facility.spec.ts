import { expect, test } from "../support/portal";
import { Results } from "../support/results";

test.beforeEach(async ({ portal, page }) => {
  await portal.open("/suche?q=Haus+am+Auenpark");
  await portal.follow(new Results(page).facility("Haus am Auenpark"), /\/einrichtung\//);
});

test("a facility says how to reach it", async ({ page }) => {
  const contact = page.getByRole("region", { name: "Kontakt" });
  await expect(contact.getByRole("link", { name: /Telefon/ })).toHaveAttribute("href", /^tel:\+?[0-9]+$/);
  await expect(contact.getByRole("link", { name: /E-Mail/ })).toHaveAttribute("href", "mailto:aufnahme@haus-am-auenpark.example");
  await expect(contact.getByText("Parkallee 12")).toBeVisible();
  await expect(contact.getByText("19991 Auenstadt")).toBeVisible();
});

test("a facility shows each offer with its light, its places and what it is for", async ({ page }) => {
  const offers = page.getByRole("region", { name: "Angebote" });
  for (const name of ["Vollstationäre Pflege", "Kurzzeitpflege", "Tagespflege"]) {
    await expect(offers.getByText(name).first()).toBeVisible();
  }
  await expect(offers.getByText("keine aktuelle Meldung").first()).toBeVisible();
  await expect(offers.getByText(/64 Plätze/)).toBeVisible();
  await expect(page.getByText("Demenz").first()).toBeVisible();
});

test("what is not known about access is said, not left out", async ({ page }) => {
  const main = page.getByRole("main");
  await expect(main.getByText("Aufzug").first()).toBeVisible();
  await expect(main.getByText(/Polnisch/)).toBeVisible();
});

test("on paper there is the address and nothing to press", async ({ page }) => {
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("heading", { level: 1, name: "Haus am Auenpark" })).toBeVisible();
  await expect(page.getByText("Parkallee 12").first()).toBeVisible();
  await expect(page.getByRole("search")).toHaveCount(0);
  await expect(page.getByRole("contentinfo").getByRole("link", { name: "Impressum" })).toHaveCount(0);
});

test("the week marks today and says each day", async ({ page }) => {
  const hours = page.getByRole("region", { name: "Öffnungszeiten" });
  const weekday = new Intl.DateTimeFormat("de-DE", { weekday: "long", timeZone: "Europe/Berlin" }).format(new Date());
  await expect(hours.getByText(`${weekday} (heute)`)).toBeVisible();
  await expect(hours.getByText("8–13 Uhr")).toBeVisible();
  await expect(page.getByRole("region", { name: "Kontakt" }).getByText(/heute/)).toBeVisible();
});

test("on paper there are the code of the address and the day", async ({ portal, page }) => {
  await page.emulateMedia({ media: "print" });
  const paper = page.getByRole("complementary", { name: "Für den Ausdruck" });
  await expect(paper.getByRole("img", { name: "QR-Code mit der Adresse dieser Seite" })).toBeVisible();
  await expect(paper.getByText(/\/einrichtung\/haus-am-auenpark/)).toBeVisible();
  await expect(paper.getByText(/^Stand der Angaben: /)).toBeVisible();
  if (portal.hasScripts) {
    await expect(page.locator("[data-merken]").first()).toHaveAttribute("role", "button");
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await expect(paper.getByText(/^Gedruckt am [0-9.]+$/)).toBeVisible();
  }
  const file = (await page.pdf({ format: "A4" })).toString("latin1");
  expect(file.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: "screen" });
  await expect(paper).toBeHidden();
});

test("search engines and messengers are told what the page is", async ({ page, request, baseURL }) => {
  const block = await page.locator('script[type="application/ld+json"]').textContent();
  const told = JSON.parse(block ?? "");
  expect(told).toMatchObject({ "@context": "https://schema.org", name: "Haus am Auenpark" });
  expect(told.address.postalCode).toBe("19991");
  const content = (name: string) => page.locator(`meta[property="og:${name}"]`).getAttribute("content");
  expect(await content("title")).toBe("Haus am Auenpark");
  const canonical = await page.locator('link[rel="canonical"]').getAttribute("href");
  expect(await content("url")).toBe(canonical);
  expect(new URL(page.url()).pathname).toBe(new URL(canonical ?? "").pathname);

  const sitemap = await request.get("/sitemap.xml");
  expect(await sitemap.text()).toContain(`<loc>${canonical}</loc>`);
  expect(await (await request.get("/robots.txt")).text()).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
  const search = await page.locator('link[rel="search"]').getAttribute("href");
  const description = await request.get(search ?? "");
  expect(description.headers()["content-type"]).toContain("application/opensearchdescription+xml");
  // Browsers refuse a description that is no XML.
  const wrong = await page.evaluate(
    (text) => new DOMParser().parseFromString(text, "application/xml").querySelectorAll("parsererror").length,
    await description.text(),
  );
  expect(wrong).toBe(0);
});
