import { expect, test } from "../support/portal";
import { Results } from "../support/results";

const ADDRESSES = [
  "/",
  "/suche",
  "/suche?q=Kurzzeitpflege&ort=Auenstadt",
  "/suche?ansicht=karte",
  "/suche?ampel=blau",
  "/merkliste",
  "/impressum",
  "/barrierefreiheit",
  "/leichte-sprache",
  "/anmelden",
];

/** How far the page can be scrolled sideways. */
const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

// WCAG 1.4.10: 1280 px at 400 % are 320 px.
for (const address of ADDRESSES) {
  test(`${address} reflows at 320 px`, async ({ portal, page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await portal.open(address);
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
  });
}

test("a facility reflows at 320 px", async ({ portal, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await portal.open("/suche?q=Haus+am+Auenpark");
  await portal.follow(new Results(page).facility("Haus am Auenpark"), /\/einrichtung\//);
  expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
});

// DESIGN: targets of at least 44 px; links inside a sentence are exempt (WCAG 2.5.8).
test("what is pressed is large enough", async ({ portal, page }) => {
  await portal.open("/suche?q=Kurzzeitpflege");
  for (const target of [page.getByRole("button", { name: "Suchen" }), page.getByRole("link", { name: /^Anrufen/ })]) {
    const box = await target.first().boundingBox();
    expect(box?.height).toBeGreaterThanOrEqual(44);
  }
});
