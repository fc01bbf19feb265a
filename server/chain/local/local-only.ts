import type { IncomingMessage } from "node:http";

const HOME = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Whether a call comes from this machine and from no stranger's page: the address asked for is the machine's own, which
 * a name that was rebound is not, and so is the page's that asks.
 */
export function isAtHome({ headers }: IncomingMessage): boolean {
  if (!HOME.test(headers.host ?? "")) return false;
  const { origin } = headers;
  return origin === undefined || (URL.canParse(origin) && HOME.test(new URL(origin).host));
}
