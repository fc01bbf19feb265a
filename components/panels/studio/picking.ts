/** What a drag from the palette carries, and where the palette is searched: agreed between the palette and the canvas. */
export const PICK_TYPE = "application/x-studio-pick";
export const PALETTE_SEARCH = "palette-search";
