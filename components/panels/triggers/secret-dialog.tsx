"use client";

import { useStudio } from "@/components/store/studio-store";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Dialog } from "@/components/ui/dialog";
import type { NodeId } from "@/flows/basics/ids";
import { curlExample, exampleOf } from "./trigger-words";

type SecretDialogProps = { node: NodeId; trigger: string; secret: string; onClose(): void };

/** The address and the secret of a webhook. The secret is shown here and never again. */
export function SecretDialog({ node, trigger, secret, onClose }: SecretDialogProps) {
  const schema = useStudio((studio) => studio.plan?.input.properties[node]);
  const address = `${window.location.origin}/hooks/${trigger}`;
  return (
    <Dialog
      open
      onClose={onClose}
      title="Copy the secret now"
      text="It is shown this once. Whoever has it can start runs, up to the cap of the day. A secret that it replaces counts for one more day."
      actions={
        <Button tone="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <Labelled label="Address" text={address} />
        <Labelled label="Secret" text={secret} />
        <Labelled label="Example" text={curlExample({ address, secret, body: exampleOf(schema ?? {}) })} />
      </div>
    </Dialog>
  );
}

function Labelled({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex flex-col gap-1">
      <p className="text-12 text-muted font-strong">{label}</p>
      <CodeBlock label={label} text={text} />
    </div>
  );
}
