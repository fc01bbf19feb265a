const BROKEN_SOCKET = ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH"];
const SAID_BY_DRIVER =
  /connection terminated|connection timeout|timeout exceeded|client has encountered|not queryable/i;

/**
 * Whether an error is the machine's and no run's: the connection broke, the server went away (08, 57P), it has no room
 * (53) or its disk fails (58). Nothing is known then of what was committed, and every run is taken up anew.
 */
export function isMachineTrouble(problem: unknown): boolean {
  if (!(problem instanceof Error)) return false;
  const code = codeOf(problem);
  if (/^(08|53|57P|58)/.test(code) || BROKEN_SOCKET.includes(code)) return true;
  return code === "" && SAID_BY_DRIVER.test(problem.message);
}

/** Whether two writers got into each other's way and the same statement may simply be sent again. */
export function isCollision(problem: unknown): boolean {
  return problem instanceof Error && ["40001", "40P01"].includes(codeOf(problem));
}

function codeOf(problem: Error): string {
  return "code" in problem ? String(problem.code) : "";
}
