import { article } from "@/flows/examples/article";
import { sample } from "@/flows/examples/sample";
import type { FlowDocument } from "@/flows/graph/graph";

type Node = Parameters<typeof sample>[1]["nodes"][number];
type Made = { nodes: Node[]; wires: string[]; text: string };
/** A whole number below `most`, from the seed. */
export type Dice = (most: number) => number;

const SUMMARISER = "studio/summariser@1.0.0";

/** One to six pieces in a row, each taking a text and giving one: calls, questions, conditions, waits, bodies. */
export function randomFlow(dice: Dice): FlowDocument {
  const made: Made = { nodes: [inputNode()], wires: [], text: "in.text" };
  const pieces = 1 + dice(6);
  for (let place = 0; place < pieces; place++) PIECES[dice(PIECES.length)]?.(made, `p${place}`);
  made.nodes.push({ id: "out", kind: "output", title: "Out", settings: { name: "out" }, at: [0, 0] });
  made.wires.push(`${made.text} > out.value`);
  return sample({ id: "random", name: "Random", about: "" }, made).document;
}

function inputNode(): Node {
  const text = { type: "string", title: "Text", format: "text", default: article };
  const schema = { type: "object", properties: { text }, required: ["text"] };
  return { id: "in", kind: "input", title: "In", settings: { schema }, at: [0, 0] };
}

type Piece = (made: Made, id: string) => void;

const call: Piece = (made, id) => {
  put(made, { id, kind: "agent", settings: { agent: SUMMARISER, inputs: { sentences: 3 }, retries: 1 } });
  goOn(made, `${id}.text`, `${id}.summary`);
};

const ask: Piece = (made, id) => {
  put(made, { id, kind: "approval", settings: { question: "Go on?", approvers: ["@starter"], timeoutMs: 600_000 } });
  goOn(made, `${id}.subject`, `${id}.approved`);
};

const choose: Piece = (made, id) => {
  put(made, { id, kind: "branch", settings: { condition: "size(value) > 100" } });
  goOn(made, `${id}.value`, `${id}.yes`);
};

const wait: Piece = (made, id) => {
  put(made, { id, kind: "wait", settings: { for: 1_000 } });
  goOn(made, `${id}.value`, `${id}.value`);
};

/** Three paragraphs, two at once, put together again. */
const each: Piece = (made, id) => {
  const parts = "[text, text, text]";
  put(made, { id: `${id}-cut`, kind: "transform", settings: { inputs: ["text"], gives: { parts } } });
  goOn(made, `${id}-cut.text`, `${id}-cut.parts`);
  put(made, { id, kind: "map", settings: { most: 3, atOnce: 2 } });
  goOn(made, `${id}.items`, `${id}.results`);
  put(made, { id: `${id}-in`, kind: "agent", settings: { agent: SUMMARISER, inputs: { sentences: 1 } }, in: id });
  made.wires.push(`${id}.item > ${id}-in.text`, `${id}-in.summary > ${id}.result`);
  const text = "parts.map(part, string(part)).join(' ')";
  put(made, { id: `${id}-glue`, kind: "transform", settings: { inputs: ["parts"], gives: { text } } });
  goOn(made, `${id}-glue.parts`, `${id}-glue.text`);
};

const attempt: Piece = (made, id) => {
  put(made, { id, kind: "try", settings: { attempts: 2, catches: ["transient", "business"] } });
  put(made, { id: `${id}-in`, kind: "agent", settings: { agent: SUMMARISER, inputs: { sentences: 2 } }, in: id });
  made.wires.push(`${made.text} > ${id}-in.text`, `${id}-in.summary > ${id}.result`);
  made.text = `${id}.done`;
};

const PIECES: readonly Piece[] = [call, call, ask, choose, wait, each, attempt];

function put(made: Made, node: Omit<Node, "title" | "at">): void {
  made.nodes.push({ ...node, title: node.id, at: [0, 0] });
}

function goOn(made: Made, into: string, out: string): void {
  made.wires.push(`${made.text} > ${into}`);
  made.text = out;
}
