import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const END = "\f";

function folder(): string {
  const { KREISLOTSE_TEST_LETTERS } = process.env;
  if (!KREISLOTSE_TEST_LETTERS) throw new Error("run cargo xtask browser");
  return KREISLOTSE_TEST_LETTERS;
}

/** The county's mail server, as long as the tests run: it keeps the words of each letter in a file of its reader. */
export default async function openPostOffice() {
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    async onData(stream, session, done) {
      const { subject, text } = await simpleParser(stream);
      for (const { address } of session.envelope.rcptTo) {
        appendFileSync(join(folder(), address), `${subject}\n\n${text}${END}`);
      }
      done();
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(Number(process.env.KREISLOTSE_TEST_SMTP_PORT), "127.0.0.1", resolve);
  });
  return () => new Promise<void>((resolve) => server.close(() => resolve()));
}

/** The `number`th letter to somebody, once it has come. */
export async function letterTo(email: string, number = 1): Promise<string> {
  const letters = () => (existsSync(join(folder(), email)) ? readFileSync(join(folder(), email), "utf8").split(END) : []);
  await expect.poll(() => letters().length, { timeout: 60_000 }).toBeGreaterThan(number);
  return letters()[number - 1];
}

/** The path of the link in a letter. */
export function linkIn(letter: string): string {
  const link = /https?:\/\/[^\s/]+(\/\S+\/[0-9a-f]{64})/.exec(letter);
  if (!link) throw new Error(`no link in ${letter}`);
  return link[1];
}
