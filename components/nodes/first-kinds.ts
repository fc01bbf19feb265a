import type { KindName } from "@/flows/nodes/catalog";

/**
 * The kinds that nearly every flow uses: their pictures come with the canvas. Those of the others are fetched when a flow
 * first has one, so that a canvas opens as fast as before there were many kinds.
 */
export type FirstKind = "input" | "output" | "agent" | "approval" | "branch";
export type LaterKind = Exclude<KindName, FirstKind>;
