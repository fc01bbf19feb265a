import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commandOf, originOf, readInstalled } from "./installed";

const folder = mkdtempSync(join(tmpdir(), "studio-installed-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(content: unknown): string {
  const file = join(folder, "servers.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const files = { id: "files", title: "Files", command: "node", args: ["server.js"] };

test("without a file nothing is installed", () => {
  expect(readInstalled(undefined).servers).toEqual([]);
});

test("a server is started as the operator wrote it, with his variables and the way to commands, and none else", () => {
  const [server] = readInstalled(written({ servers: [{ ...files, env: { TOKEN: "t" } }] })).servers;
  if (!server) throw new Error("none was read");
  expect(commandOf(server, "/usr/bin")).toMatchObject({
    command: "node",
    args: ["server.js"],
    env: { PATH: "/usr/bin", TOKEN: "t" },
  });
  expect(commandOf({ ...server, env: { PATH: "/opt" } }, "/usr/bin")?.env).toEqual({ PATH: "/opt" });
});

test("a server at an address is started by nobody, and one has a command or an address", () => {
  const there = { id: "there", title: "There", address: "https://tools.example/mcp" };
  const [server] = readInstalled(written({ servers: [there] })).servers;
  if (!server) throw new Error("none was read");
  expect(commandOf(server, "/usr/bin")).toBeNull();
  expect(originOf(server)).toBe("https://tools.example/mcp");
  expect(originOf({ ...server, address: undefined, command: "node" })).toBe("stdio:there");
  expect(() => readInstalled(written({ servers: [{ ...there, command: "node" }] }))).toThrow(/a command or an address/);
});

test("a file that does not say what is installed is named, with its faults", () => {
  expect(() => readInstalled(join(folder, "none.json"))).toThrow(/none\.json cannot be read/);
  expect(() => readInstalled(written("{"))).toThrow(/servers\.json cannot be read/);
  for (const wrong of [
    { ...files, id: "Bad Id" },
    { ...files, shell: true },
    { ...files, memoryMb: 0 },
    { id: "files" },
  ])
    expect(() => readInstalled(written({ servers: [wrong] }))).toThrow(/servers\.json does not say.*servers\.0/);
  expect(() => readInstalled(written({ servers: [files, files] }))).toThrow('names two MCP servers "files"');
});
