import { defineConfig } from "@playwright/test";
import { QUIET_FLAGS } from "./e2e/fixtures/launch-chromium.mjs";

const chromium = process.env.CHROMIUM;

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  // How long something may take is measured in e2e/bench; here a busy machine is no fault.
  timeout: 300_000,
  expect: { timeout: 40_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"], ["json", { outputFile: process.env.E2E_REPORT ?? "test-results/e2e.json" }]],
  use: {
    baseURL: process.env.STUDIO_URL ?? "http://127.0.0.1:4400",
    viewport: { width: 1280, height: 800 },
    // A trace of every test takes a third of the processor; whoever looks for a fault asks for one with --trace on.
    screenshot: "only-on-failure",
    launchOptions: { ...(chromium ? { executablePath: chromium } : {}), args: QUIET_FLAGS },
  },
});
