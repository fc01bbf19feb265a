import type { AccountId } from "@/flows/basics/ids";
import { err, ok, type Result } from "@/flows/basics/result";
import type { Services } from "../services";

export type AgentSecretError =
  | { code: "secret_not_needed"; agent: string; name: string }
  | { code: "secret_not_found" };

type SetAgentSecret = { owner: AccountId; agent: string; name: string; value: string };

/** Takes a secret that an agent says it needs, and no other: what nobody asks for would only lie around. */
export async function setAgentSecret(
  { agentSecrets }: Pick<Services, "agentSecrets">,
  { owner, agent, name, value }: SetAgentSecret,
): Promise<Result<{ agent: string; name: string }, AgentSecretError>> {
  if (!(await agentSecrets.isNeeded(owner, { agent, name }))) return err({ code: "secret_not_needed", agent, name });
  await agentSecrets.put(owner, { agent, name, value });
  return ok({ agent, name });
}
