import type { ReceiptsFile } from "@/components/api/answers";

/** Saves the file that `npm run verify -- FILE` reads: canonical JSON, so that hashes can be taken anew. */
export async function saveReceipts(file: ReceiptsFile): Promise<void> {
  const { toStored } = await import("@/flows/plan/stored");
  const address = URL.createObjectURL(new Blob([toStored(file)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `receipts-${file.run}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
