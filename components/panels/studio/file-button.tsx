"use client";

import { FileUp } from "lucide-react";
import { useRef } from "react";
import { toast } from "@/components/ui/toast";

/** Half of what one request may carry, so that the rest of the input fits beside it. */
const MOST_BYTES = 5_000_000;

/** Puts a local file's text into a field. The file is read in the browser; nothing is sent by choosing it. */
export function FileButton({ title, onRead }: { title: string; onRead(text: string): void }) {
  const input = useRef<HTMLInputElement>(null);

  async function read(file: File) {
    if (file.size > MOST_BYTES) {
      toast({ title: "Not used", text: `${file.name} is larger than 5 MB.`, status: "denied" });
      return;
    }
    onRead(await file.text());
  }

  return (
    <span>
      <button
        type="button"
        onClick={() => input.current?.click()}
        className="quick flex items-center gap-1 rounded-control px-1 text-12 text-muted hover:bg-hover hover:text-ink"
      >
        <FileUp aria-hidden />
        Use a file
      </button>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        aria-label={`File for ${title}`}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void read(file);
        }}
      />
    </span>
  );
}
