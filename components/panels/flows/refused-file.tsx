"use client";

import { ApiFault } from "@/components/panels/account/api-fault";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";

/** Why a file became no flow: what is wrong in it, or what the server answered. */
export type Refused = {
  file: string;
  faults: readonly { at: string; message: string; fix: string }[];
  answer?: unknown;
};

export function RefusedFile({ refused: { file, faults, answer }, onClose }: { refused: Refused; onClose(): void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Nothing was imported"
      text={`${file} was read in this browser only, and no flow was made of it.`}
      actions={
        <Button tone="primary" onClick={onClose}>
          Close
        </Button>
      }
    >
      <ApiFault fault={answer} />
      {faults.length > 0 && (
        <ul aria-label="What is wrong with the file" className="flex flex-col gap-3">
          {faults.map(({ at, message, fix }) => (
            <li key={`${at} ${message}`} className="min-w-0 break-words">
              <p className="font-strong">{message}</p>
              <p className="text-muted">{fix}</p>
              {at && <code className="block break-all text-12 text-faint">{at}</code>}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
