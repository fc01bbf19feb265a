const NEEDED = "20.19 or newer (on the 22 line: 22.12 or newer)";

/**
 * Says why this Node cannot run the studio, or nothing.
 *
 * Prisma and the launcher load ES modules through `require`, which 20.19 and 22.12 brought; 21 never had it.
 *
 * @param {string} version such as "20.19.0"
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const fits = major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
  return fits
    ? undefined
    : `The studio needs Node ${NEEDED} and this is Node ${version}: install a newer one from https://nodejs.org and start again.`;
}
