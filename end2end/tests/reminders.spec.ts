import { enterAsAdministrator } from "../support/account";
import { expect, test, type Session } from "../support/portal";

let county: Session;

test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browser }) => {
  const page = await (await browser.newContext()).newPage();
  await enterAsAdministrator(page);
  county = await page.context().storageState();
  await page.context().close();
});

test("the county sees who has never reported, and what it types wrong stays", async ({ meet }) => {
  const office = await meet(county);
  const { page } = office;
  await office.visit("/kreis");
  await office.follow(page.getByRole("link", { name: /nicht gemeldet/ }), "/kreis/meldungen");
  await office.follow(page.getByRole("link", { name: "Noch nie gemeldet" }), /zeigen=nie$/);
  await office.follow(page.getByRole("link", { name: /^Zurückstellen/ }).first(), /\/spaeter$/);
  office.expectFailure(page.url());
  await page.getByLabel("Erinnern am").fill("2020-01-01");
  await page.getByLabel("Notiz").fill("Niemand da");
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page).toHaveTitle(/^Fehler: /);
  await expect(page.getByLabel("Notiz")).toHaveValue("Niemand da");
  await office.audit("wrong");
});

test("somebody makes a pause, and the form still shows it", async ({ meet }) => {
  const desk = await meet(county);
  const { page } = desk;
  await desk.open("/konto/erinnerungen");
  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Bevor eine Meldung abläuft").uncheck();
  await page.getByLabel("Pause bis einschließlich").fill(day);
  await page.getByRole("button", { name: "Speichern" }).click();
  await expect(page.getByRole("status")).toHaveText("Gespeichert.");
  await expect(page.getByLabel("Bevor eine Meldung abläuft")).not.toBeChecked();
  await expect(page.getByLabel("Pause bis einschließlich")).toHaveValue(day);
});
