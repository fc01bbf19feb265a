import type { FlowDocument } from "@/flows/graph/graph";

/** Saves a flow as a `*.flow.json` from what this browser has of it; nothing is asked of the server. */
export async function saveFlowFile(name: string, document: FlowDocument): Promise<void> {
  const { documentFileName, writeDocument } = await import("@/flows/graph/write-document");
  const address = URL.createObjectURL(new Blob([writeDocument(document)], { type: "application/json" }));
  const link = globalThis.document.createElement("a");
  link.href = address;
  link.download = documentFileName(name);
  link.click();
  URL.revokeObjectURL(address);
}
