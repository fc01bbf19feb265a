"use client";

import { useRef } from "react";
import { toast } from "@/components/ui/toast";

/** Half of what one request may carry, so that the rest of the input fits beside it. */
const MOST_BYTES = 5_000_000;

type Wanted = { title: string; accept?: string; onRead(file: File): Promise<void> };

/** Lets a person choose a local file. `input` is the field behind the button, to be drawn beside it. */
export function useFilePicker({ title, accept, onRead }: Wanted) {
  const field = useRef<HTMLInputElement>(null);

  async function read(file: File) {
    if (file.size > MOST_BYTES)
      return void toast({ title: "Not used", text: `${file.name} is larger than 5 MB.`, status: "denied" });
    await onRead(file).catch(() =>
      toast({ title: "Not used", text: `${file.name} cannot be read.`, status: "denied" }),
    );
  }

  const input = (
    <input
      ref={field}
      type="file"
      {...(accept ? { accept } : {})}
      aria-label={`File for ${title}`}
      tabIndex={-1}
      className="sr-only"
      onChange={(event) => {
        const file = event.target.files?.[0];
        event.target.value = "";
        if (file) void read(file);
      }}
    />
  );
  return { pick: () => field.current?.click(), input };
}
