/** A start that cannot go on, said in one sentence that also tells what to do. It is printed without a stack. */
export class Refusal extends Error {
  /** @param {string} sentence */
  constructor(sentence) {
    super(sentence);
    this.name = "Refusal";
  }
}

/** @param {number} port */
export const portTaken = (port) =>
  new Refusal(`Port ${port} is taken by another program: stop that program, or choose another port with --port N.`);

/** @param {{ dir: string; pid: number; url: string }} holder */
export const folderInUse = ({ dir, pid, url }) =>
  new Refusal(
    `The folder ${dir} is in use by the studio at ${url} (process ${pid}): stop it, or choose another folder with --data DIR.`,
  );

/** @param {string} dir @param {string} what */
export const folderNewer = (dir, what) =>
  new Refusal(
    `The folder ${dir} was written by a newer version of the studio (${what}): update this copy with git pull, or choose another folder with --data DIR.`,
  );

/** @param {string} doing */
export const diskFull = (doing) =>
  new Refusal(`The disk is full (${doing}): free some space and start again; nothing that was saved is lost.`);

/** @param {string} registry */
export const registryUnreachable = (registry) =>
  new Refusal(
    `The package registry ${registry} cannot be reached, and the first start needs it: connect to the network (or set npm's registry and proxy) and start again.`,
  );

const FULL = /\bENOSPC\b|No space left on device|\bEDQUOT\b|disk quota exceeded/i;
const FULL_CODES = new Set(["ENOSPC", "EDQUOT", "53100"]); // Node's two, and Postgres' disk_full

/**
 * Recognises a full disk in an error or in what a program said.
 *
 * @param {unknown} failure
 * @returns {boolean}
 */
export function saysDiskFull(failure) {
  if (typeof failure === "string") return FULL.test(failure);
  const { code, message, cause } = /** @type {{ code?: string; message?: string; cause?: unknown }} */ (failure ?? {});
  return FULL_CODES.has(code ?? "") || FULL.test(message ?? "") || (cause !== undefined && saysDiskFull(cause));
}

/**
 * Gives a failure its sentence: a known cause becomes a Refusal, anything else stays the bug that it is.
 *
 * @param {unknown} failure
 * @param {string} doing what was going on, such as "building"
 * @returns {unknown}
 */
export function explain(failure, doing) {
  if (failure instanceof Refusal) return failure;
  return saysDiskFull(failure) ? diskFull(doing) : failure;
}
