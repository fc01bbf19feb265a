/** One way to press a shortcut: `Mod+Shift+Z`. `Mod` is Ctrl, and Command on a Mac. */
export type Chord = string;

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Whether an event is this chord. Signs are taken as typed: where `/` lies on the keyboard, and under which key, differs. */
export function isChord(event: Pressed, chord: Chord): boolean {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  const key = parts.at(-1) ?? "";
  const held = new Set(parts.slice(0, -1));
  const letter = /^[A-Z]$/.test(key);
  if ((event.ctrlKey || event.metaKey) !== held.has("Mod") || event.altKey !== held.has("Alt")) return false;
  if ((letter || key.length > 1) && event.shiftKey !== held.has("Shift")) return false;
  // With Alt a letter key may type something else altogether.
  if (letter) return event.key.toUpperCase() === key || (event.altKey && event.code === `Key${key}`);
  return event.key === key;
}

const WORDS: Readonly<Record<string, string>> = { Mod: "Ctrl", Escape: "Esc", Delete: "Del" };
const MAC_WORDS: Readonly<Record<string, string>> = { ...WORDS, Mod: "⌘", Alt: "⌥", Shift: "⇧" };

/** How a chord is written for people: `Ctrl Shift Z`. */
export function chordWords(chord: Chord, mac = false): string {
  const parts = chord === "+" ? ["+"] : chord.split("+");
  return parts.map((part) => (mac ? MAC_WORDS : WORDS)[part] ?? part).join(" ");
}

export const isMac = () => typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent);
