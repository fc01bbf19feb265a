import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { shortHash } from "@/components/ui/hash";

export type SignOutDialogProps = { open: boolean; wallet: string | null; onClose(): void; onLeave(): void };

/** A local account has no password, so leaving it without a wallet is for good: that is said before, not after. */
export function SignOutDialog({ open, wallet, onClose, onLeave }: SignOutDialogProps) {
  if (wallet)
    return (
      <Dialog
        open={open}
        onClose={onClose}
        title="Sign out?"
        text={`The wallet ${shortHash(wallet)} opens this account again, in any browser. Runs under way go on.`}
        actions={
          <>
            <Button onClick={onClose}>Stay</Button>
            <Button onClick={onLeave}>Sign out</Button>
          </>
        }
      />
    );
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Sign out of this local account?"
      text="It has no password: this browser is the only way into it. After signing out nobody can open it again, its flows and credits included. Runs under way go on."
      actions={
        <>
          <Button onClick={onClose}>Stay</Button>
          <Button tone="danger" onClick={onLeave}>
            Sign out for good
          </Button>
        </>
      }
    />
  );
}
