import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Page } from "@playwright/test";
import { enterAsAdministrator } from "../support/account";
import { expect, test, type Session } from "../support/portal";
import { Results } from "../support/results";

// All projects share one county: each shows pictures of an entry of its own, which no other specification changes, and
// what it adds is a word of its own.
const ENTRIES = {
  phone: "DRK Sozialstation Auenstadt",
  "phone without JavaScript": "Diakonie-Sozialstation Lindenrode",
  desktop: "Hausarztpraxis am Markt",
  "desktop without JavaScript": "Linden-Apotheke",
};

let county: Session;

// The stories of a project follow each other, so that somebody signs in once: attempts are counted.
test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await enterAsAdministrator(page);
  county = await page.context().storageState();
  await page.context().close();
});

// The desk of the county looks the same at every width but for its tables: these two see all that differs.
const DESKS = ["phone", "desktop without JavaScript"];
const onTwoDesks = (project: string) => test.skip(!DESKS.includes(project), "looks the same on the others");

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const status = (page: Page) => page.getByRole("status").first();

test("the county teaches the search a word, and sees before what it would find", async ({ page: citizen, portal, meet }, info) => {
  onTwoDesks(info.project.name);
  test.slow();
  const word = `quirlhaus${randomUUID().replace(/[^a-f]/g, "")}`;
  const office = await meet(county);
  const { page } = office;
  await office.open("/kreis/woerter");
  await page.getByLabel("Was versteht die Suche unter").fill("Altersheim");
  await button(page, "Nachsehen").click();
  await expect(page.getByRole("region", { name: "„Altersheim“" })).toContainText("Vollstationäre Pflege");
  await office.audit();
  await office.follow(page.getByRole("link", { name: "Wörter hinzufügen" }), "/kreis/woerter/neu");
  office.expectFailure("/kreis/woerter/neu");
  await button(page, "Speichern").click();
  await expect(page).toHaveTitle(/^Fehler: /);
  await office.audit("wrong");
  await page.getByLabel("Wörter", { exact: true }).fill(word);
  await page.getByLabel("Tagespflege", { exact: true }).check();
  await button(page, "Vorschau").click();
  const preview = page.getByRole("region", { name: "Vorschau" });
  await expect(preview.getByRole("row").filter({ hasText: word })).toContainText("Haus am Auenpark");
  await office.audit("preview");
  await portal.visit(`/suche?q=${word}`);
  await expect(new Results(citizen).facility("Haus am Auenpark")).toHaveCount(0);
  await button(page, "Speichern").click();
  await expect(page.getByRole("listitem").filter({ hasText: word })).toContainText("Tagespflege");
  await expect(async () => {
    await portal.visit(`/suche?q=${word}`);
    await expect(new Results(citizen).facility("Haus am Auenpark").first()).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 30_000 });
});

test("names of care types and specialisms are looked at before they change", async ({ meet }, info) => {
  onTwoDesks(info.project.name);
  test.slow();
  const office = await meet(county);
  const { page } = office;
  await office.open("/kreis/angebotsarten");
  await office.follow(page.getByRole("link", { name: "Tagespflege", exact: true }), /\/tagespflege$/);
  await page.getByLabel("Name", { exact: true }).fill("Tagestreff");
  await button(page, "Vorschau").click();
  await expect(page.getByRole("region", { name: "Vorschau" }).getByRole("row").nth(1)).toContainText("Tagestreff");
  await office.audit("preview");
  await office.open("/kreis/angebotsarten/neu");
  await office.open("/kreis/schwerpunkte");
  await office.open("/kreis/schwerpunkte/demenz");
});

