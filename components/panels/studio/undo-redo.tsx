"use client";

import { Redo2, Undo2 } from "lucide-react";
import { useStudio } from "@/components/store/studio-store";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";

/** Both say what they would undo or redo. */
export function UndoRedo() {
  const last = useStudio((studio) => studio.past.at(-1)?.name);
  const next = useStudio((studio) => studio.future[0]?.name);
  const { undo, redo } = useStudio.getState();
  return (
    <div className="flex">
      <IconButton
        label="Undo"
        icon={<Undo2 />}
        disabled={!last}
        onClick={undo}
        hint={<Hint name={last} keys="Ctrl Z" />}
      />
      <IconButton
        label="Redo"
        icon={<Redo2 />}
        disabled={!next}
        onClick={redo}
        hint={<Hint name={next} keys="Ctrl Shift Z" />}
      />
    </div>
  );
}

function Hint({ name, keys }: { name: string | undefined; keys: string }) {
  return (
    <>
      {name && <span className="text-muted">{name}</span>}
      <Kbd>{keys}</Kbd>
    </>
  );
}
