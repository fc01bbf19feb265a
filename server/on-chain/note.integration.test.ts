import { afterAll, beforeAll, expect, test } from "vitest";
import { AgentId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { notedRegistrations } from "@/server/adapters/registrations/noted";
import { startedChain } from "@/server/adapters/registrations/registering.contract";
import { type Cluster, startCluster } from "../drivers/postgres/fresh-database.contract";
import { noteRegistration } from "./note";

let cluster: Cluster;
let place: Awaited<ReturnType<typeof startedChain>>;
beforeAll(async () => {
  [cluster, place] = await Promise.all([startCluster(), startedChain({ finalizedAfter: 0 })]);
});
afterAll(async () => {
  await place.stop();
  await cluster.stop();
});

const agent = AgentId.parse("acme/reader@1.0.0");
const manifest = digestOf("what acme/reader declares");

test("a registration is noted once it is found under the key, and what is not found or not active is said", async () => {
  const { pool, url } = await cluster.database();
  const registration = await place.registered("acme/reader", manifest);
  const { chain } = place;
  const asks = (change: { publisher?: string; agent?: string; urls?: string[] } = {}) =>
    noteRegistration({
      ...{ databaseUrl: url, urls: [chain.rpcUrl], program: chain.registryProgram },
      ...{ publisher: registration.publisher, agent },
      ...change,
    });
  expect(await asks()).toEqual({ done: false, sentence: expect.stringContaining("Publish it first") });
  await pool.query(
    `insert into agent_version (agent, manifest, digest, payee, publisher, origin, state)
     values ($1, '{}', $2, 'acme', 'outside', 'https://tools.example', 'active')`,
    [agent, manifest],
  );
  expect(await asks({ publisher: "nobody" })).toMatchObject({
    done: false,
    sentence: "nobody is no address of the chain.",
  });
  expect(await asks({ publisher: chain.keys.house.address })).toMatchObject({ done: false });
  expect(await asks({ agent: "acme" })).toMatchObject({ done: false });
  expect(await asks({ urls: ["http://127.0.0.1:1"] })).toMatchObject({ done: false });
  await registration.move("version", "suspended");
  expect(await asks()).toEqual({ done: false, sentence: expect.stringContaining("the version is suspended") });
  await registration.move("version", "draft");
  await registration.move("version", "active");
  expect(await notedRegistrations(pool).of(agent)).toBeNull();
  expect(await asks()).toMatchObject({ done: true });
  expect(await notedRegistrations(pool).of(agent)).toEqual(await registration.noted());
});
