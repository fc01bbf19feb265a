import { NodeId } from "../basics/ids";
import type { Json } from "../basics/json";
import { FlowDocument, type FlowNode, type PinnedFlow, type Wire } from "../graph/graph";
import type { ObjectSchema } from "../types/agent-manifest";
import { meaningDigest } from "./inline";
import { type Piece, type PieceKind, randomAgents } from "./random-pieces.contract";

type Value = { node: NodeId; output: string; type: "any" | "list" | "number" };
type Drawing = { nodes: FlowNode[]; wires: Wire[]; flows: Record<string, PinnedFlow> };
type Settings = FlowNode["settings"];

/** One piece and where it is drawn: what it may be wired to, and how its node and wires are put down. */
type Painting = {
  drawing: Drawing;
  piece: Piece;
  values: readonly Value[];
  parent: NodeId | undefined;
  pick(place: number, type?: Value["type"]): Value;
  node(settings: Settings, kind?: string): NodeId;
  wire(from: Value, to: NodeId, input: string): void;
};

const FORM: ObjectSchema = {
  type: "object",
  properties: { text: { type: "string" }, items: { type: "array" }, n: { type: "integer" } },
};

/** What such a flow is started with. */
export const randomInput: Json = { text: "in", items: ["a", "b", "c"], n: 7 };

/** The flow that some pieces make: one that opens in the studio and compiles. */
export function documentOf(drawn: readonly Piece[]): FlowDocument {
  const { nodes, wires, flows } = drawFlow(drawn);
  const layout = Object.fromEntries(nodes.map(({ id }, place) => [id, { x: place * 260, y: 0 }]));
  return FlowDocument.parse({ version: 2, nodes, wires, layout, flows });
}

function drawFlow(drawn: readonly Piece[]): Drawing {
  const drawing: Drawing = { nodes: [], wires: [], flows: {} };
  const start = painting(drawing, START, { values: [], parent: undefined }).node(
    { schema: FORM as Settings[string] },
    "input",
  );
  const values: Value[] = [
    { node: start, output: "text", type: "any" },
    { node: start, output: "items", type: "list" },
    { node: start, output: "n", type: "number" },
  ];
  const last = draw(drawing, drawn, { values, parent: undefined }).at(-1);
  if (!last) return drawing;
  const paint = painting(drawing, START, { values, parent: undefined });
  paint.wire(last, paint.node({ name: "last" }, "output"), "value");
  return drawing;
}

const START: Piece = { kind: "agent", from: [], size: 0, turn: false, inside: [] };
type Scope = Pick<Painting, "values" | "parent">;

/** Draws the pieces of one body one after the other, each over what is there by then. Answers with what they made. */
function draw(drawing: Drawing, drawn: readonly Piece[], { values, parent }: Scope): Value[] {
  const made: Value[] = [];
  for (const piece of drawn)
    made.push(...DRAW[piece.kind](painting(drawing, piece, { values: [...values, ...made], parent })));
  return made;
}

function painting(drawing: Drawing, piece: Piece, { values, parent }: Scope): Painting {
  return {
    ...{ drawing, piece, values, parent },
    pick(place, type) {
      const fitting = type ? values.filter((value) => value.type === type) : values;
      return fitting[(piece.from[place] ?? 0) % fitting.length] as Value;
    },
    node(settings, kind = piece.kind) {
      const id = NodeId.parse(`n${drawing.nodes.length}`);
      drawing.nodes.push({ id, kind, title: id, settings, ...(parent ? { parent } : {}) });
      return id;
    },
    wire({ node, output }, to, input) {
      drawing.wires.push({ from: { node, output }, to: { node: to, input } });
    },
  };
}

const AGENTS = [...randomAgents.keys()];
const CONDITIONS = ["true", "false", "size([value]) > 0"];
const any = (node: NodeId, ...outputs: string[]): Value[] => outputs.map((output) => ({ node, output, type: "any" }));
const conditionOf = ({ size }: Piece) => CONDITIONS[size % CONDITIONS.length] ?? "true";
/** Every other body has a cap, which some of its rounds come to. */
const capOf = ({ from: [pick = 0], size }: Piece): Settings =>
  pick % 2 ? { cap: { currency: "microcredits", amount: String(CAPS[(pick + size) % CAPS.length]) } } : {};
const CAPS = [45, 500, 540, 1_100];
const ASKING = { approvers: ["@starter"], timeoutMs: 60_000 };

