import type { FlowDocument } from "@/flows/graph/graph";
import { documentFileName, writeDocument } from "@/flows/graph/write-document";

/** Saves a flow as a `*.flow.json` from what this browser has of it. Nothing is loaded for it: it works offline. */
export function saveFlowFile(name: string, document: FlowDocument): void {
  const address = URL.createObjectURL(new Blob([writeDocument(document)], { type: "application/json" }));
  const link = globalThis.document.createElement("a");
  link.href = address;
  link.download = documentFileName(name);
  link.click();
  URL.revokeObjectURL(address);
}
