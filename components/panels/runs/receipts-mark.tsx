import type { Receipts } from "@/components/panels/runs/use-receipts";
import { StatusMark } from "@/components/ui/status-mark";

type MarkProps = { receipts: Pick<Receipts, "file" | "verdict">; look?: "plain" | "tag" };

/** How many receipts there are, and how many of them were verified here. */
export function ReceiptsMark({ receipts: { file, verdict }, look = "plain" }: MarkProps) {
  if (!file) return null;
  const count = file.receipts.length;
  if (!verdict)
    return <StatusMark look={look} status="waiting" word={count === 0 ? "None yet" : `${count} not verified yet`} />;
  if (verdict.failed.length > 0) return <StatusMark look={look} status="failed" word="Verification failed" />;
  return <StatusMark look={look} status="done" word={`${verdict.verified} of ${count} verified`} />;
}
