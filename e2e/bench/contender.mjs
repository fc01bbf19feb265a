import { fork } from "node:child_process";

/** @typedef {{ pid: number, ask: (what: object) => Promise<any>, stop: () => Promise<void> }} Contender */

/**
 * A process that is told by messages what to do and answers with figures, one question at a time.
 *
 * @param {string} file @param {string[]} args @returns {Promise<Contender>}
 */
export async function contender(file, args) {
  const child = fork(file, args, { stdio: ["ignore", "ignore", "inherit", "ipc"], execArgv: ["--expose-gc"] });
  const told = () =>
    new Promise((done, fail) => {
      const gone = (/** @type {number | null} */ code) => fail(new Error(`${file} ended with ${code}`));
      child.once("exit", gone);
      child.once("message", (message) => {
        child.off("exit", gone);
        done(message);
      });
    });
  await told();
  return {
    pid: child.pid ?? 0,
    async ask(what) {
      const answer = told();
      child.send(what);
      return /** @type {{ figures: unknown }} */ (await answer).figures;
    },
    async stop() {
      const ended = new Promise((done) => child.once("exit", done));
      child.disconnect();
      await ended;
    },
  };
}
