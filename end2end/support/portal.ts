import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { audit } from "./audit";
import { Guard } from "./guard";

/** Visits pages and audits each one of them. */
export class Portal {
  // One audit of an address is enough for all tests of a worker and project.
  private static readonly audited = new Set<string>();

  constructor(
    readonly page: Page,
    readonly guard: Guard,
    private readonly colorScheme: "light" | "dark",
    private readonly project: string,
    private readonly origin: string,
  ) {}

  /** Opens an address of the portal. */
  async open(address: string, status = 200) {
    const url = this.origin + address;
    if (status >= 400) this.guard.expectFailure(new URL(url).href);
    const response = await this.page.goto(url);
    expect(response?.status()).toBe(status);
    await this.audit();
  }

  /** Activates a link or button that leads to another page. */
  async follow(link: Locator, address: string | RegExp) {
    await link.click();
    await this.page.waitForURL(address);
    await this.audit();
  }

  async audit() {
    const key = `${this.project} ${this.page.url()}`;
    if (Portal.audited.has(key)) return;
    Portal.audited.add(key);
    await audit(this.page, this.colorScheme);
  }
}

/** The test function of all specifications: every page is guarded and audited. */
export const test = base.extend<{ portal: Portal }>({
  portal: async ({ page, context, baseURL, colorScheme }, use, info) => {
    const origin = baseURL ?? "";
    const guard = new Guard(context, page, new URL(origin).origin);
    const scheme = colorScheme === "dark" ? "dark" : "light";
    await use(new Portal(page, guard, scheme, info.project.name, origin));
    await guard.check();
  },
});

export { expect };
