import { createInterface } from "node:readline";
import { canConnect, createDatabase, databaseOf } from "./databases.mjs";
import { panic } from "./engine.mjs";

/** @typedef {{ id: string | number; method?: string; params?: unknown }} Message */
/** @typedef {Error & { code?: string; meta?: unknown }} EngineError */

const REFUSED = 4466; // Prisma's JSON-RPC code for "the engine has an answer, and it is an error"

/** @param {object} message */
const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);

/**
 * Speaks the engine's protocol on stdin and stdout: one JSON-RPC message per line, answered in any order.
 *
 * @param {{ url: string; engine: () => Promise<{ methods: import("./engine.mjs").Methods }> }} parts
 */
export function serve({ url, engine }) {
  /** @type {ReturnType<typeof engine> | undefined} */
  let started;
  const methods = async () => {
    started ??= engine();
    return (await started).methods;
  };
  let prints = 0;

  /** @type {Record<string, (params: unknown) => Promise<unknown>>} */
  const ours = {
    createDatabase: async () => {
      await createDatabase(url);
      return { databaseName: databaseOf(url) };
    },
    ensureConnectionValidity: async () => {
      await canConnect(url);
      return {};
    },
    getDatabaseVersion: async (params) => (await methods()).version?.(params),
    diff: async (params) => {
      const result = /** @type {{ stdout?: string } | undefined} */ (await (await methods()).diff?.(params));
      prints += 1;
      if (result?.stdout) send({ id: `print-${prints}`, method: "print", params: { content: result.stdout } });
      return result;
    },
  };

  /** @param {Message} message */
  const answer = async ({ method = "", params }) => {
    if (ours[method]) return ours[method](params);
    const target = await methods();
    if (typeof target[method] !== "function") throw new Error(`The schema engine has no method ${method}`);
    return (await target[method](params)) ?? {};
  };
  converse(answer);
}

/** @param {(message: Message) => Promise<unknown>} answer */
function converse(answer) {
  /** @type {Map<Message["id"], Promise<unknown>>} */
  const open = new Map();
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const message = /** @type {Message} */ (JSON.parse(line));
    if (!message.method) return; // Prisma's answer to one of our prints
    const job = answer(message)
      .then(
        (result) => send({ id: message.id, result }),
        (error) => send({ id: message.id, error: refusal(error) }),
      )
      .finally(() => open.delete(message.id));
    open.set(message.id, job);
  });
  lines.on("close", async () => {
    await Promise.allSettled(open.values());
    process.exit(0);
  });
  // A panic inside the WASM traps outside any promise of ours: whoever waits is told, then the process ends.
  process.on("uncaughtException", (error) => {
    for (const id of open.keys()) send({ id, error: refusal(error) });
    process.stderr.write(`${panic.message ?? error.stack}\n`);
    setTimeout(() => process.exit(101), 50);
  });
}

/** @param {EngineError} error */
function refusal(error) {
  const message = panic.message ?? error?.message ?? String(error);
  const data = { is_panic: false, message, meta: error?.meta ?? null, error_code: error?.code ?? null };
  return { code: REFUSED, message, data };
}
