import { expect, test } from "../support/portal";
import { Results } from "../support/results";

for (const address of ["/gibt-es-nicht", "/einrichtung/gibt-es-nicht", "/traeger/gibt-es-nicht"]) {
  test(`${address} says that there is nothing and searches on`, async ({ portal, page }) => {
    await portal.open(address, 404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Diese Seite gibt es nicht");
    await page.getByLabel("Was suchen Sie?").fill("Apotheke");
    await portal.follow(page.getByRole("button", { name: "Suchen" }), /\/suche\?q=Apotheke/);
    await expect(new Results(page).names).toHaveCount(3);
  });
}
