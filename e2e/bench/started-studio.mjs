import { spawn } from "node:child_process";
import { freePort } from "../../server/launch/ports.mjs";
import { ROOT } from "../../server/launch/tree.mjs";

/**
 * Starts the studio as a person does, in a process of its own, so that its memory and its time are its own.
 *
 * @param {string} data
 * @returns {Promise<{ url: string, pid: number, seconds: number, stop: () => Promise<void> }>}
 */
export async function startedStudio(data) {
  const port = await freePort();
  const began = performance.now();
  const words = ["server/launch/studio.mjs", "--no-open", "--port", String(port), "--data", data];
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  await new Promise((ready, fail) => {
    child.stdout.on("data", (text) => {
      said += text;
      if (said.includes("Studio is ready")) ready(null);
    });
    child.once("exit", (code) => fail(new Error(`the studio ended with ${code}: ${said}`)));
  });
  const seconds = (performance.now() - began) / 1_000;
  const stop = async () => {
    const ended = new Promise((done) => child.once("exit", done));
    child.kill("SIGTERM");
    await ended;
  };
  return { url: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, seconds, stop };
}
