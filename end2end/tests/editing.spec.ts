import { randomUUID } from "node:crypto";
import { type Browser, type Page } from "@playwright/test";
import { enterAsAdministrator, PASSWORD, signIn } from "../support/account";
import { letterTo, linkIn } from "../support/post";
import { expect, test, type Session } from "../support/portal";
import { Results } from "../support/results";

// All projects share one county: each changes entries of its own, which no other specification counts or reads. What
// is public is changed and never added, so that the numbers of results stay what they are.
const STAGES = {
  phone: {
    entry: "Pflegedienst Morgenrot",
    organization: "Morgenrot Pflege GmbH",
    unclaimed: "Zahnarztpraxis Brückenstraße",
  },
  "phone without JavaScript": {
    entry: "Krankenhaus Auenstadt",
    organization: "Kliniken Auenland gGmbH",
    unclaimed: "Physiotherapie im Hof",
  },
  desktop: {
    entry: "Betreutes Wohnen Am Anger",
    organization: "Wohnungsgenossenschaft Auenstadt eG",
    unclaimed: "Physiotherapie Kirchbrück",
  },
  "desktop without JavaScript": {
    entry: "Pflegeheim Birkenblick",
    organization: "Birkenblick Pflege GmbH",
    unclaimed: "Betreutes Wohnen Bruchwiesen",
  },
};
type Stage = (typeof STAGES)[keyof typeof STAGES];

/** Somebody who edits, with the window in which they have signed in. */
interface Editor {
  email: string;
  session: Session;
}

let stage: Stage;
let county: Session;
let anna: Editor;
let paul: Editor;

// The stories of a project follow each other, so that its people sign in once: attempts are counted.
test.describe.configure({ mode: "default" });

test.beforeAll(async ({ browser }, info) => {
  stage = STAGES[info.project.name as keyof typeof STAGES];
  const page = await (await browser.newContext()).newPage();
  await enterAsAdministrator(page);
  anna = await invite(browser, page, "Anna Neu");
  paul = await invite(browser, page, "Paul Alt");
  county = await page.context().storageState();
  await page.context().close();
});

/** Takes an invitation and signs in. */
async function accept(page: Page, link: string, name: string) {
  await page.goto(link);
  await page.getByLabel("Ihr Name").fill(name);
  await page.getByLabel("Passwort").fill(PASSWORD);
  await page.getByRole("button", { name: "Konto anlegen" }).click();
  await expect(page.getByRole("status")).toContainText("Sie sind dabei");
}

/** The county invites somebody to edit for the organization of this project. */
async function invite(browser: Browser, page: Page, name: string): Promise<Editor> {
  const email = `${randomUUID()}@haus.example`;
  await page.goto("/kreis");
  await page.getByRole("link", { name: new RegExp(`^Personen ?: ${stage.organization}$`) }).click();
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel(/^Redaktion/).check();
  await page.getByRole("button", { name: "Einladung schicken" }).click();
  await expect(page.getByRole("status")).toHaveText("Die Einladung ist unterwegs.");
  const context = await browser.newContext();
  const guest = await context.newPage();
  await accept(guest, linkIn(await letterTo(email)), name);
  await signIn(guest, email);
  await expect(guest).toHaveURL(/\/konto$/);
  const session = await context.storageState();
  await context.close();
  return { email, session };
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const status = (page: Page) => page.getByRole("status").first();
const row = (page: Page, label: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: label, exact: true }) });
/** What waits for the county, by the entry that it is about. */
const waiting = (page: Page, entry: string, kind: string) =>
  page
    .getByRole("region", { name: "Zu entscheiden" })
    .getByRole("listitem")
    .filter({ hasText: kind })
    .getByRole("link", { name: entry, exact: true });

/** The public page of an entry, found as citizens find it; answers its path. */
async function find(page: Page, name: string): Promise<string> {
  await page.goto(`/suche?q=${encodeURIComponent(name)}`);
  await new Results(page).facility(name).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  return new URL(page.url()).pathname;
}

