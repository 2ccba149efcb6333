import { expect, test } from "../support/portal";
import { Results } from "../support/results";

test("days and weekdays are plain fields that keep what was chosen", async ({ portal, page }) => {
  const results = new Results(page);
  await portal.visit("/suche?art=kurzzeitpflege");
  await results.openFilters();
  const days = page.getByRole("group", { name: "Freier Zeitraum" });
  await days.getByLabel("erster Tag").fill("2030-08-03");
  if (portal.hasScripts) await page.waitForURL(/frei_ab=2030-08-03/);
  await days.getByLabel("letzter Tag").fill("2030-08-16");
  if (portal.hasScripts) await page.waitForURL(/frei_bis=2030-08-16/);
  else await results.showButton.click();
  await expect(results.sentence).toHaveText(/frei vom 3\. bis 16\. August 2030$/);
  // Without scripts it is a new page, with its filters folded on the phone.
  if (!portal.hasScripts) await results.openFilters();
  await expect(days.getByLabel("letzter Tag")).toHaveValue("2030-08-16");
  await portal.follow(results.chip("frei vom 3. bis 16. August 2030"), /\/suche\?art=kurzzeitpflege$/);
});

test("days typed beside a kind of care are a chip", async ({ portal, page }) => {
  await portal.visit("/suche?q=Kurzzeitpflege+14+Tage+ab+3.8.2030");
  await portal.follow(new Results(page).chip("frei vom 3. bis 16. August 2030"), /\/suche\?q=Kurzzeitpflege$/);
});

test("a last day before the first is said, and nothing is listed", async ({ portal, page }) => {
  await portal.visit("/suche?frei_ab=2030-08-16&frei_bis=2030-08-03");
  await expect(page.getByText("Der letzte Tag liegt vor dem ersten.")).toBeVisible();
  await expect(new Results(page).names).toHaveCount(0);
});
