import { expect, test } from "vitest";
import { programs } from "./services.mjs";

test("the database and the sessions are kept from the agents, and each key from all but the one that uses it", () => {
  const { agents, chain, seed, web, workers } = programs({
    ...{ data: "/d", url: "http://127.0.0.1:1", port: 1, workers: 2, agentsUrl: "http://127.0.0.1:2", dev: false },
    ...{
      databaseUrl: "postgres://secret",
      authSecret: "secret",
      receiptKeyFile: "/d/key",
      triggerKeyFile: "/d/trigger.key",
      secretsKeyFile: "/d/agent-secrets.key",
      secrets: "/d/secrets",
      chainPort: 3,
      rail: {
        addresses: { SOLANA_RPC_URL: "http://127.0.0.1:3", ESCROW_SETTLER: "settler" },
        keyFiles: { SETTLER_KEY_FILE: "/d/settler.key" },
      },
      pushKeyFile: "/d/push.key",
      log: (name: string) => name,
    },
  });
  for (const { env } of [agents, chain])
    expect(Object.values(env).filter((value) => value?.includes("secret"))).toEqual([]);
  expect(chain.args).toContain("--port=3");
  expect([agents, seed, web].map(({ env }) => env.RECEIPT_KEY_FILE)).toEqual([undefined, undefined, undefined]);
  expect([agents, seed, ...workers].map(({ env }) => env.TRIGGER_KEY_FILE)).toEqual(Array(4).fill(undefined));
  expect([agents, seed].map(({ env }) => env.SECRETS_KEY_FILE)).toEqual([undefined, undefined]);
  expect([web, ...workers].map(({ env }) => env.SECRETS_KEY_FILE)).toEqual(Array(3).fill("/d/agent-secrets.key"));
  expect([agents, chain, seed, web].map(({ env }) => env.SETTLER_KEY_FILE)).toEqual(Array(4).fill(undefined));
  expect(workers.map(({ env }) => env.SETTLER_KEY_FILE)).toEqual(Array(2).fill("/d/settler.key"));
  const chainOf = ({ env }: { env: Record<string, string | undefined> }) => env.SOLANA_RPC_URL;
  expect([web, ...workers].map(chainOf)).toEqual(Array(3).fill("http://127.0.0.1:3"));
  expect(chainOf(agents)).toBe(undefined);
  expect([agents, seed, web].map(({ env }) => env.PUSH_KEY_FILE ?? env.SMTP_URL)).toEqual(Array(3).fill(undefined));
  expect(workers.map(({ env }) => env.PUSH_KEY_FILE)).toEqual(Array(2).fill("/d/push.key"));
  expect(web.env.TRIGGER_KEY_FILE).toBe("/d/trigger.key");
  expect(workers.map(({ name, log, env }) => [name, log, env.RECEIPT_KEY_FILE, env.DATABASE_URL])).toEqual([
    ["worker", "worker", "/d/key", "postgres://secret"],
    ["worker-2", "worker-2", "/d/key", "postgres://secret"],
  ]);
});
