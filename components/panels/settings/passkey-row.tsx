import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/api/trpc";
import { Moment } from "@/components/panels/runs/moment";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-mark";
import { TextInput } from "@/components/ui/text-input";

export type ShownPasskey = {
  id: string;
  name: string;
  createdAt: Date;
  usedAt: Date | null;
  /** Until then it signs nothing; null once it does. */
  waitsUntil: Date | null;
};

/** A passkey: its name, since when it counts or was used, and the way to be rid of it. */
export function PasskeyRow({ passkey, onRemove }: { passkey: ShownPasskey; onRemove(): void }) {
  const { id, name, createdAt, usedAt, waitsUntil } = passkey;
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [text, setText] = useState(name);
  const rename = useMutation(
    trpc.passkeys.rename.mutationOptions({ onSettled: () => queries.invalidateQueries(trpc.passkeys.pathFilter()) }),
  );
  const fresh = text.trim();
  return (
    <li className="flex flex-col gap-1 border-b py-2 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <TextInput
          aria-label={`Name of ${name}`}
          maxLength={60}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="min-w-0 flex-1 basis-48 max-sm:basis-full"
        />
        <span className="text-12 text-muted max-sm:flex-1 sm:w-32 sm:text-right">
          {waitsUntil ? (
            "does not count yet"
          ) : (
            <>
              {usedAt ? "last used " : "added "}
              <Moment at={usedAt ?? createdAt} />
            </>
          )}
        </span>
        {fresh !== "" && fresh !== name && (
          <Button busy={rename.isPending} onClick={() => rename.mutate({ id, name: fresh })}>
            Rename
          </Button>
        )}
        <Button tone="ghost" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </Button>
      </div>
      {waitsUntil && (
        <p className="flex gap-2 text-12 text-muted">
          <span aria-hidden className="shrink-0">
            <StatusGlyph status="waiting" />
          </span>
          <span>
            Counts from <Moment at={waitsUntil} look="exact" />. Nothing confirmed it when it came, so until then it
            signs nothing, and is removed without a signature. If it is not yours, remove it now.
          </span>
        </p>
      )}
    </li>
  );
}
