import { z } from "zod";
import { Digest } from "../basics/ids";
import type { Json } from "../basics/json";
import { err, ok, type Result } from "../basics/result";
import { type DocumentFault, documentFault, MOST_FAULTS, pointerStep } from "./document-fault";
import { FlowDocument, FlowNode, PinnedFlow, Position, Wire } from "./graph";
import { LARGEST } from "./limits";
import { upToDate, VERSION, versionOf } from "./migrate";
import { judgePlainJson } from "./plain-json";
import { scanJson } from "./scan-json";
import { unsoundParts } from "./soundness";

/** `migratedFrom` is the version that the document was of, null when it was of this one. */
export type ReadDocument = { document: FlowDocument; migratedFrom: number | null };

/**
 * Reads the text of a `*.flow.json`, of this version of the format or an earlier one, or says what is wrong with it: at
 * most 20 faults. A node of a kind that nobody knows is none: it is kept as it stands, and the compiler names it. [G5] [G6]
 */
export function readDocument(text: string): Result<ReadDocument, readonly DocumentFault[]> {
  if (text.length > LARGEST.characters) return err([tooLarge]);
  const hidden = scanJson(text);
  return hidden.length > 0 ? err(hidden) : checkParts(JSON.parse(text) as Json);
}

/** The same for a file, which is not even opened when it is too large. */
export async function readDocumentFile(file: {
  readonly size: number;
  text(): Promise<string>;
}): Promise<Result<ReadDocument, readonly DocumentFault[]>> {
  return file.size > LARGEST.characters ? err([tooLarge]) : readDocument(await file.text());
}

const tooLarge = documentFault("too_large", "", `The file is larger than ${LARGEST.characters / 1_000_000} MB.`);

const NOT_PLAIN = {
  not_plain: documentFault("shape_wrong", "", "The document holds something that is not JSON or cannot be stored."),
  too_deep: documentFault("too_deep", "", `The document has more than ${LARGEST.depth} levels inside one another.`),
  too_large: documentFault("too_large", "", `The document holds more than ${LARGEST.values} values.`),
};

/** What `readDocument` does, for something that is no text any more. */
export function checkDocument(json: Json): Result<ReadDocument, readonly DocumentFault[]> {
  const plain = judgePlainJson(json, LARGEST);
  return plain === "plain" ? checkParts(json) : err([NOT_PLAIN[plain]]);
}

function checkParts(json: Json): Result<ReadDocument, readonly DocumentFault[]> {
  const version = versionOf(json);
  if (version === null || version > VERSION) return err([unknownVersion(json, version)]);
  const current = upToDate(json);
  const misshapen = misshapenParts(current);
  if (misshapen.length > 0) return err(misshapen);
  const document = current as FlowDocument;
  const unsound = unsoundParts(document);
  return unsound.length > 0 ? err(unsound) : ok({ document, migratedFrom: version < VERSION ? version : null });
}

/** A document of any version as a procedure takes it: brought up to this version, whole and sound. */
export const AnyDocument = z.custom<FlowDocument>().transform((json, { issues }) => {
  const checked = checkDocument(json as unknown as Json);
  if (checked.ok) return checked.value.document;
  for (const { at, message } of checked.error)
    issues.push({ code: "custom", input: json, path: at.split("/").slice(1), message });
  return z.NEVER;
});

function unknownVersion(json: Json, version: number | null): DocumentFault {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    return documentFault("shape_wrong", "", "This is not a flow.");
  const message =
    version === null
      ? "The file does not say which version of the format it is."
      : `The file is of version ${version} of the format; this studio knows versions up to ${VERSION}.`;
  return documentFault("version_unknown", "/version", message);
}

type Part = { schema: z.ZodType; value: unknown; at: string };

const few = (most: number) => z.array(z.unknown()).max(most);
const Frame = FlowDocument.extend({
  nodes: few(LARGEST.nodes),
  wires: few(LARGEST.wires),
  layout: z.record(z.string(), z.unknown()),
  flows: z.record(z.string(), z.unknown()).optional(),
});
const PinnedFrame = PinnedFlow.extend({ nodes: few(LARGEST.nodes), wires: few(LARGEST.wires) });

/**
 * Holds a document against its schema part by part, because a document with a fault in each of a million parts would
 * otherwise make a million complaints before the first is shown.
 */
function misshapenParts(json: Json): readonly DocumentFault[] {
  const faults: DocumentFault[] = [];
  for (const { schema, value, at } of partsOf(json)) {
    const { error } = schema.safeParse(value);
    for (const issue of error?.issues ?? []) {
      const place = issue.path.map((step) => pointerStep(String(step))).join("");
      faults.push(documentFault("shape_wrong", `${at}${place}`, `${issue.message.slice(0, 200)}.`));
    }
    if (faults.length >= MOST_FAULTS) break;
  }
  return faults.slice(0, MOST_FAULTS);
}

/** The frame of a document, then what is in it. The rest is not asked for once something is wrong. */
function* partsOf(json: Json): Generator<Part> {
  yield { schema: Frame, value: json, at: "" };
  const frame = Frame.safeParse(json);
  if (!frame.success) return;
  const { nodes, wires, layout, flows = {} } = frame.data;
  // No more places than nodes: a node that is not there needs none.
  yield { schema: few(LARGEST.nodes), value: Object.keys(layout), at: "/layout" };
  yield { schema: few(LARGEST.flows), value: Object.keys(flows), at: "/flows" };
  if (Object.keys(layout).length > LARGEST.nodes || Object.keys(flows).length > LARGEST.flows) return;
  yield* graphParts({ nodes, wires }, "");
  for (const [id, place] of Object.entries(layout)) {
    yield { schema: FlowNode.shape.id, value: id, at: `/layout${pointerStep(id)}` };
    yield { schema: Position, value: place, at: `/layout${pointerStep(id)}` };
  }
  for (const [digest, flow] of Object.entries(flows)) {
    const at = `/flows${pointerStep(digest)}`;
    yield { schema: Digest, value: digest, at };
    yield { schema: PinnedFrame, value: flow, at };
    const pinned = PinnedFrame.safeParse(flow);
    if (pinned.success) yield* graphParts(pinned.data, at);
  }
}

function* graphParts(graph: { nodes: readonly unknown[]; wires: readonly unknown[] }, at: string): Generator<Part> {
  for (const [index, value] of graph.nodes.entries()) yield { schema: FlowNode, value, at: `${at}/nodes/${index}` };
  for (const [index, value] of graph.wires.entries()) yield { schema: Wire, value, at: `${at}/wires/${index}` };
}
