import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { WalletAddress } from "@/flows/receipts/sign-in-message";

/** Takes away a wallet that does not count yet: it is not asked. */
export function UnlinkWaiting({ address, onClose }: { address: WalletAddress; onClose(): void }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const unlink = useMutation(
    trpc.wallets.unlinkWaiting.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries(trpc.wallets.pathFilter());
        toast({ status: "done", title: "The wallet is unlinked." });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Unlink the wallet?"
      text="It does not count yet, so this takes no signature. It opens this account no more. Whatever is linked in its place waits anew."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button busy={unlink.isPending} onClick={() => unlink.mutate({ address })}>
            Unlink it
          </Button>
        </>
      }
    >
      <ApiFault fault={unlink.error} />
    </Dialog>
  );
}
