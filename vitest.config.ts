import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const alias = { "@": fileURLToPath(new URL(".", import.meta.url)) };
const integration = ["**/*.integration.test.ts"];

/** Of two cores one would be left to rest; a file that waits for a database or a process leaves its own to the other. */
const maxWorkers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          maxWorkers,
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
          maxWorkers,
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
          maxWorkers: Math.min(maxWorkers, 4), // each file has a Postgres of its own, and some a chain and workers
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});
