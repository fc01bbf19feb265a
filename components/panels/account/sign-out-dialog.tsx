import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

export type SignOutDialogProps = { open: boolean; onClose(): void; onLeave(): void };

/** A local account has no password, so leaving it is for good: that is said before, not after. */
export function SignOutDialog({ open, onClose, onLeave }: SignOutDialogProps) {
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
