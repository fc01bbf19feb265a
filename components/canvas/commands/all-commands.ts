import { arrangeCommands } from "./arrange-commands";
import { chordWords, isChord, isMac } from "./chord";
import type { Command } from "./command";
import { connectCommands } from "./connect-commands";
import { editCommands } from "./edit-commands";
import { runCommands, viewCommands } from "./view-commands";

/** Every action of the studio, in the order in which they are shown. */
export const allCommands: readonly Command[] = [
  ...editCommands,
  ...connectCommands,
  ...arrangeCommands,
  ...viewCommands,
  ...runCommands,
];

/** What a press of keys asks for, whether it can be done or not. */
export function commandOf(event: KeyboardEvent): Command | null {
  return allCommands.find(({ keys }) => keys?.some((chord) => isChord(event, chord))) ?? null;
}

/** The first shortcut of a command, as this machine writes it. */
export function keysOf({ keys }: Command): string | null {
  const [first] = keys ?? [];
  return first ? chordWords(first, isMac()) : null;
}
