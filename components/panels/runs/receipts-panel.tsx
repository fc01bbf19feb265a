import { Download, ShieldCheck } from "lucide-react";
import { ApiFault } from "@/components/panels/account/api-fault";
import { ReceiptsMark } from "@/components/panels/runs/receipts-mark";
import { SignedYeses } from "@/components/panels/runs/signed-yeses";
import type { Receipts } from "@/components/panels/runs/use-receipts";
import { VerdictView } from "@/components/panels/runs/verdict-view";
import { Button } from "@/components/ui/button";
import { ErrorNotice } from "@/components/ui/error-notice";
import { Panel } from "@/components/ui/panel";
import { Switch } from "@/components/ui/switch";

type ReceiptsPanelProps = { run: string; receipts: Receipts; titleOf(step: string): string };

/** The receipts of a run: how many, verified in this browser on demand, and as a file to verify anywhere. */
export function ReceiptsPanel({ run, receipts, titleOf }: ReceiptsPanelProps) {
  const { file, verdict, fault, working, broken, verify, save, proofsStay, setProofsStay } = receipts;
  const signatures = file?.proofs?.length ?? 0;
  const none = !file || file.receipts.length === 0;
  return (
    <Panel title="Receipts" badge={<ReceiptsMark receipts={receipts} look="tag" />}>
      <div className="flex min-w-0 flex-col gap-4">
        {verdict ? (
          <VerdictView verdict={verdict}>
            {verdict.signed.length > 0 && <SignedYeses run={run} signed={verdict.signed} titleOf={titleOf} />}
          </VerdictView>
        ) : (
          <p className="text-muted">
            One signed statement per step, each naming the one before it. Verifying happens in this browser; nobody is
            asked.
          </p>
        )}
        <ApiFault fault={fault} />
        {broken && (
          <ErrorNotice
            what="The receipts could not be verified here."
            safe="The receipts themselves are unchanged."
            next="Download them and run npm run verify on the file."
            code="verifier_unavailable"
          />
        )}
        {signatures > 0 && (
          <Switch
            label="Leave out what people signed"
            help="It names wallets and public keys of passkeys. The file verifies without it, and says what it does not show."
            checked={proofsStay}
            onChange={setProofsStay}
          />
        )}
        <div className="flex flex-wrap gap-2">
          <Button icon={<ShieldCheck aria-hidden />} disabled={none} busy={working} onClick={verify}>
            {verdict ? "Verify again" : "Verify"}
          </Button>
          <Button icon={<Download aria-hidden />} disabled={none} onClick={save}>
            Download receipts
          </Button>
        </div>
      </div>
    </Panel>
  );
}
