import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barredAddresses } from "./barred-addresses.contract";
import type { Resolve } from "./way";

/** An attempt to call `address`. `resolve` is what servers of names say, `trusted` what the operator does. */
export type Attempt = { address: string; trusted: readonly string[]; resolve: Resolve };

const somewhere: Resolve = async () => ["93.184.216.34"];

/** Barred addresses as a server of names would answer with them. */
const barredNumbers = [
  ...new Set(barredAddresses.map((address) => new URL(address).hostname.replace(/^\[(.*)\]$/, "$1"))),
].filter((host) => isIP(host) !== 0);

/**
 * Regression 34, for whatever calls addresses that others named. `attempt` makes one call and says whether it was
 * refused; what is listening here on the loopback address must never hear of it.
 */
export function refusalsContract(name: string, attempt: (ask: Attempt) => Promise<"refused" | "called">) {
  describe(`regression 34: ${name}`, () => {
    let heard = 0;
    let inside = "";
    let location = "";
    let status = 307;
    const canary = createServer((_, response) => {
      heard += 1;
      response.writeHead(418).end();
    });
    const redirecting = createServer((_, response) => response.writeHead(status, { location }).end());
    let outside = "";
    beforeAll(async () => {
      for (const server of [canary, redirecting]) {
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
      }
      inside = String((canary.address() as AddressInfo).port);
      outside = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}`;
    });
    afterAll(() => {
      for (const server of [canary, redirecting]) {
        server.closeAllConnections();
        server.close();
      }
    });

    test("at least sixty addresses, each another one, and forty of them numbers", () => {
      expect(new Set(barredAddresses).size).toBeGreaterThanOrEqual(60);
      expect(barredNumbers.length).toBeGreaterThanOrEqual(40);
    });

    test("an address that is barred is refused, in every encoding", async () => {
      for (const address of barredAddresses)
        expect([address, await attempt({ address, trusted: [], resolve: somewhere })]).toEqual([address, "refused"]);
    });

    test("the loopback address is refused at the very port where somebody listens", async () => {
      for (const host of [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "[::ffff:127.0.0.1]",
        "localhost",
      ])
        for (const scheme of ["http", "https"]) {
          const address = `${scheme}://${host}:${inside}/`;
          expect([address, await attempt({ address, trusted: [], resolve: somewhere })]).toEqual([address, "refused"]);
        }
      expect(heard).toBe(0);
    });

    test("a redirect to what is barred is refused, also to what the operator trusts", async () => {
      const trusted = [outside, `http://127.0.0.1:${inside}`];
      for (const [place, address] of [...barredAddresses, `http://127.0.0.1:${inside}/`].entries()) {
        location = new URL(address).href;
        status = [301, 302, 303, 307, 308][place % 5] ?? 307;
        expect([address, await attempt({ address: outside, trusted, resolve: somewhere })]).toEqual([
          address,
          "refused",
        ]);
      }
      expect(heard).toBe(0);
    });

    test("a name that stands for a barred number is refused, also beside a public one", async () => {
      for (const number of barredNumbers)
        for (const answer of [[number], ["93.184.216.34", number]]) {
          const ask = { address: `https://named.example:${inside}/`, trusted: [], resolve: async () => answer };
          expect([answer, await attempt(ask)]).toEqual([answer, "refused"]);
        }
      expect(heard).toBe(0);
    });

    test("a name is never asked for behind the guard's back: the connection goes to what was checked", async () => {
      const looks: string[] = [];
      const resolve: Resolve = async (host) => {
        looks.push(host);
        return ["127.0.0.1"]; // nobody else knows this name: whoever asks again finds nothing
      };
      const address = `http://rebinding.example:${inside}`;
      await attempt({ address, trusted: [address], resolve });
      expect(heard).toBe(1);
      expect(looks).toEqual(["rebinding.example"]);
      expect(await attempt({ address, trusted: [], resolve })).toBe("refused");
      expect(heard).toBe(1);
    });
  });
}
