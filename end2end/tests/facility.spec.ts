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
