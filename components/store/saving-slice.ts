import type { Deed } from "@/flows/graph/deed";
import type { Head } from "@/flows/graph/log";

/** What the server had when we last heard from it. */
export type Saved = Head;

export type SavingSlice = {
  saved: Saved | null;
  /** `offline`: the server does not answer. `refused`: it answered, and did not take it. */
  sending: "idle" | "sending" | "offline" | "refused";
  /** True once the server has everything that was done here. Whoever needs that, such as Run, waits for it. */
  flush(): Promise<boolean>;
  /** Sends, and hears what others did meanwhile. */
  pull(): Promise<boolean>;
};

export const nothingSaved: SavingSlice = {
  saved: null,
  sending: "idle",
  flush: () => Promise.resolve(false),
  pull: () => Promise.resolve(false),
};

export type SaveWord = "saved" | "saving" | "offline" | "refused";

/** Where the drawing stands, in one word. */
export function saveWord({ pending, sending }: Pick<SavingSlice, "sending"> & { pending: readonly Deed[] }): SaveWord {
  if (pending.length === 0) return "saved";
  return sending === "offline" || sending === "refused" ? sending : "saving";
}
