import { randomUUID } from "node:crypto";
import { type Page } from "@playwright/test";
import { addAccount, PASSWORD, totp } from "../support/account";
import { letterTo, linkIn } from "../support/post";
import { expect, test } from "../support/portal";

const NEW = "Vier ganz andere Worte";
const HEADING = { level: 1 };

async function signIn(page: Page, email: string, password: string) {
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel("Passwort").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Anmelden" }).click();
}

async function signOut(page: Page) {
  await page.getByRole("button", { name: "Abmelden", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);
}

test("the county invites who leads a house, who loses the password, and finds back in", async ({ portal, page }) => {
  // A long story, and passwords are hashed six times.
  test.slow();
  const administrator = addAccount("administrator");
  const guest = `${randomUUID()}@haus.example`;
  await portal.visit("/anmelden");
  portal.expectSignIn();
  await signIn(page, administrator, PASSWORD);
  await expect(page).toHaveURL(/zweiter-schritt$/);
  const secret = ((await page.locator(".account__secret").textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("Code aus der App").fill(totp(secret));
  await page.getByLabel("Ihr Passwort").fill(PASSWORD);
  await page.getByRole("button", { name: "Einrichten" }).click();
  await page.getByRole("link", { name: "Ich habe sie aufbewahrt" }).click();

  await portal.follow(page.getByRole("link", { name: "Zum Bereich des Landkreises" }), /\/kreis$/);
  await portal.follow(page.getByRole("link", { name: "Personen des Landkreises" }), /\/kreis\/personen$/);
  await portal.visit("/kreis");
  await portal.follow(page.getByRole("link", { name: /^Personen ?: / }).first(), /\/redaktion\/.*\/team$/);
  const team = page.url();
  const title = await page.getByRole("heading", HEADING).textContent();
  portal.expectFailure(team);
  await page.getByLabel("E-Mail-Adresse").fill("niemand@nirgends");
  await page.getByLabel(/^Leitung/).check();
  await page.getByRole("button", { name: "Einladung schicken" }).click();
  await expect(page).toHaveTitle(/^Fehler/);
  await expect(page.getByLabel(/^Leitung/)).toBeChecked();
  await portal.audit("wrong");
  await page.getByLabel("E-Mail-Adresse").fill(guest);
  await page.getByRole("button", { name: "Einladung schicken" }).click();
  await expect(page.getByRole("status")).toHaveText("Die Einladung ist unterwegs.");
  await expect(page.getByText(guest, { exact: true })).toBeVisible();
  await portal.audit("invited");
  await portal.visit("/konto");
  await signOut(page);

  await portal.visit(linkIn(await letterTo(guest)));
  await expect(page.getByRole("heading", HEADING)).toHaveText("Ihre Einladung");
  await portal.audit();
  await page.getByLabel("Ihr Name").fill("Anna Neu");
  await page.getByLabel("Passwort").fill(PASSWORD);
  await page.getByRole("button", { name: "Konto anlegen" }).click();
  await expect(page.getByRole("status")).toContainText("Sie sind dabei");
  await signIn(page, guest, PASSWORD);
  await portal.follow(page.getByRole("link", { name: "Zu Ihren Einrichtungen" }), /\/redaktion$/);
  await portal.follow(page.getByRole("link", { name: /^Personen ?: / }), team);
  await expect(page.getByRole("heading", HEADING)).toHaveText(title ?? "");
  await portal.follow(page.getByRole("link", { name: /^Rolle ändern ?: Anna Neu/ }).first(), /\/team\/[0-9a-f-]+$/);
  await portal.visit("/kreis", 404);
  await portal.visit("/konto");
  await signOut(page);

  await portal.visit("/anmelden");
  await portal.follow(page.getByRole("link", { name: "Passwort vergessen?" }), "/passwort-vergessen");
  await page.getByLabel("E-Mail-Adresse").fill(guest);
  await page.getByRole("button", { name: "Link schicken" }).click();
  await expect(page.getByRole("heading", HEADING)).toHaveText("Bitte sehen Sie in Ihr Postfach");
  await portal.audit("sent");
  const link = linkIn(await letterTo(guest, 2));
  await portal.visit(link);
  await portal.audit();
  await page.getByLabel("Neues Passwort").fill(NEW);
  await page.getByRole("button", { name: "Passwort speichern" }).click();
  await expect(page.getByRole("status")).toContainText("Ihr neues Passwort gilt");
  await signIn(page, guest, NEW);
  await expect(page.getByText("Anna Neu")).toBeVisible();
  await portal.visit(link, 410);
  await expect(page.getByRole("heading", HEADING)).toHaveText("Dieser Link gilt nicht mehr");
  await portal.audit();
});
