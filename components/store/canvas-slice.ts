export type CanvasSlice = {
  /** Whether a drag on the empty canvas draws a box around nodes; otherwise it moves the canvas. */
  boxing: boolean;
  setBoxing(boxing: boolean): void;
};

/** How the canvas is handled, as long as the page is open. */
export function canvasSlice(set: (change: Partial<CanvasSlice>) => void): CanvasSlice {
  return {
    boxing: false,
    setBoxing: (boxing) => set({ boxing }),
  };
}
