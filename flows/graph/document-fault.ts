/** What is wrong with a document. `at` is a JSON pointer into it, "" for the whole; `fix` says what to do about it. */
export type DocumentFault = { code: DocumentFaultCode; at: string; message: string; fix: string };

export type DocumentFaultCode =
  | "key_forbidden"
  | "key_repeated"
  | "node_repeated"
  | "not_json"
  | "number_out_of_range"
  | "parent_cycle"
  | "parent_unknown"
  | "place_unknown"
  | "shape_wrong"
  | "text_unstorable"
  | "too_deep"
  | "too_large"
  | "version_unknown"
  | "wire_repeated"
  | "wire_to_unknown";

/** Reading stops here: whoever mends twenty faults reads the next twenty then. */
export const MOST_FAULTS = 20;

const EXPORT_AGAIN = "Export the flow again, or remove it from the file.";

const FIXES: Readonly<Record<DocumentFaultCode, string>> = {
  key_forbidden: "Give it another name.",
  key_repeated: "Remove one of the two.",
  node_repeated: "Give one of them another id, and its wires with it.",
  not_json: "Export the flow again, or mend the file at that place.",
  number_out_of_range: "Write it as a text, or make it smaller.",
  parent_cycle: "Take one of them out of the other.",
  parent_unknown: EXPORT_AGAIN,
  place_unknown: EXPORT_AGAIN,
  shape_wrong: "Compare the file with flow.schema.json, which says what a flow looks like.",
  text_unstorable: "Remove that character.",
  too_deep: "Take out levels that nothing needs.",
  too_large: "Split the flow into smaller ones that are pinned as sub-flows.",
  version_unknown: "Update the studio, or export the flow from one of the same version.",
  wire_repeated: "Remove one of the two.",
  wire_to_unknown: "Remove the wire, or put the node back.",
};

export function documentFault(code: DocumentFaultCode, at: string, message: string): DocumentFault {
  return { code, at, message, fix: FIXES[code] };
}

/** A text of a stranger, short enough to stand in a sentence. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

/** One step of a JSON pointer (RFC 6901). */
export function pointerStep(step: string | number): string {
  return `/${String(step).slice(0, 80).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