test("a draft is mended, comes back with a reason, is approved and found", async ({ portal, page: citizen, meet }) => {
  test.slow();
  const { entry } = stage;
  // A word that no other entry has.
  const word = `Quittengarten${randomUUID().replace(/[^a-f]/g, "")}`;
  const path = await find(citizen, entry);

  const editor = await meet(anna.session);
  const { page } = editor;
  await editor.open("/redaktion");
  await editor.follow(page.getByRole("link", { name: entry, exact: true }), /\/redaktion\/eintraege\/[^/]+$/);
  const own = page.url();
  await editor.follow(page.getByRole("link", { name: "Grunddaten" }), `${own}/grunddaten`);
  const postcode = await page.getByLabel("Postleitzahl").inputValue();
  await page.getByLabel("Postleitzahl").fill("12");
  await page.getByLabel("Beschreibung").fill(`Mit <b>Hof</b> & ${word}.\n\nZweiter Absatz.`);
  editor.expectFailure(`${own}/grunddaten`);
  await button(page, "Speichern").click();
  await expect(page).toHaveTitle(/^Fehler: Grunddaten/);
  await expect(page.getByLabel("Postleitzahl")).toHaveValue("12");
  await expect(page.getByLabel("Postleitzahl")).toHaveAccessibleDescription(/fünf Ziffern/);
  await expect(page.getByLabel("Beschreibung")).toHaveValue(`Mit <b>Hof</b> & ${word}.\n\nZweiter Absatz.`);
  await editor.audit("wrong");
  await page.getByRole("alert").getByRole("link").click();
  await expect(page.getByLabel("Postleitzahl")).toBeFocused();
  await page.getByLabel("Postleitzahl").fill(postcode);
  await button(page, "Speichern").click();
  await expect(status(page)).toContainText("Gespeichert. Es ist ein Entwurf");
  await editor.audit("draft");

  await editor.follow(page.getByRole("link", { name: "Vorschau und Vergleich" }), `${own}/vorschau`);
  await expect(page.getByRole("rowheader")).toHaveText(["Beschreibung"]);
  await expect(row(page, "Beschreibung")).toContainText(`Mit <b>Hof</b> & ${word}.`);
  await editor.follow(page.getByRole("link", { name: "Als fertige Seite ansehen" }), `${own}/ansicht`);
  await expect(page.getByRole("main")).toContainText(word);
  await editor.visit(own);
  await page.getByLabel("Nachricht an den Landkreis").fill("Der Garten ist neu.");
  await button(page, "Beim Landkreis einreichen").click();
  await expect(status(page)).toContainText("Eingereicht.");
  await expect(page.getByRole("link", { name: "Grunddaten" })).toHaveCount(0);
  await editor.audit("submitted");

  const office = await meet(county);
  await office.visit("/kreis");
  await office.audit(randomUUID());
  await office.follow(waiting(office.page, entry, "Änderung"), /\/kreis\/pruefen\/[^/]+$/);
  await expect(office.page.getByText("Der Garten ist neu.")).toBeVisible();
  office.expectFailure(office.page.url());
  await button(office.page, "Zurückgeben").click();
  await expect(office.page).toHaveTitle(/^Fehler: Prüfen/);
  await expect(office.page.getByLabel("Grund oder Nachricht")).toHaveAccessibleDescription(/was anders werden soll/);
  await office.audit("wrong");
  await office.page.getByLabel("Grund oder Nachricht").fill("Bitte keine Zeichen aus dem Netz.");
  await button(office.page, "Zurückgeben").click();
  await expect(status(office.page)).toContainText("Zurückgegeben.");

  expect(await letterTo(anna.email, 2)).toContain("Bitte keine Zeichen aus dem Netz.");
  await editor.visit("/redaktion");
  const todo = page.getByRole("region", { name: "Jetzt zu tun" });
  await expect(todo).toContainText("Bitte keine Zeichen aus dem Netz.");
  await editor.audit("returned");
  await todo.getByRole("link", { name: entry }).click();
  await expect(page.getByText("Der Landkreis hat den Entwurf zurückgegeben:")).toBeVisible();
  await expect(page.getByText("Bitte keine Zeichen aus dem Netz.")).toBeVisible();
  await editor.audit("returned");
  await page.getByRole("link", { name: "Grunddaten" }).click();
  await page.getByLabel("Beschreibung").fill(`Mit Hof und ${word}.`);
  await button(page, "Speichern").click();
  await expect(status(page)).toContainText("Gespeichert.");
  await button(page, "Beim Landkreis einreichen").click();
  await expect(status(page)).toContainText("Eingereicht.");
  await portal.visit(path);
  await expect(citizen.getByText(word)).toHaveCount(0);

  await office.visit("/kreis");
  await waiting(office.page, entry, "Änderung").click();
  await expect(row(office.page, "Beschreibung")).toContainText(`Mit Hof und ${word}.`);
  await button(office.page, "Freigeben").click();
  await expect(status(office.page)).toContainText("Freigegeben.");
  await expect(waiting(office.page, entry, "Änderung")).toHaveCount(0);

  await expect(async () => {
    await portal.visit(path);
    await expect(citizen.getByText(`Mit Hof und ${word}.`)).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 15_000 });
  await portal.audit("approved");
  await expect(async () => {
    await portal.visit(`/suche?q=${word}`);
    await expect(new Results(citizen).names).toHaveText([entry], { timeout: 100 });
  }).toPass({ timeout: 15_000 });
  await editor.open(`${own}/verlauf`);
  await expect(page.getByText("Geändert: Beschreibung")).toBeVisible();
});

