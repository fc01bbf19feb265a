"use client";

import { FileUp } from "lucide-react";
import { useFilePicker } from "./use-file-picker";

/** Puts a local file's text into a field. The file is read in the browser; nothing is sent by choosing it. */
export function FileButton({ title, onRead }: { title: string; onRead(text: string): void }) {
  const { pick, input } = useFilePicker({
    title,
    accept: ".csv,.tsv,.txt,text/csv,text/plain",
    onRead: async (file) => onRead(await file.text()),
  });
  return (
    <span>
      <button
        type="button"
        onClick={pick}
        className="quick flex items-center gap-1 rounded-control px-1 text-12 text-muted hover:bg-hover hover:text-ink"
      >
        <FileUp aria-hidden />
        Use a file
      </button>
      {input}
    </span>
  );
}
