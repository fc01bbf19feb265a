import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "./ports.mjs";
import { identityOf, isAlive } from "./process-identity.mjs";
import { answers } from "./services.mjs";
import { startStudio } from "./start-studio.mjs";
import { until } from "./waiting.mjs";

const PARTS = ["postgres", "chain", "agents", "worker", "worker-2", "web"] as const;
const MINUTES = 600_000; // the first start may have to build

let data: string;
beforeAll(() => {
  data = mkdtempSync(join(tmpdir(), "studio-survival-"));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

test(
  "each process survives kill -9, and stopping ends them all",
  async () => {
    const studio = await startStudio({ data, workers: 2 });
    for (const part of PARTS) {
      const killed = studio.pids()[part] ?? 0;
      process.kill(killed, "SIGKILL");
      expect(await until(() => ![killed, undefined].includes(studio.pids()[part]), { forMs: 20_000 }), part).toBe(true);
      expect(await until(answers(`${studio.url}/ready`), { forMs: 20_000, everyMs: 100 }), part).toBe(true);
    }
    const last = PARTS.map((part) => identityOf(studio.pids()[part] ?? 0));
    await studio.stop();
    expect(last.filter(isAlive)).toEqual([]);
  },
  MINUTES,
);

test(
  "when the launcher is killed its processes end, and the next start takes the folder over",
  async () => {
    const port = await freePort();
    const flags = ["server/launch/studio.mjs", "--no-open", "--data", data, "--port", String(port)];
    const launcher = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    launcher.stdout.on("data", (chunk) => {
      said += chunk;
    });
    expect(await until(() => said.includes(`Studio is ready at http://127.0.0.1:${port}`), { forMs: MINUTES })).toBe(
      true,
    );
    launcher.kill("SIGKILL");
    await once(launcher, "exit");
    const next = await startStudio({ data, port });
    expect(await answers(`${next.url}/ready`)()).toBe(true);
    await next.stop();
  },
  MINUTES,
);

test(
  "Ctrl-C stops a studio cleanly, with exit code 0",
  async () => {
    const flags = ["server/launch/studio.mjs", "--no-open", "--data", data, "--port", String(await freePort())];
    const launcher = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    launcher.stdout.on("data", (chunk) => {
      said += chunk;
    });
    await until(() => said.includes("Studio is ready"), { forMs: MINUTES });
    launcher.kill("SIGINT");
    launcher.kill("SIGINT"); // as it arrives under npm run: from the terminal and from npm
    const [code] = await once(launcher, "exit");
    expect(said).toMatch(/Stopping\.\nStopped\.\n$/);
    expect(code).toBe(0);
  },
  MINUTES,
);
