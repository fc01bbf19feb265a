import { expect, test } from "vitest";
import { AccountId, AgentId, OperationId } from "@/flows/basics/ids";
import { err, ok } from "@/flows/basics/result";
import { digestOf } from "@/flows/plan/digest";
import type { AgentsPort } from "@/flows/ports/agents";
import type { RegistrationFault } from "@/flows/ports/registrations";
import { withRegistrations } from "./registered-agents";

const call = {
  operation: OperationId.parse("o1"),
  agent: AgentId.parse("acme/echo@1.0.0"),
  manifest: digestOf("what acme/echo declares"),
  payee: AccountId.parse("acme"),
  input: {},
  deadlineMs: 1_000,
};

function rig(fault?: RegistrationFault) {
  const sent: string[] = [];
  const agents: AgentsPort = {
    async call({ agent }) {
      sent.push(agent);
      return ok({ output: "done", price: null, detail: {} });
    },
  };
  const registrations = { check: async () => (fault ? err(fault) : ok("registered" as const)) };
  return { sent, agents: withRegistrations(agents, registrations) };
}

test("an agent whose registration matches is called", async () => {
  const { agents, sent } = rig();
  expect(await agents.call(call)).toMatchObject({ ok: true, value: { output: "done" } });
  expect(sent).toEqual([call.agent]);
});

const FAULTS: readonly (readonly [RegistrationFault, code: string])[] = [
  [{ code: "registration_gone" }, "agent_refused"],
  [{ code: "registration_replaced" }, "agent_refused"],
  [{ code: "manifest_mismatched", registered: digestOf("something else") }, "agent_refused"],
  [{ code: "state_refused", of: "agent", state: "suspended" }, "agent_refused"],
  [{ code: "state_refused", of: "version", state: "draft" }, "agent_refused"],
  [{ code: "chain_unknown", reason: "Nobody answered." }, "agent_unreachable"],
];

test.each(FAULTS)("with $code nothing is sent, and the reason begins with it", async (fault, code) => {
  const { agents, sent } = rig(fault);
  const answer = await agents.call(call);
  expect(answer).toMatchObject({ ok: false, error: { code } });
  expect(!answer.ok && "reason" in answer.error && answer.error.reason).toMatch(
    new RegExp(`^${fault.code}: .*nothing was sent`),
  );
  expect(sent).toEqual([]);
});
