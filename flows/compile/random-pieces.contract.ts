import fc from "fast-check";
import type { AgentId } from "../basics/ids";
import { digestOf } from "../plan/digest";
import { Manifest } from "../plan/manifest";

const FLAT = [
  ...["agent", "agent", "agent", "branch", "switch", "approval", "transform", "guard", "wait", "join", "pay"],
  "parallel",
] as const as readonly FlatKind[];
type FlatKind =
  | "agent"
  | "branch"
  | "switch"
  | "approval"
  | "transform"
  | "guard"
  | "wait"
  | "join"
  | "pay"
  | "parallel";
export type PieceKind = FlatKind | "map" | "loop" | "try" | "subflow";
const KINDS: readonly PieceKind[] = [...FLAT, "map", "loop", "try", "subflow"];

/** One thing on the canvas, as drawn by chance. `from` picks what is wired to it among what is there by then. */
export type Piece = {
  kind: PieceKind;
  from: readonly number[];
  size: number;
  turn: boolean;
  inside: readonly Piece[];
};

const ANYTHING = { type: "object", properties: { x: {}, y: {} }, additionalProperties: true };
const MADE = {
  type: "object",
  properties: { text: { type: "string" }, list: { type: "array" }, n: { type: "integer" } },
  required: ["text", "list", "n"],
};

const amount = (each: string) => ({ currency: "microcredits", amount: each });

const declared = [
  { agent: "acme/cheap@1.0.0", price: amount("3"), payee: "acme", effect: "keyed" },
  { agent: "acme/dear@1.0.0", price: amount("500"), payee: "acme", effect: "safe" },
  { agent: "bolt/once@1.0.0", price: amount("40"), payee: "bolt", effect: "once" },
  { agent: "cora/free@1.0.0", price: { kind: "free" }, payee: "cora", effect: "keyed" },
  {
    agent: "cora/metered@1.0.0",
    price: { kind: "metered", unit: "page", price: amount("2"), maxPerCall: 9 },
    payee: "cora",
    effect: "keyed",
  },
] as const;

/** Agents that take anything and make a text, a list and a number. */
export const randomAgents: ReadonlyMap<AgentId, Manifest> = new Map(
  declared.map(({ agent, price, payee, effect }) => {
    const words = { title: agent, description: agent, capabilities: [], deadlineMs: 10_000, sends: [] };
    const pays = { price, payee, publisher: "outside", effect };
    const digest = digestOf(agent);
    const manifest = Manifest.parse({ agent, ...words, ...pays, input: ANYTHING, output: MADE, digest });
    return [manifest.agent, manifest];
  }),
);

type Bodies = { body: readonly Piece[]; inner: readonly Piece[]; flat: readonly Piece[] };

/** Pieces of a flow, at most three bodies deep. */
export const pieces: fc.Arbitrary<readonly Piece[]> = fc.letrec<Bodies>((tie) => ({
  body: fc.array(piece(KINDS, tie("inner")), { maxLength: 8 }),
  inner: fc.array(piece(KINDS, tie("flat")), { maxLength: 3 }),
  flat: fc.array(piece(FLAT, fc.constant([])), { maxLength: 3 }),
})).body;

function piece(kinds: readonly PieceKind[], inside: fc.Arbitrary<readonly Piece[]>): fc.Arbitrary<Piece> {
  return fc.record({
    kind: fc.constantFrom(...kinds),
    from: fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)),
    size: fc.nat(3),
    turn: fc.boolean(),
    inside,
  });
}
