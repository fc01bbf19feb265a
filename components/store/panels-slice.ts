export type PanelName = "palette" | "inspector" | "dock";
export const DOCK_TABS = ["problems", "run", "money", "history", "outline"] as const;
export type DockTab = (typeof DOCK_TABS)[number];
export type Panels = Record<PanelName, boolean> & { tab: DockTab };

export type PanelsSlice = {
  panels: Panels;
  setPanels(change: Partial<Panels>): void;
};

/** Where choices of this browser are kept; a browser that refuses storage forgets them with the page. */
export type Kept = { read(): string | null; write(text: string): void };

const FIRST: Panels = { palette: true, inspector: true, dock: false, tab: "problems" };

/** Which panels are open. Remembered by this browser, for every flow. */
export function panelsSlice(
  set: (change: Partial<PanelsSlice>) => void,
  get: () => PanelsSlice,
  kept: Kept,
): PanelsSlice {
  return {
    panels: { ...FIRST, ...readPanels(kept.read()) },
    setPanels(change) {
      const panels = { ...get().panels, ...change };
      set({ panels });
      kept.write(JSON.stringify(panels));
    },
  };
}

function readPanels(text: string | null): Partial<Panels> {
  const read = parse(text);
  if (typeof read !== "object" || read === null) return {};
  const known = Object.entries(read).filter(([name, value]) => {
    if (name === "tab") return DOCK_TABS.some((tab) => tab === value);
    return name in FIRST && typeof value === "boolean";
  });
  return Object.fromEntries(known);
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null; // written by another version: the first choice holds
  }
}
