import { expect, test } from "../support/portal";

const SCRIPT = "<script>alert(1)</script>";
const HOSTILE = [
  `q=${encodeURIComponent(SCRIPT)}`,
  `ort=${encodeURIComponent(`"><img src=x onerror=alert(1)>`)}`,
  `q=${encodeURIComponent("</textarea></title>" + SCRIPT)}`,
  `art=${encodeURIComponent(SCRIPT)}&gemeinde=${encodeURIComponent("' OR 1=1 --")}&ampel=lila`,
  `umkreis=-5&seite=99999999999999999999&sort=%00&geoeffnet=${encodeURIComponent(SCRIPT)}`,
  "q=%ZZ%F0%28%8C&&&=&ort=%E2%80%AE",
  `q=${"a".repeat(4000)}`,
  `q=${encodeURIComponent("AND OR NOT ( \" * ~9 [a TO b] ^")}`,
];

for (const query of HOSTILE) {
  test(`a hostile search stays text: ${query.slice(0, 60)}`, async ({ portal, page }) => {
    await portal.visit(`/suche?${query}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("main script, main img, main iframe")).toHaveCount(0);
    expect(await page.locator("script").count()).toBeLessThanOrEqual(1);
  });
}
