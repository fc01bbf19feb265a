import fc from "fast-check";
import { expect, test } from "vitest";
import { barredAddresses } from "./barred-addresses.contract";
import { isPublicAddress } from "./public-address";
import { findWay } from "./way";

const nowhere = { trusted: new Set<string>(), resolve: async () => ["93.184.216.34"] };

test.each(barredAddresses)("regression 34: %s is refused", async (address) => {
  expect(await findWay(new URL(address), nowhere)).toMatchObject({ ok: false, error: { code: "egress_refused" } });
});

test("regression 34: at least sixty addresses are refused, each another one", () => {
  expect(new Set(barredAddresses).size).toBeGreaterThanOrEqual(60);
});

test("a public address is called, by name and by number", async () => {
  for (const address of ["https://example.com/", "https://93.184.216.34/", "https://[2606:2800:220:1::1]/"])
    expect(await findWay(new URL(address), nowhere)).toMatchObject({ ok: true });
});

test("regression 34: a name that stands for a barred address is refused, also when another of its addresses is public", async () => {
  for (const addresses of [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::ffff:10.0.0.1"], ["fe80::1%eth0"]])
    expect(
      await findWay(new URL("https://example.com/"), { ...nowhere, resolve: async () => addresses }),
    ).toMatchObject({ ok: false, error: { code: "egress_refused" } });
});

test("regression 34: a name is asked for once, and the connection goes to what was checked then", async () => {
  const answers = [["93.184.216.34"], ["127.0.0.1"]];
  const found = await findWay(new URL("https://rebinding.example/"), {
    ...nowhere,
    resolve: async () => answers.shift() ?? [],
  });
  if (!found.ok) throw new Error("refused");
  const seen: unknown[] = [];
  found.value.lookup("rebinding.example", {}, (_, address, family) => seen.push([address, family]));
  found.value.lookup("rebinding.example", { all: true }, (_, addresses) => seen.push(addresses));
  expect(seen).toEqual([["93.184.216.34", 4], [{ address: "93.184.216.34", family: 4 }]]);
  expect(answers).toHaveLength(1);
});

test("an origin of the operator's is called wherever it lies; its neighbours are not", async () => {
  const port = 4_321;
  const rules = { ...nowhere, trusted: new Set([`http://127.0.0.1:${port}`]) };
  expect(await findWay(new URL(`http://127.0.0.1:${port}/execute`), rules)).toMatchObject({ ok: true });
  for (const other of [`http://127.0.0.1:${port + 1}/`, `https://127.0.0.1:${port}/`, `http://localhost:${port}/`])
    expect(await findWay(new URL(other), rules)).toMatchObject({ ok: false });
});

test("a host without an address is no refusal: it may be there later", async () => {
  const missing = { ...nowhere, resolve: () => Promise.reject(new Error("ENOTFOUND")) };
  const without = { ...nowhere, resolve: async () => [] };
  for (const rules of [missing, without])
    expect(await findWay(new URL("https://gone.example/"), rules)).toMatchObject({ error: { code: "host_unknown" } });
});

test("a server of names that never answers is given up", async () => {
  const rules = { ...nowhere, resolve: () => new Promise<string[]>(() => undefined), resolveMs: 5 };
  expect(await findWay(new URL("https://slow.example/"), rules)).toMatchObject({ error: { code: "host_unknown" } });
});

test("no IPv4 address of a private or special range counts as public, however it was made up", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const starts = fc.constantFrom(
    [0],
    [10],
    [127],
    [169, 254],
    [172, 16],
    [172, 31],
    [192, 168],
    [100, 64],
    [224],
    [255],
  );
  fc.assert(
    fc.property(starts, fc.tuple(byte, byte, byte, byte), (start, rest) => {
      const address = [...start, ...rest].slice(0, 4).join(".");
      expect(isPublicAddress(address)).toBe(false);
      expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
    }),
  );
});
