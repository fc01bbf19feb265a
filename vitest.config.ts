import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };
const integration = ["**/*.integration.test.ts"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          setupFiles: ["./fast-check.config.ts"],
          testTimeout: 600_000,
          include: ["{flows,server,components,sdk,prisma}/**/*.test.{ts,tsx}", "*.test.ts"],
          exclude: ["**/node_modules/**", ...integration],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "programs",
          setupFiles: ["./fast-check.config.ts"],
          testTimeout: 600_000,
          include: ["programs/**/*.test.ts"],
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: integration,
          exclude: ["**/node_modules/**"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
