import { z } from "zod";
import { err, ok, type Result } from "@/flows/basics/result";
import { AgentManifest } from "@/flows/types/agent-manifest";
import { formOf, type ManifestForm } from "@/flows/types/manifest-form";
import type { Services } from "../services";

export type ImportError = { code: "address_unreadable"; address: string; problem: string };

const Several = z.object({ agents: z.array(AgentManifest).min(1).max(100) });

/**
 * Reads what an agent, or a process of several, declares at its address, into forms to look over. The address may be that of
 * the manifest itself or the one in front of the agents' routes.
 */
export async function importManifest(
  { reader }: Pick<Services, "reader">,
  { address, form }: { address: string; form: ManifestForm },
): Promise<Result<ManifestForm[], ImportError>> {
  const url = address.replace(/\/+$/, "").replace(/\/manifest$/, "");
  const read = await reader.text(`${url}/manifest`);
  if (!read.ok) return err({ code: "address_unreadable", address: `${url}/manifest`, problem: read.error.problem });
  const said = parse(read.value);
  const one = AgentManifest.safeParse(said);
  // One agent's manifest lies below its name, which is no part of the address that it is called at.
  if (one.success) return ok([formOf(one.data, url.replace(/\/[^/]+$/, ""), form)]);
  const several = Several.safeParse(said);
  if (several.success) return ok(several.data.agents.map((manifest) => formOf(manifest, url, form)));
  return err({ code: "address_unreadable", address: `${url}/manifest`, problem: "It is no manifest of an agent." });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
