import { expect, type BrowserContext, type Page } from "@playwright/test";

/** What no page may do, noted while a test runs. */
export class Guard {
  private readonly complaints: string[] = [];
  private readonly expectedFailures = new Set<string>();
  private isOffice = false;

  constructor(
    private readonly context: BrowserContext,
    page: Page,
    private readonly origin: string,
  ) {
    page.on("console", (message) => {
      if (!["error", "warning"].includes(message.type())) return;
      if (this.expectedFailures.has(message.location().url)) return;
      this.complaints.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => this.complaints.push(`uncaught: ${error.message}`));
    page.on("dialog", (dialog) => {
      this.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      const local = url.origin === this.origin || url.protocol === "data:" || url.protocol === "blob:";
      if (!local) this.complaints.push(`foreign request: ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.headers()["set-cookie"] && !this.isOffice) this.complaints.push(`cookie from ${response.url()}`);
      if (response.status() >= 500) this.complaints.push(`${response.status()} from ${response.url()}`);
    });
  }

  /** The browser reports a failed document as a console error; here the failure is the story. */
  expectFailure(address: string) {
    this.expectedFailures.add(address);
  }

  /** From here on somebody signs in: the one cookie of a session may come. */
  expectSignIn() {
    this.isOffice = true;
  }

  async check() {
    expect(this.complaints).toEqual([]);
    const cookies = (await this.context.cookies()).map((cookie) => cookie.name);
    const allowed = this.isOffice ? ["__Host-kreislotse"] : [];
    expect(cookies.filter((name) => !allowed.includes(name)), "no cookie for citizens").toEqual([]);
  }
}
