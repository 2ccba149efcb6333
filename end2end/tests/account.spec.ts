import { type Page } from "@playwright/test";
import { addAccount, PASSWORD, totp } from "../support/account";
import { expect, test } from "../support/portal";

async function fill(page: Page, email: string, password: string) {
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel("Passwort").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Anmelden" }).click();
}

test("somebody of the county signs in for the first time, and again with a code", async ({ portal, page }) => {
  const email = addAccount("editor");
  await portal.open("/");
  await portal.follow(page.getByRole("main").getByRole("link", { name: "Anmelden" }), "/anmelden");
  portal.expectSignIn();
  await fill(page, email, PASSWORD);
  await expect(page).toHaveURL(/\/konto\/zweiter-schritt$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Zweiten Schritt einrichten");
  await portal.audit();
  const secret = ((await page.locator(".account__secret").textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("Code aus der App").fill(totp(secret));
  await page.getByLabel("Ihr Passwort").fill(PASSWORD);
  await page.getByRole("button", { name: "Einrichten" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ihre Ersatzcodes");
  await portal.audit("codes");
  const codes = await page.locator(".account__codes code").allTextContents();
  expect(codes).toHaveLength(10);
  await portal.follow(page.getByRole("link", { name: "Ich habe sie aufbewahrt" }), /\/konto$/);
  await expect(page.getByText("Redaktion des Landkreises")).toBeVisible();
  await page.getByRole("button", { name: "Abmelden", exact: true }).click();
  await expect(page).toHaveURL(/\/$/);

  await portal.visit("/konto");
  await expect(page.getByText("Bitte melden Sie sich an")).toBeVisible();
  await fill(page, email, PASSWORD);
  await expect(page).toHaveURL(/\/anmelden\/code$/);
  await portal.audit();
  await page.getByLabel("Code").fill(codes[0]);
  await page.getByRole("button", { name: "Weiter" }).click();
  await expect(page).toHaveURL(/\/konto$/);
  await expect(page.getByText("noch 9 Ersatzcodes")).toBeVisible();
});

test("a wrong password is said, and the address stays", async ({ portal, page }) => {
  await portal.visit("/anmelden");
  portal.expectFailure("/anmelden");
  await fill(page, "petra@heim.example", "falsch falsch falsch");
  await expect(page).toHaveTitle(/^Fehler: Anmelden/);
  await expect(page.getByLabel("E-Mail-Adresse")).toHaveValue("petra@heim.example");
  await expect(page.getByLabel("Passwort")).toHaveValue("");
  await portal.audit("wrong");
  await page.getByRole("alert").getByRole("link").click();
  await expect(page.getByLabel("Passwort")).toBeFocused();
});

test("signing in and one's own account reflow at 320 px", async ({ portal, page }) => {
  const email = addAccount("administrator");
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await portal.visit("/anmelden");
  expect(await overflow()).toBeLessThanOrEqual(0);
  portal.expectSignIn();
  await fill(page, email, PASSWORD);
  await expect(page).toHaveURL(/\/konto\/zweiter-schritt$/);
  expect(await overflow()).toBeLessThanOrEqual(0);
});
