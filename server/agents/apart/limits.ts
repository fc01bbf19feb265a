import type { Outcome } from "@/sdk/agent";
import { refused } from "@/sdk/agent";
import type { Report } from "@/sdk/report";

/** `heapMb` is what a parser may hold; `growthMb` bounds all that its process holds, by which bytes are unpacked. */
export type ApartLimits = { ms: number; heapMb: number; growthMb: number; atOnce: number };

export const APART_LIMITS: ApartLimits = { ms: 40_000, heapMb: 512, growthMb: 900, atOnce: 2 };

/** What the process is told once, and what it says: any number of reports, then one outcome or what broke it. */
export type Told = { task: string; input: unknown; limits: ApartLimits };
export type Said = { report: Report } | { outcome: Outcome<unknown> } | { broke: string };

export function tooMuchTime(ms: number): Outcome<never> {
  return refused(
    "document_too_costly",
    `Reading it takes more than ${Math.round(ms / 1000)} s. Send a smaller part of it, or save it anew with another program.`,
  );
}

export function tooMuchMemory(): Outcome<never> {
  return refused(
    "document_too_costly",
    "Reading it takes more memory than it may. Send a smaller part of it, or save it anew with another program.",
  );
}
