/** Nodes of one section; with its 18 wires that is one and a half to a node. */
const SECTION = 12;
const AGENT = "studio/summariser@1.0.0";
const ACROSS = 280;
const DOWN = 180;
const BLOCK = { width: 6 * ACROSS, height: 4 * DOWN };
const FORM = { type: "object", properties: { text: { type: "string", title: "Text" } }, required: ["text"] };

/**
 * A flow of exactly `size` nodes that compiles, as a document that the API takes: sections of twelve nodes of nine
 * kinds, each going on from what the one before it made, laid out in rows like a page.
 *
 * @param {number} size at least 14
 */
export function canvasFlow(size) {
  const drawing = drawingBoard();
  const sections = Math.floor((size - 2) / SECTION);
  const across = Math.max(1, Math.round(Math.sqrt((1.2 * sections * BLOCK.height) / BLOCK.width)));
  drawing.node("start", "input", { schema: FORM }, [-ACROSS, 0]);
  let last = "start.text";
  for (let section = 0; section < sections; section++) {
    const corner = { x: (section % across) * BLOCK.width, y: Math.floor(section / across) * BLOCK.height };
    last = drawSection(drawing, { section, corner, from: last });
  }
  const end = { x: across * BLOCK.width, y: 0 };
  for (let more = 0; more < size - 2 - sections * SECTION; more++) {
    drawing.node(`more-${more}`, "transform", { inputs: ["value"], gives: { text: "value" } }, [end.x, more * DOWN]);
    drawing.wire(last, `more-${more}.value`);
  }
  drawing.node("end", "output", { name: "result" }, [end.x + ACROSS, end.y]);
  drawing.wire(last, "end.value");
  return { version: 2, ...drawing.drawn };
}

/** @typedef {ReturnType<typeof drawingBoard>} Board */

/**
 * @param {Board} board
 * @param {{ section: number, corner: { x: number, y: number }, from: string }} where
 * @returns {string} the output that the next section goes on from
 */
function drawSection({ node, wire }, { section, corner, from }) {
  /** @param {string} name */
  const id = (name) => `s${section}-${name}`;
  /** @type {(name: string, kind: string, settings: object, place: readonly [number, number]) => void} */
  // biome-ignore lint/complexity/useMaxParams: as below
  const put = (name, kind, settings, [column, row]) =>
    node(id(name), kind, settings, [corner.x + column * ACROSS, corner.y + row * DOWN]);
  /** @param {string} start @param {string} end */
  const join = (start, end) => wire(id(start), id(end));
  const asks = section % 4 === 0;

  put("read", "agent", { agent: AGENT, inputs: { sentences: 4 } }, [0, 0]);
  put("if", "branch", { condition: `size(value) > ${100 + section}` }, [1, 0]);
  put("long", "agent", { agent: AGENT, inputs: {} }, [2, 0]);
  put("short", "agent", { agent: AGENT, inputs: {} }, [2, 1]);
  put("either", "join", { inputs: 2, mode: "any" }, [3, 0]);
  put("note", "transform", { inputs: ["value", "before"], gives: { text: "value" } }, [3, 1]);
  put("check", "guard", { rule: { by: "blocklist", words: ["confidential"] }, otherwise: "blocks" }, [4, 0]);
  put("all", "transform", { inputs: ["a", "b", "c", "d"], gives: { text: "a" } }, [4, 1]);
  put("each", "map", { most: 10, atOnce: 4 }, [0, 2]);
  node(id("item"), "transform", { inputs: ["value"], gives: { text: "value" } }, [ACROSS / 2, 90], id("each"));
  put("out", "output", { name: `section ${section}` }, [2, 2]);
  if (asks) put("last", "approval", { question: `Go on after ${section}?`, approvers: ["@starter"] }, [5, 0]);
  else put("last", "wait", { for: 60_000 }, [5, 0]);

  wire(from, id("read.text"));
  join("read.summary", "if.value");
  join("if.yes", "long.text");
  join("if.no", "short.text");
  join("long.summary", "either.in1");
  join("short.summary", "either.in2");
  join("either.first", "note.value");
  join("read.summary", "note.before");
  join("note.text", "check.value");
  join("check.passed", "all.a");
  join("note.text", "all.b");
  join("read.summary", "all.c");
  join("either.first", "all.d");
  join("read.sentences", "each.items");
  join("each.item", "item.value");
  join("item.text", "each.result");
  join("each.results", "out.value");
  join("all.text", asks ? "last.subject" : "last.value");
  return id(asks ? "last.approved" : "last.value");
}

function drawingBoard() {
  const drawn = {
    nodes: /** @type {{ id: string, kind: string, title: string, settings: object, parent?: string }[]} */ ([]),
    wires: /** @type {object[]} */ ([]),
    layout: /** @type {Record<string, { x: number, y: number }>} */ ({}),
  };
  return {
    drawn,
    /** @type {(id: string, kind: string, settings: object, at: readonly [number, number], parent?: string) => void} */
    // biome-ignore lint/complexity/useMaxParams: a drawing reads best as a list of such lines
    node(id, kind, settings, [x, y], parent) {
      drawn.nodes.push({ id, kind, title: id, settings, ...(parent ? { parent } : {}) });
      drawn.layout[id] = { x, y };
    },
    /** @param {string} from `node.output` @param {string} to `node.input` */
    wire(from, to) {
      const [[start, output], [end, input]] = [from.split("."), to.split(".")];
      drawn.wires.push({ from: { node: start, output }, to: { node: end, input } });
    },
  };
}
