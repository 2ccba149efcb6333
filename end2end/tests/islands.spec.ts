import type { Page } from "@playwright/test";
import { expect, test } from "../support/portal";
import { Results } from "../support/results";

function loaded(page: Page): string[] {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  return paths;
}

const isProgram = (path: string) => path.endsWith(".js") || path.endsWith(".wasm");

test.beforeEach(({ portal }) => {
  test.skip(!portal.hasScripts, "islands need scripts");
});

test("a page without islands loads no program", async ({ portal, page }) => {
  const paths = loaded(page);
  await portal.open("/impressum");
  await page.waitForLoadState("networkidle");
  expect(paths.filter(isProgram)).toEqual([]);
});

test("a page with an island loads WebAssembly and the island lives", async ({ portal, page }) => {
  const paths = loaded(page);
  const results = new Results(page);
  await page.goto("/suche?q=Pflege");
  await expect.poll(() => paths.some((path) => path.endsWith(".wasm"))).toBe(true);
  await page.waitForLoadState("networkidle");
  await results.openFilters();
  await results.filter("Angebotsart", "Tagespflege").check();
  // The button counts before anything is sent.
  await expect(results.showButton).toHaveText(/[0-9]+ Einrichtung(en)? anzeigen/);
  const count = Number((await results.showButton.innerText()).match(/[0-9]+/)?.[0]);
  await portal.follow(results.showButton, /art=tagespflege/);
  await expect(results.names).toHaveCount(count);
});