test("a table is tried, and nothing is written unless somebody wants it", async ({ meet }, info) => {
  onTwoDesks(info.project.name);
  test.slow();
  const office = await meet(county);
  const { page } = office;
  await office.open("/kreis/import");
  office.expectFailure("/kreis/import");
  await button(page, "Prüfen, ohne zu schreiben").click();
  await expect(page).toHaveTitle(/^Fehler: /);
  await office.audit("wrong");
  const [head, first] = readFileSync(fileURLToPath(new URL("../county/county.csv", import.meta.url)), "utf8").split("\n");
  const table = `${head}\n${first}\nX1;gibt-es-nicht;;;;;;Haus ohne Art;;;;;;;;;;;;;;;;;\n`;
  const mapping = fileURLToPath(new URL("../county/county.toml", import.meta.url));
  await page.getByLabel("Tabelle").setInputFiles({ name: "probe.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.getByLabel("Zuordnung", { exact: true }).selectOption("eigene");
  await page.getByLabel("Eigene Zuordnung", { exact: true }).setInputFiles(mapping);
  await button(page, "Prüfen, ohne zu schreiben").click();
  await page.waitForURL(/\/kreis\/import\/.+$/);
  await expect(page.getByRole("region", { name: /^Abgelehnte Zeilen/ })).toContainText("Zeile 3");
  await office.audit();
  await button(page, "Verwerfen").click();
  await expect(status(page)).toContainText("Es ist nichts geschrieben");
});

test("organizations and sessions are kept by the county", async ({ meet }, info) => {
  onTwoDesks(info.project.name);
  test.slow();
  const name = `Träger ${randomUUID()}`;
  const office = await meet(county);
  const { page } = office;
  await office.open("/kreis/traeger");
  await page.getByText("Träger anlegen", { exact: true }).click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  await button(page, "Anlegen").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await office.audit();
  await page.getByLabel("Telefon").fill("09990 7");
  await button(page, "Speichern").click();
  await expect(status(page)).toBeVisible();
  await office.open("/kreis/sitzungen");
  await page.getByRole("link", { name: "Petra Muster" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Angemeldet: Petra Muster");
  await office.audit();
});

test("a picture comes with words and is seen by citizens once it is approved", async ({ page: citizen, portal, meet }, info) => {
  test.slow();
  const entry = ENTRIES[info.project.name as keyof typeof ENTRIES];
  await portal.visit(`/suche?q=${encodeURIComponent(entry)}`);
  await new Results(citizen).facility(entry).first().click();
  await expect(citizen.getByRole("heading", { level: 1 })).toHaveText(entry);
  const slug = new URL(citizen.url()).pathname.split("/").pop();
  const own = `/redaktion/eintraege/${slug}`;
  const words = `Der Eingang mit der Rampe (${randomUUID()})`;
  const office = await meet(county);
  const { page } = office;
  await office.open(`${own}/bilder`);
  // What a browser makes of a page is a picture, too.
  const picture = await citizen.screenshot();
  const file = { name: "eingang.png", mimeType: "image/png", buffer: picture };
  office.expectFailure(`${own}/bilder/neu`);
  await page.getByLabel("Bild", { exact: true }).setInputFiles(file);
  await button(page, "Bild hochladen").click();
  await expect(page).toHaveTitle(/^Fehler: Bilder/);
  await office.audit("wrong");
  await page.getByLabel("Bild", { exact: true }).setInputFiles(file);
  await page.getByRole("region", { name: "Bild hinzufügen" }).getByLabel("Was ist zu sehen?").fill(words);
  await button(page, "Bild hochladen").click();
  await page.waitForURL(/\/bilder$/);
  await expect(page.getByRole("img", { name: words })).toBeVisible();
  await office.audit("one");
  await office.visit(own);
  await button(page, "Freigeben und veröffentlichen").click();
  await expect(status(page)).toContainText("Veröffentlicht");
  await expect(async () => {
    await portal.visit(`/einrichtung/${slug}`);
    await expect(citizen.getByRole("img", { name: words })).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 15_000 });
  const shown = citizen.getByRole("img", { name: words });
  const answer = await citizen.request.get((await shown.getAttribute("src")) ?? "");
  expect(answer.headers()["content-type"]).toBe("image/jpeg");
  if (portal.hasScripts) {
    await shown.scrollIntoViewIfNeeded();
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  }
  await portal.audit("picture");
});
