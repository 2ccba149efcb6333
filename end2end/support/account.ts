import { execFileSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { expect, type Page } from "@playwright/test";

export const PASSWORD = "Regenschirm tanzt lila";

/** Adds an account of the county at the command line, as its IT does; answers its address. */
export function addAccount(role: "administrator" | "editor"): string {
  const { KREISLOTSE_PROGRAM, KREISLOTSE_PROGRAM_DATA } = process.env;
  if (!KREISLOTSE_PROGRAM || !KREISLOTSE_PROGRAM_DATA) throw new Error("run cargo xtask browser");
  const email = `${randomUUID()}@kreis.example`;
  execFileSync(KREISLOTSE_PROGRAM, ["user", "add", "--email", email, "--name", "Petra Muster", "--role", role], {
    env: { ...process.env, KREISLOTSE_DATA_DIR: KREISLOTSE_PROGRAM_DATA },
    input: `${PASSWORD}\n`,
  });
  return email;
}

/** What an authenticator app shows (RFC 6238). */
export function totp(base32: string, at = Date.now()): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Signs in by password. */
export async function signIn(page: Page, email: string) {
  await page.goto("/anmelden");
  await page.getByLabel("E-Mail-Adresse").fill(email);
  await page.getByLabel("Passwort").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Anmelden" }).click();
}

/** Signs in as a new administrator of the county, with both steps. */
export async function enterAsAdministrator(page: Page) {
  await signIn(page, addAccount("administrator"));
  await expect(page).toHaveURL(/zweiter-schritt$/);
  const secret = ((await page.locator(".account__secret").textContent()) ?? "").replaceAll(" ", "");
  await page.getByLabel("Code aus der App").fill(totp(secret));
  await page.getByLabel("Ihr Passwort").fill(PASSWORD);
  await page.getByRole("button", { name: "Einrichten" }).click();
  await page.getByRole("link", { name: "Ich habe sie aufbewahrt" }).click();
}