test("a citizen reports an error without a cookie, and the county handles it", async ({ portal, page, context, meet }) => {
  test.slow();
  const text = `Die Nummer ist falsch (${randomUUID()}).`;
  const path = await find(page, stage.entry);
  await portal.follow(page.getByRole("link", { name: "Fehler melden" }), `${path}/hinweis`);
  portal.expectFailure(`${path}/hinweis`);
  await page.getByLabel("Ihr Name").fill("Erika Beispiel");
  await button(page, "Absenden").click();
  await expect(page).toHaveTitle(/^Fehler: Fehler melden/);
  await expect(page.getByLabel("Ihr Name")).toHaveValue("Erika Beispiel");
  await portal.audit("wrong");
  await page.getByLabel("Was stimmt nicht?").fill(text);
  await button(page, "Absenden").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Danke, das ist angekommen");
  await portal.audit("sent");
  expect(await context.cookies()).toEqual([]);

  const office = await meet(county);
  await office.visit("/kreis");
  await office.follow(waiting(office.page, stage.entry, "Hinweis"), /\/kreis\/hinweise\/[^/]+$/);
  await expect(office.page.getByText(text)).toBeVisible();
  const notice = office.page.url();
  await button(office.page, "Erledigt").click();
  await expect(status(office.page)).toBeVisible();
  await expect(waiting(office.page, stage.entry, "Hinweis")).toHaveCount(0);
  await office.follow(office.page.getByRole("link", { name: "Erledigte Hinweise und Anträge" }), "/kreis/hinweise");
  const handled = office.page.getByRole("listitem").filter({ hasText: stage.entry });
  await expect(handled.filter({ hasText: "bearbeitet" }).first()).toBeVisible();
  await office.visit(notice);
  await expect(office.page.getByText("bearbeitet von Petra Muster.")).toBeVisible();
  await expect(button(office.page, "Erledigt")).toHaveCount(0);
});

