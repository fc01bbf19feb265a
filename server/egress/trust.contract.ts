import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TrustedOrigins } from "./way";

/** A call of what `publisher` named at an address, where the operator trusts `trusted`. */
export type TrustedAttempt = { address: string; publisher: "house" | "outside"; trusted: TrustedOrigins };

/** For whatever calls both the house's own agents and those of others: an exception for the one is none for the other. */
export function trustContract(name: string, attempt: (ask: TrustedAttempt) => Promise<"refused" | "called">) {
  let heard = 0;
  let origin = "";
  const server = createServer((_, response) => {
    heard += 1;
    response.writeHead(418).end();
  });
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test(`regression 34: ${name}: what the operator trusts for himself is not there for what others name`, async () => {
    for (const [publisher, trusted] of [
      ["outside", { house: [origin] }],
      ["house", { outside: [origin] }],
      ["outside", {}],
    ] as const)
      expect([publisher, await attempt({ address: origin, publisher, trusted })]).toEqual([publisher, "refused"]);
    expect(heard).toBe(0);
    for (const publisher of ["house", "outside"] as const) {
      const before = heard;
      expect(await attempt({ address: origin, publisher, trusted: { [publisher]: [origin] } })).toBe("called");
      expect(heard).toBeGreaterThan(before);
    }
  });
}
