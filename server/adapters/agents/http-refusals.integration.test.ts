import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { digestOf } from "@/flows/plan/digest";
import { refusalsContract } from "@/server/egress/refusals.contract";
import { trustContract } from "@/server/egress/trust.contract";
import { httpAgents } from "./http";

const ask = {
  operation: OperationId.parse("r/a/call"),
  agent: AgentId.parse("acme/echo@1.0.0"),
  manifest: digestOf({}),
  payee: AccountId.parse("acme"),
  input: {},
  deadlineMs: 1_000,
};

refusalsContract("agents over HTTP", async ({ address, trusted, resolve }) => {
  const agents = httpAgents({
    placeOf: async () => ({ origin: address, publisher: "outside" }),
    addresses: {},
    trusted: { outside: trusted },
    resolve,
  });
  const answer = await agents.call(ask);
  const said = JSON.stringify(answer.ok ? null : answer.error);
  return /egress_refused|redirect_refused|cannot be called/.test(said) ? "refused" : "called";
});

trustContract("agents over HTTP", async ({ address, publisher, trusted }) => {
  const own = { house: "http://127.0.0.1:1" };
  const placeOf = async () => ({ origin: address, publisher });
  const answer = await httpAgents({ placeOf, addresses: own, trusted }).call(ask);
  return JSON.stringify(answer).includes("egress_refused") ? "refused" : "called";
});
