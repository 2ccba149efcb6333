import {
  test as base,
  expect,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
  type TestInfo,
} from "@playwright/test";
import { audit, auditWithoutScripts } from "./audit";
import { Guard } from "./guard";

/** Visits pages and audits each one of them. */
export class Portal {
  // One audit of an address is enough for all tests of a worker and project.
  private static readonly audited = new Set<string>();

  constructor(
    readonly page: Page,
    private readonly browser: Browser,
    private readonly guard: Guard,
    private readonly info: TestInfo,
    private readonly origin: string,
  ) {}

  /** Whether the browser of this project runs scripts. */
  get hasScripts() {
    return this.info.project.use.javaScriptEnabled !== false;
  }

  /** Whether this project has the width of a phone. */
  get isPhone() {
    return this.info.project.use.isMobile === true;
  }

  /** Opens an address of the portal. */
  async open(address: string, status = 200) {
    await this.visit(address, status);
    await this.audit();
  }

  /** The same without an audit, for one more state of a page that is audited elsewhere. */
  async visit(address: string, status = 200) {
    if (status >= 400) this.expectFailure(address);
    const response = await this.page.goto(new URL(address, this.origin).href);
    expect(response?.status()).toBe(status);
  }

  /** A request to this address fails: that is the story. */
  expectFailure(address: string) {
    this.guard.expectFailure(new URL(address, this.origin).href);
  }

  /** Somebody signs in from here on. */
  expectSignIn() {
    this.guard.expectSignIn();
  }

  /** Activates a link or button that leads to another page. */
  async follow(link: Locator, address: string | RegExp) {
    await link.click();
    await this.page.waitForURL(address);
    await this.audit();
  }

  /** Audits the page as it is now; `state` tells several of one address apart. */
  async audit(state = "") {
    const url = this.page.url();
    const { name, use } = this.info.project;
    const viewport = this.page.viewportSize();
    const key = `${name} ${url} ${viewport?.width} ${state}`;
    if (Portal.audited.has(key)) return;
    Portal.audited.add(key);
    if (this.hasScripts) {
      await audit(this.page, use.colorScheme === "dark" ? "dark" : "light");
    } else {
      const { deviceScaleFactor, isMobile, hasTouch, locale } = use;
      // Whoever has signed in is still signed in there, or it would be the page of signing in that is audited.
      const storageState = await this.page.context().storageState();
      const options = { viewport, deviceScaleFactor, isMobile, hasTouch, locale, storageState };
      await auditWithoutScripts(this.browser, url, options);
    }
  }
}

/** The cookie of somebody who has signed in. */
export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Opens a window of its own for somebody who has signed in before. */
type Meet = (session: Session) => Promise<Portal>;

/** The test function of all specifications: every page is guarded and audited. */
export const test = base.extend<{ portal: Portal; meet: Meet }>({
  portal: async ({ page, context, browser, baseURL }, use, info) => {
    const origin = new URL(baseURL ?? "").origin;
    const guard = new Guard(context, page, origin);
    await use(new Portal(page, browser, guard, info, origin));
    await guard.check();
  },
  meet: async ({ browser, baseURL }, use, info) => {
    const origin = new URL(baseURL ?? "").origin;
    const windows: { context: BrowserContext; guard: Guard }[] = [];
    await use(async (session) => {
      const context = await browser.newContext({ storageState: session });
      const page = await context.newPage();
      const guard = new Guard(context, page, origin);
      guard.expectSignIn();
      windows.push({ context, guard });
      return new Portal(page, browser, guard, info, origin);
    });
    for (const { context, guard } of windows) {
      await guard.check();
      await context.close();
    }
  },
});

export { expect };
