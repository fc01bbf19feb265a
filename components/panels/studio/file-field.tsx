"use client";

import { FileUp, Trash2 } from "lucide-react";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { useFieldControl, useFieldLabel } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { fileWords } from "./file-words";
import { useFilePicker } from "./use-file-picker";

type FileFieldProps = { title: string; value: string; first: boolean; onChange(base64: string | undefined): void };

/** A file of any kind, held as base64. It is read in the browser; nothing is sent by choosing it. */
export function FileField({ title, value, first, onChange }: FileFieldProps) {
  // A button takes no `required`; the form says what is missing.
  const { id: own, required: _required, "aria-describedby": told, ...wiring } = useFieldControl();
  const label = useFieldLabel();
  const spare = useId();
  const id = own ?? spare;
  // The words have an id of their own: to a browser the name of the button by itself is its label once more.
  const deed = `${id}-deed`;
  const words = `${id}-words`;
  const describedBy = [value !== "" && words, told].filter(Boolean).join(" ") || undefined;
  const { pick, input } = useFilePicker({ title, onRead: async (file) => onChange(await base64Of(file)) });
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Button
        {...wiring}
        id={id}
        aria-labelledby={[label, deed].filter(Boolean).join(" ")}
        aria-describedby={describedBy}
        autoFocus={first}
        icon={<FileUp aria-hidden />}
        onClick={pick}
      >
        <span id={deed}>{value === "" ? "Choose a file" : "Choose another file"}</span>
      </Button>
      {value !== "" && (
        <span className="flex items-center gap-2 text-muted">
          <span id={words}>{fileWords(value)}</span>
          <IconButton label={`Remove the file of ${title}`} icon={<Trash2 />} onClick={() => onChange(undefined)} />
        </span>
      )}
      {input}
    </div>
  );
}

/** Read by the browser's own encoder, which takes files of megabytes without a string of each byte. */
function base64Of(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => failed(reader.error ?? new Error("the file cannot be read"));
    reader.readAsDataURL(file);
  });
}
