import { ArrowRightFromLine, ArrowRightToLine, Bot, type LucideIcon, ShieldCheck, Split } from "lucide-react";
import type { KindName } from "@/flows/nodes/catalog";

export type KindLook = { name: string; about: string; Icon: LucideIcon };

/** How each kind is named and marked, in the palette and on the canvas. */
export const kindLooks = {
  input: { name: "Input", about: "What a run is given: a form.", Icon: ArrowRightFromLine },
  agent: { name: "Agent", about: "Calls an agent for its price.", Icon: Bot },
  branch: { name: "Branch", about: "One of two sides, by a condition.", Icon: Split },
  approval: { name: "Approval", about: "Waits until a person agrees.", Icon: ShieldCheck },
  output: { name: "Output", about: "Names a result of the run.", Icon: ArrowRightToLine },
} satisfies Record<KindName, KindLook>;

export function lookOf(kind: string): KindLook {
  return isKind(kind) ? kindLooks[kind] : { name: kind, about: "This studio does not know this kind.", Icon: Bot };
}

export function isKind(kind: string): kind is KindName {
  return Object.hasOwn(kindLooks, kind);
}
