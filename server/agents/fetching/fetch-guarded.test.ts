import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isPublic } from "./addresses";
import { fetchGuarded } from "./fetch-guarded";
import { gives, siteOf } from "./site.contract";

const fetched = (address: string, more: Partial<Parameters<typeof fetchGuarded>[1]> & { signal?: AbortSignal } = {}) =>
  fetchGuarded(
    { address, accept: "text/html", signal: more.signal ?? new AbortController().signal },
    { allowedOrigins: more.allowedOrigins ?? [], resolve: more.resolve },
  );
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString();

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "192.0.2.1",
  "198.18.0.1",
  "203.0.113.9",
  "240.0.0.1",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "::127.0.0.1",
  "64:ff9b::7f00:1",
  "64:ff9b:1::1",
  "fe80::1",
  "fc00::1",
  "fd12:3456::1",
  "ff02::1",
  "2002:7f00:1::",
  "2001:0:1::1",
  "2001:db8::1",
  "100::1",
  "4000::1",
  "",
  "example.org",
])("%s is not on the open internet", (address) => {
  expect(isPublic(address)).toBe(false);
});

test.each(["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"])("%s is", (address) => {
  expect(isPublic(address)).toBe(true);
});

test.each([
  "http://127.0.0.1/",
  "http://2130706433/",
  "http://0x7f.1/",
  "http://0177.0.0.1/",
  "http://127.1/",
  "http://[::1]/",
  "http://[::ffff:127.0.0.1]/",
  "http://localhost/",
  "http://169.254.169.254/latest",
  "http://0/",
  "http://①②⑦.0.0.1/",
])("%s is refused, however it is written", async (address) => {
  expect(await fetched(address)).toMatchObject({ ok: false, error: { code: "address_refused", class: "business" } });
});

test.each([
  "file:///etc/passwd",
  "ftp://example.org/",
  "http://user:pass@example.org/",
  "nothing",
  "",
  "javascript:1",
  `http://e.org/${"x".repeat(3_000)}`,
])("%s is no address of a page", async (address) => {
  expect(await fetched(address)).toMatchObject({ ok: false, error: { code: "address_invalid" } });
});

test("a name is looked up once, every address of it is checked, and the checked one is called", async () => {
  const site = await siteOf({ "/": gives("hello") });
  const origin = `http://site.test:${site.port}`;
  let asked = 0;
  const resolve = async () => {
    asked++;
    return [{ address: "127.0.0.1", family: 4 }];
  };
  const allowed = await fetched(`${origin}/`, { resolve, allowedOrigins: [origin] });
  expect(allowed.ok && text(allowed.value.bytes)).toBe("hello");
  expect(asked).toBe(1);
  expect(site.heard[0]?.headers.host).toBe(`site.test:${site.port}`);
  expect(site.heard[0]?.headers["user-agent"]).toContain("AgentLabsStudio");
  expect(await fetched(`${origin}/`, { resolve })).toMatchObject({ ok: false, error: { code: "address_refused" } });
  const mixed = async () => [
    { address: "1.1.1.1", family: 4 },
    { address: "127.0.0.1", family: 4 },
  ];
  expect(await fetched(`${origin}/`, { resolve: mixed })).toMatchObject({ error: { code: "address_refused" } });
  expect(site.heard.length).toBe(1);
});

test("an allowed origin is that origin and no other: not its port, not its scheme, not its neighbours", async () => {
  const [site, other] = [await siteOf({ "/": gives("a") }), await siteOf({ "/": gives("b") })];
  expect(await fetched(`${other.origin}/`, { allowedOrigins: [site.origin] })).toMatchObject({
    error: { code: "address_refused" },
  });
  expect(await fetched(`https://127.0.0.1:${site.port}/`, { allowedOrigins: [site.origin] })).toMatchObject({
    error: { code: "address_refused" },
  });
  expect(other.heard.length).toBe(0);
});