const DRAW: Record<PieceKind, (paint: Painting) => Value[]> = {
  agent({ piece: { size, turn }, node, pick, wire }) {
    const place = size * 3 + Number(turn);
    const fallbacks = [1, 2].slice(0, size % 3).map((more) => AGENTS[(place + more) % AGENTS.length] ?? "");
    const id = node({ agent: AGENTS[place % AGENTS.length] ?? "", retries: turn ? 2 : 0, fallbacks });
    wire(pick(0), id, "x");
    if (turn) wire(pick(1), id, "y");
    return [...any(id, "text"), { node: id, output: "list", type: "list" }, { node: id, output: "n", type: "number" }];
  },
  branch({ piece, node, pick, wire }) {
    const id = node({ condition: conditionOf(piece) });
    wire(pick(0), id, "value");
    if (piece.turn) wire(pick(1), id, "carry");
    return any(id, "yes", "no");
  },
  switch({ piece, node, pick, wire }) {
    const cases = [
      { name: "a", when: conditionOf(piece) },
      { name: "b", when: piece.turn ? "true" : "false" },
    ];
    const id = node({ cases, otherwise: piece.turn });
    wire(pick(0), id, "value");
    return any(id, "a", "b", ...(piece.turn ? ["otherwise"] : []));
  },
  approval({ piece: { size, turn }, node, pick, wire }) {
    const id = node({ question: "Go on?", approvers: size > 1 ? ["eve"] : ["@starter"], timeoutMs: 60_000 });
    wire(pick(0), id, "subject");
    return any(id, "approved", ...(turn ? ["denied"] : []));
  },
  transform({ node, pick, wire }) {
    const gives = { same: "value", count: "size([value, value])", all: "[value, value]" };
    const id = node({ inputs: ["value"], gives });
    wire(pick(0), id, "value");
    return [
      ...any(id, "same"),
      { node: id, output: "count", type: "number" },
      { node: id, output: "all", type: "list" },
    ];
  },
  guard({ piece, node, pick, wire }) {
    const rule =
      piece.size > 1 ? { by: "expression", condition: conditionOf(piece) } : { by: "blocklist", words: ["forbidden"] };
    const asks = { otherwise: "asks", question: "Let it pass?", ...ASKING };
    const id = node({ rule, ...(piece.turn ? asks : { otherwise: "blocks" }) });
    wire(pick(0), id, "value");
    return any(id, "passed");
  },
  wait({ piece: { size, turn }, node, pick, wire }) {
    const until = { until: "timestamp('1970-01-01T00:00:30Z')", mostMs: 60_000 * (size + 1) };
    const id = node(turn ? until : { for: 1_000 * (size + 1) });
    wire(pick(0), id, "value");
    return any(id, "value");
  },
  join({ piece: { size }, node, pick, wire }) {
    const mode = size === 0 ? "all" : size === 1 ? "any" : "first";
    const id = node({ inputs: 3, mode, first: size === 2 ? 2 : 1 });
    for (const place of [0, 1, 2]) wire(pick(place), id, `in${place + 1}`);
    return [{ node: id, output: "values", type: "list" }, ...any(id, "first")];
  },
  /** Either a fixed amount, or one from a number that a person has seen. */
  pay({ piece: { size, turn }, node, pick, wire }) {
    const cap = { currency: "microcredits", amount: String(size * 10 + 5) };
    const pays = { payee: size > 1 ? "dan" : "acme", cap };
    if (!turn) {
      const id = node({ ...pays, amount: { currency: "microcredits", amount: "5" } });
      wire(pick(0), id, "after");
      return any(id, "paid");
    }
    const shows = node({ question: "Pay this?", ...ASKING }, "approval");
    wire(pick(0, "number"), shows, "subject");
    const id = node({ ...pays, amount: "n", inputs: ["n"] });
    wire({ node: shows, output: "approved", type: "any" }, id, "n");
    return any(id, "paid");
  },
  parallel({ node, pick, wire }) {
    const id = node({ ways: 2 });
    wire(pick(0), id, "value");
    return any(id, "way1", "way2");
  },
  map(paint) {
    const { piece, node, pick, wire } = paint;
    const id = node({ most: piece.size + 1, atOnce: piece.turn ? 2 : 1, ...capOf(piece) });
    wire(pick(0, "list"), id, "items");
    const last = drawBody(paint, id, [{ node: id, output: "item", type: "any" }]).at(-1);
    if (last) wire(last, id, "result");
    return [{ node: id, output: "results", type: "list" }];
  },
  loop(paint) {
    const { piece, node, pick, wire } = paint;
    const id = node({ while: piece.turn ? "index < 2" : "true", most: piece.size + 1, ...capOf(piece) });
    wire(pick(0, "number"), id, "value");
    const made = drawBody(paint, id, [{ node: id, output: "value", type: "number" }]);
    const last = made.filter(({ type }) => type === "number").at(-1);
    if (last) wire(last, id, "next");
    return (piece.turn ? ["done", "limit"] : ["done"]).map((output) => ({ node: id, output, type: "number" }));
  },
  try(paint) {
    const { piece, node, wire } = paint;
    const catches = piece.turn ? ["transient", "permanent", "business", "resource"] : ["transient"];
    const id = node({ attempts: piece.size + 1, catches, ...capOf(piece) });
    const last = drawBody(paint, id, []).at(-1);
    if (last) wire(last, id, "result");
    return any(id, "done", ...(piece.turn ? ["error"] : []));
  },
  /** A flow of its own, drawn once and pinned. Pinned flows hold none themselves here. */
  subflow({ drawing, piece, values, node, pick, wire }) {
    const { nodes, wires } = drawFlow(piece.inside.map(unnested));
    const pinned = { nodes, wires };
    const flow = meaningDigest(pinned);
    drawing.flows[flow] = pinned;
    const outputs: Settings[string] = nodes.some(({ kind }) => kind === "output") ? { last: {} } : {};
    const id = node({ flow, input: FORM as Settings[string], outputs });
    wire(pick(1, "list"), id, "items");
    wire(pick(2, "number"), id, "n");
    const text = values.find(({ output }) => output === "text");
    if (text) wire(text, id, "text");
    return any(id, ...Object.keys(outputs as object));
  },
};

function drawBody({ drawing, piece, values }: Painting, container: NodeId, round: readonly Value[]): Value[] {
  return draw(drawing, piece.inside, { values: [...values, ...round], parent: container });
}

function unnested(drawn: Piece): Piece {
  if (drawn.kind === "subflow") return { ...drawn, kind: "agent", inside: [] };
  return { ...drawn, inside: drawn.inside.map(unnested) };
}
