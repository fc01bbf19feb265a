import { expect, test } from "vitest";
import { err, ok } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { Services } from "../services";
import { readApi, readMcpServer } from "./import-tools";

const tool = {
  name: "look",
  title: "Look",
  description: "",
  input: { type: "object" },
  output: null,
  declares: digestOf({}),
};

function services(more: Partial<Services["imports"]>): Pick<Services, "imports"> {
  const unreached = () => Promise.reject(new Error("not asked for"));
  return { imports: { mcp: unreached, document: unreached, ...more } };
}

test("a server's tools are agents of who looked, called only once until he says otherwise", async () => {
  const given = { address: "https://tools.example/mcp", publisher: "acme" };
  const named = await readMcpServer(services({ mcp: async () => ok({ name: "Tool Box!", tools: [tool] }) }), given);
  expect(named).toMatchObject({
    value: { agents: [{ manifest: { agent: "acme/tool-box-look@1.0.0", effect: "once", price: { kind: "free" } } }] },
  });
  const nameless = await readMcpServer(services({ mcp: async () => ok({ name: "", tools: [tool] }) }), given);
  expect(nameless).toMatchObject({ value: { agents: [{ manifest: { agent: "acme/tools-example-look@1.0.0" } }] } });
});

test("a server that may not be called, or does not answer, is said to be so", async () => {
  const given = { address: "https://127.0.0.1/mcp", publisher: "acme" };
  for (const [code, expected] of [
    ["egress_refused", "address_refused"],
    ["server_unreachable", "server_unreachable"],
  ] as const)
    expect(await readMcpServer(services({ mcp: async () => err({ code, reason: "why" }) }), given)).toEqual({
      ok: false,
      error: { code: expected, address: given.address, problem: "why" },
    });
});

test("a document that cannot be read, and one that describes no API, are refused", async () => {
  const unreadable = { code: "document_unreadable", problem: "It has more than 1 MB." } as const;
  expect(await readApi(services({ document: async () => err(unreadable) }), { text: "", publisher: "acme" })).toEqual({
    ok: false,
    error: unreadable,
  });
  expect(await readApi(services({ document: async () => ok({}) }), { text: "{}", publisher: "acme" })).toMatchObject({
    error: { code: "openapi_invalid" },
  });
});
