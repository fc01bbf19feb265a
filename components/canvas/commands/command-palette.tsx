"use client";

import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import { SearchList } from "@/components/ui/search-list";
import { useStudio } from "../../store/studio-store";
import { allCommands, keysOf } from "./all-commands";
import type { Command } from "./command";

/** Every action of the studio, by name, with its shortcut. What cannot be done now says why. */
export function CommandPalette({ onPick, onClose }: { onPick(command: Command): void; onClose(): void }) {
  const studio = useStudio.getState();
  const items = allCommands
    .filter(({ id }) => id !== "commands")
    .map((command) => {
      const blocked = command.blocked?.(studio) ?? null;
      const keys = keysOf(command);
      return {
        id: command.id,
        label: command.title,
        group: command.group,
        about: blocked ?? command.about?.(studio),
        disabled: blocked !== null,
        aside: keys && <Kbd>{keys}</Kbd>,
      };
    });

  function pick(id: string) {
    const command = allCommands.find((each) => each.id === id);
    onClose();
    if (command) onPick(command);
  }

  return (
    <Dialog open title="Commands" onClose={onClose}>
      <SearchList
        label="Search commands"
        placeholder="What do you want to do?"
        items={items}
        onPick={pick}
        nothing="No command is called that."
      />
    </Dialog>
  );
}
