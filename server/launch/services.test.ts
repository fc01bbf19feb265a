import { expect, test } from "vitest";
import { programs } from "./services.mjs";

test("the database and the sessions are kept from the agents, and the key of the receipts from all but the worker", () => {
  const { agents, seed, web, worker } = programs({
    ...{ data: "/d", url: "http://127.0.0.1:1", port: 1, agentsUrl: "http://127.0.0.1:2", dev: false },
    ...{
      databaseUrl: "postgres://secret",
      authSecret: "secret",
      receiptKeyFile: "/d/key",
      log: (name: string) => name,
    },
  });
  expect(Object.values(agents.env).filter((value) => value?.includes("secret"))).toEqual([]);
  expect([agents, seed, web, worker].map(({ env }) => env.RECEIPT_KEY_FILE)).toEqual([
    undefined,
    undefined,
    undefined,
    "/d/key",
  ]);
  expect(worker.env.DATABASE_URL).toBe("postgres://secret");
});
