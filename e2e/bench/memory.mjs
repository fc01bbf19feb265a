import { readdirSync, readFileSync } from "node:fs";

/**
 * What a process and all that it started take up together: proportional set size, so that shared pages count once.
 * Units: megabytes of 1,000,000 bytes. Linux only.
 *
 * @param {number} root
 */
export function pssOfTree(root) {
  const kilobytes = treeOf(root).reduce((total, pid) => total + pssOf(pid), 0);
  return Math.round((kilobytes * 1_024) / 100_000) / 10;
}

/**
 * How long the processors have worked for a process and all that it started and that is still there: what a machine that
 * others share does not change. Units: milliseconds, in ticks of ten. Linux only.
 *
 * @param {number} root
 */
export function cpuOfTree(root) {
  return treeOf(root).reduce((total, pid) => {
    const after = read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
    return total + 10 * (Number(after[11] ?? 0) + Number(after[12] ?? 0));
  }, 0);
}

/** @param {number} root */
function treeOf(root) {
  const parents = new Map(processes().map((pid) => [pid, parentOf(pid)]));
  return [...parents.keys()].filter((pid) => belongsTo(pid, root, parents));
}

function processes() {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

/** @param {number} pid */
function parentOf(pid) {
  return Number(read(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ")[1] ?? 0);
}

/** @param {number} pid @param {number} root @param {Map<number, number>} parents @returns {boolean} */
function belongsTo(pid, root, parents) {
  if (pid === root) return true;
  const parent = parents.get(pid) ?? 0;
  return parent > 1 && belongsTo(parent, root, parents);
}

/** @param {number} pid */
function pssOf(pid) {
  return Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
}

/** A process may be gone by the time it is looked at; it then takes up nothing. @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes(/** @type {any} */ (error).code)) return "";
    throw error;
  }
}
