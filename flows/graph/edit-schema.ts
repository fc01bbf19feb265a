import { z } from "zod";
import { Digest, NodeId } from "../basics/ids";
import type { Json } from "../basics/json";
import type { Deed, DeedEdit } from "./deed";
import { FlowNode, PinnedFlow, Position, Wire } from "./graph";
import { hasFewEdits, LETTER } from "./letter";
import { LARGEST } from "./limits";
import { isStorable, judgePlainJson } from "./plain-json";
import { AnyDocument } from "./read-document";

const Nodes = z.array(NodeId).max(LARGEST.nodes);
const Places = z.record(NodeId, Position);
const Value = z.custom<Json>(
  (value) => judgePlainJson(value as Json, LARGEST) === "plain",
  "is no JSON that can be stored",
);

/** One schema for each kind of edit: a new one does not compile until a server can tell a sound one from any other. */
const edits = {
  add_node: z.strictObject({ edit: z.literal("add_node"), node: FlowNode, position: Position }),
  remove_nodes: z.strictObject({ edit: z.literal("remove_nodes"), nodes: Nodes }),
  move_nodes: z.strictObject({ edit: z.literal("move_nodes"), to: Places }),
  rename_node: z.strictObject({ edit: z.literal("rename_node"), node: NodeId, title: z.string().max(1_000) }),
  change_setting: z
    .strictObject({ edit: z.literal("change_setting"), node: NodeId, field: z.string(), value: Value.optional() })
    .transform((edit) => ({ ...edit, value: edit.value })),
  add_wire: z.strictObject({ edit: z.literal("add_wire"), wire: Wire }),
  remove_wires: z.strictObject({ edit: z.literal("remove_wires"), wires: z.array(Wire).max(LARGEST.wires) }),
  set_parent: z.strictObject({ edit: z.literal("set_parent"), nodes: Nodes, parent: NodeId.nullable(), to: Places }),
  pin_flow: z.strictObject({ edit: z.literal("pin_flow"), flow: Digest, pinned: PinnedFlow }),
  unpin_flow: z.strictObject({ edit: z.literal("unpin_flow"), flow: Digest }),
  replace_document: z.strictObject({ edit: z.literal("replace_document"), document: AnyDocument }),
  put_node: z.strictObject({ edit: z.literal("put_node"), node: FlowNode }),
} satisfies { [Kind in DeedEdit["edit"]]: z.ZodType<DeedEdit & { edit: Kind }> };

const Edit = z.custom<DeedEdit>().transform((given, { issues }): DeedEdit => {
  const kind = typeof given === "object" && given !== null ? given.edit : null;
  if (typeof kind === "string" && Object.hasOwn(edits, kind)) {
    const read = edits[kind].safeParse(given);
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) issues.push({ code: "custom", input: given, path, message });
  } else issues.push({ code: "custom", input: given, path: ["edit"], message: "is no edit that this studio knows" });
  return z.NEVER;
});

/**
 * Edits that we stored ourselves.
 * Errors: throws on anything else, since only edits that were held against the schema are stored.
 */
export function storedEdits(stored: unknown): DeedEdit[] {
  return z.array(Edit).parse(stored);
}

/** A deed as a stranger sends it: whatever passes can be applied, stored and applied again. */
export const AnyDeed = z.strictObject({
  id: z.string().regex(/^[0-9a-zA-Z-]{8,64}$/),
  name: z.string().min(1).max(200).refine(isStorable, "has a character that cannot be stored"),
  edits: z.array(Edit).max(LETTER.edits).readonly(),
}) satisfies z.ZodType<Deed>;

export const AnyLetter = z
  .array(AnyDeed)
  .max(LETTER.deeds)
  .refine(hasFewEdits, `has more than ${LETTER.edits} edits: send it in several`);
