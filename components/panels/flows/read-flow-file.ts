import { ok, type Result } from "@/flows/basics/result";
import type { DocumentFault } from "@/flows/graph/document-fault";
import { type ReadDocument, readDocumentFile } from "@/flows/graph/read-document";
import { flowNameOf } from "@/flows/graph/write-document";

type Problem = Omit<DocumentFault, "code">;

const unreadable: Problem = {
  at: "",
  message: "The file could not be read.",
  fix: "It may have been moved or changed just now: choose it again.",
};

/** What a file holds, with the name that a flow from it gets. The browser throws when it cannot open the file any more. */
export async function readFlowFile(file: File): Promise<Result<ReadDocument & { name: string }, readonly Problem[]>> {
  try {
    const read = await readDocumentFile(file);
    return read.ok ? ok({ ...read.value, name: flowNameOf(file.name) }) : read;
  } catch (thrown) {
    if (thrown instanceof DOMException) return { ok: false, error: [unreadable] };
    throw thrown;
  }
}
