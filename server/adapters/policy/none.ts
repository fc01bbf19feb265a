import { err } from "@/flows/basics/result";
import type { PolicyPort } from "@/flows/ports/policy";

/** A studio in which nobody has set rules: no run is started under any, and one that says it was is denied. */
export function noPolicies(): PolicyPort {
  return { judge: async ({ policy }) => err({ code: "policy_unknown", policy }) };
}
