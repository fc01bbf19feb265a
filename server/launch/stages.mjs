/** @typedef {(line: string) => void} Say */

/**
 * Runs the stages of a start and says of each, in one line, what came out and how long it took.
 *
 * @param {Say} say
 * @param {AbortSignal} signal no further stage begins once it is aborted
 */
export function stages(say, signal) {
  /**
   * @template T
   * @param {string} name
   * @param {() => T | Promise<T>} work
   * @param {(result: T) => string} [describe]
   * @returns {Promise<T>}
   */
  return async function stage(name, work, describe = String) {
    signal.throwIfAborted();
    const began = performance.now();
    const result = await work();
    say(`${name.padEnd(9)}${describe(result).padEnd(14)}${seconds(performance.now() - began)}`);
    return result;
  };
}

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1_000).toFixed(2)} s`;
