import { defineConfig, devices } from "@playwright/test";

// `cargo xtask test` starts the server and names it and the browser.
const { KREISLOTSE_URL, KREISLOTSE_CHROMIUM } = process.env;
if (!KREISLOTSE_URL) throw new Error("KREISLOTSE_URL is missing: run cargo xtask test");

const phone = { ...devices["Pixel 7"], viewport: { width: 360, height: 740 } };
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 900 } };

export default defineConfig({
  testDir: "tests",
  globalSetup: "./support/post.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  // A test that passes only sometimes is a defect, too.
  retries: 0,
  workers: 2,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL: KREISLOTSE_URL,
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    screenshot: "only-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: KREISLOTSE_CHROMIUM,
      args: [
        // Chromium has no sandbox for root; the tests load nothing but our own pages.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  // Each story runs with and without JavaScript: the portal is complete without. Every project audits
  // the colours of both schemes; the last one looks at the rest of the dark one, too.
  projects: [
    { name: "phone", use: phone },
    { name: "phone without JavaScript", use: { ...phone, javaScriptEnabled: false } },
    { name: "desktop", use: desktop },
    { name: "desktop without JavaScript", use: { ...desktop, javaScriptEnabled: false } },
    { name: "desktop dark", use: { ...desktop, colorScheme: "dark" }, testMatch: /(start|facility)\.spec\.ts/ },
  ],
});
