import { execFileSync } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";

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