test("a redirect is checked like an address, and three are followed", async () => {
  const to = (location: string) => (response: import("node:http").ServerResponse) => {
    response.writeHead(302, { Location: location }).end();
  };
  const inner = await siteOf({ "/": gives("secret") });
  const site = await siteOf({
    "/1": to("/2"),
    "/2": to("/3"),
    "/3": to("/4"),
    "/4": gives("there"),
    "/0": to("/1"),
    "/in": to(`${inner.origin}/`),
    "/file": to("file:///etc/passwd"),
    "/bad": to("http://"),
  });
  const allowedOrigins = [site.origin];
  const there = await fetched(`${site.origin}/1`, { allowedOrigins });
  expect(there.ok && [text(there.value.bytes), there.value.address]).toEqual(["there", `${site.origin}/4`]);
  expect(await fetched(`${site.origin}/0`, { allowedOrigins })).toMatchObject({
    error: { code: "redirects_too_many" },
  });
  expect(await fetched(`${site.origin}/in`, { allowedOrigins })).toMatchObject({ error: { code: "address_refused" } });
  expect(await fetched(`${site.origin}/file`, { allowedOrigins })).toMatchObject({
    error: { code: "address_invalid" },
  });
  expect(await fetched(`${site.origin}/bad`, { allowedOrigins })).toMatchObject({ error: { code: "address_invalid" } });
  expect(inner.heard.length).toBe(0);
});

test("a page is read up to 10 MB, as it comes and as it unpacks", async () => {
  const large = "x".repeat(10 * 1024 * 1024 + 1);
  const packed = (body: Uint8Array, how: string) => (response: import("node:http").ServerResponse) => {
    response.writeHead(200, { "Content-Encoding": how }).end(body);
  };
  const site = await siteOf({
    "/large": gives(large),
    "/bomb": packed(gzipSync(large), "gzip"),
    "/small": packed(gzipSync("fine"), "gzip"),
    "/odd": packed(Buffer.from("x"), "compress"),
    "/broken": packed(Buffer.from("no gzip"), "gzip"),
    "/cut": (response) => {
      response.writeHead(200, { "Content-Length": "100" });
      response.write("x");
      setTimeout(() => response.destroy(), 20);
    },
  });
  const allowedOrigins = [site.origin];
  const codeOf = async (path: string) => {
    const answer = await fetched(site.origin + path, { allowedOrigins });
    return answer.ok ? text(answer.value.bytes) : answer.error.code;
  };
  expect(await codeOf("/large")).toBe("page_too_large");
  expect(await codeOf("/bomb")).toBe("page_too_large");
  expect(await codeOf("/small")).toBe("fine");
  expect(await codeOf("/odd")).toBe("page_unreadable");
  expect(await codeOf("/broken")).toBe("page_broken");
  expect(await codeOf("/cut")).toBe("page_broken");
});

test.each([
  [404, "page_missing", "business"],
  [403, "page_refused", "business"],
  [429, "page_unavailable", "transient"],
  [503, "page_unavailable", "transient"],
])("status %i is said as what it is", async (status, code, kind) => {
  const site = await siteOf({ "/": (response) => response.writeHead(status).end() });
  const answer = await fetched(`${site.origin}/`, { allowedOrigins: [site.origin] });
  expect(answer).toMatchObject({ ok: false, error: { code, class: kind } });
});

test("nobody there, a name that nobody has, and a deadline", async () => {
  const gone = "http://127.0.0.1:1";
  expect(await fetched(gone, { allowedOrigins: [gone] })).toMatchObject({
    error: { code: "page_unreachable", class: "transient" },
  });
  const resolve = () => Promise.reject(new Error("ENOTFOUND"));
  expect(await fetched("http://nobody.test/", { resolve })).toMatchObject({ error: { code: "page_unreachable" } });
  const site = await siteOf({
    "/": () => undefined,
    "/slow": (response) => {
      response.writeHead(200).write("a");
    },
  });
  for (const path of ["/", "/slow"]) {
    const signal = AbortSignal.timeout(100);
    await expect(fetched(site.origin + path, { allowedOrigins: [site.origin], signal })).rejects.toThrow("timeout");
  }
});

test("no address of four numbers in a private range is public, in whatever notation", () => {
  const octets = fc.tuple(fc.constantFrom(10, 127), fc.nat(255), fc.nat(255), fc.nat(255));
  fc.assert(
    fc.property(octets, ([a, b, c, d]) => {
      const number = ((a * 256 + b) * 256 + c) * 256 + d;
      const dotted = `${b}.${c}.${d}`;
      const hosts = [`${number}`, `0x${number.toString(16)}`, `0${a.toString(8)}.${dotted}`, `[::ffff:${a}.${dotted}]`];
      for (const host of hosts) {
        expect(isPublic(new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, ""))).toBe(false);
      }
    }),
  );
});