test("whoever claims an entry is invited, and keeps it from then on", async ({ portal, page, meet }) => {
  test.slow();
  const { unclaimed } = stage;
  const guest = `${randomUUID()}@praxis.example`;
  const organization = `Praxis ${randomUUID()}`;
  const path = await find(page, unclaimed);
  await portal.follow(page.getByRole("link", { name: "Eintrag selbst pflegen" }), `${path}/uebernehmen`);
  await page.getByLabel("Name Ihres Trägers").fill(organization);
  await page.getByLabel("Woran können wir sehen").fill("Ich leite das Haus.");
  await page.getByLabel("Ihr Name").fill("Nora Nahe");
  await page.getByLabel("Ihre E-Mail-Adresse").fill(guest);
  await button(page, "Absenden").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Danke, das ist angekommen");

  const office = await meet(county);
  await office.visit("/kreis");
  await office.follow(waiting(office.page, unclaimed, "Antrag"), /\/kreis\/hinweise\/[^/]+$/);
  await expect(office.page.getByText(organization)).toBeVisible();
  await button(office.page, "Annehmen und Leitung einladen").click();
  await expect(status(office.page)).toContainText("Erledigt.");

  // An answer and an invitation, in any order.
  const letters = [await letterTo(guest, 2), await letterTo(guest)];
  const invitation = letters.find((letter) => letter.includes("/einladung/")) ?? "";
  await accept(page, linkIn(invitation), "Nora Nahe");
  portal.expectSignIn();
  await signIn(page, guest);
  await portal.follow(page.getByRole("link", { name: "Zu Ihren Einrichtungen" }), /\/redaktion$/);
  await expect(page.getByRole("heading", { level: 2, name: organization })).toBeVisible();
  await portal.follow(page.getByRole("link", { name: unclaimed, exact: true }), /\/redaktion\/eintraege\/[^/]+$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(unclaimed);
});

test("a new entry needs a place and an offer, and two who edit it at once decide", async ({ meet }) => {
  test.slow();
  const name = `Tagespflege ${randomUUID()}`;
  const [mine, other] = [await meet(anna.session), await meet(paul.session)];
  const { page } = mine;
  await mine.visit("/redaktion");
  await mine.follow(page.getByRole("link", { name: /^Einrichtung hinzufügen ?: / }), /\/redaktion\/.+$/);
  await page.getByLabel("Name der Einrichtung").fill(name);
  await button(page, "Entwurf anlegen").click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  const own = page.url();
  await page.getByRole("link", { name: "Grunddaten" }).click();
  await page.getByLabel("Telefon").fill("09990 100");
  await button(page, "Speichern").click();
  mine.expectFailure(`${own}/einreichen`);
  await button(page, "Beim Landkreis einreichen").click();
  const missing = page.getByRole("alert").filter({ hasText: "Das fehlt noch" });
  await expect(missing.getByRole("link")).toHaveCount(2);
  await mine.audit("missing");
  await mine.follow(missing.getByRole("link", { name: /^Es fehlt ein Angebot/ }), /\/redaktion\/eintraege\/[^/]+\/[^/]+$/);
  await page.getByLabel("Was wird angeboten?").selectOption({ label: "Tagespflege" });
  await page.getByLabel("Plätze insgesamt").fill("14");
  await button(page, "Speichern").click();
  await expect(page.getByRole("region", { name: "Angebote" })).toContainText("14 Plätze");

  await mine.visit(`${own}/grunddaten`);
  await other.visit(`${own}/grunddaten`);
  await page.getByLabel("Gemeinde").selectOption({ label: "Birkhagen" });
  await page.getByLabel("Telefon").fill("09990 111");
  await button(page, "Speichern").click();
  await expect(status(page)).toContainText("Gespeichert.");
  other.expectFailure(`${own}/grunddaten`);
  await other.page.getByLabel("Gemeinde").selectOption({ label: "Lindenrode" });
  await other.page.getByLabel("Telefon").fill("09990 222");
  await button(other.page, "Speichern").click();
  const conflict = other.page.getByRole("alert").filter({ hasText: "Jemand anderes hat inzwischen gespeichert" });
  await expect(row(other.page, "Telefon")).toContainText("09990 111");
  await expect(row(other.page, "Telefon")).toContainText("09990 222");
  await expect(conflict).toContainText("Birkhagen");
  await expect(other.page.getByLabel("Telefon")).toHaveValue("09990 222");
  await other.audit("conflict");
  await button(other.page, "Meine Fassung speichern").click();
  await expect(status(other.page)).toContainText("Gespeichert.");

  await mine.visit(`${own}/grunddaten`);
  await expect(page.getByLabel("Telefon")).toHaveValue("09990 222");
  await expect(page.getByLabel("Gemeinde")).toContainText("Lindenrode");
  await mine.visit(own);
  await button(page, "Beim Landkreis einreichen").click();
  await expect(status(page)).toContainText("Eingereicht.");
  // Nothing of it becomes public: other specifications count what is.
  await button(page, /^Zurückholen/).click();
  await page.getByText("Eintrag löschen", { exact: true }).click();
  await button(page, /^Ja, Eintrag löschen/).click();
  await page.waitForURL(/\/redaktion$/);
  await expect(page.getByRole("link", { name, exact: true })).toHaveCount(0);
});
