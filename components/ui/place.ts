export type Side = "top" | "bottom" | "left" | "right";
export type Box = { left: number; top: number; width: number; height: number };
type Size = { width: number; height: number };

const OPPOSITE: Record<Side, Side> = { top: "bottom", bottom: "top", left: "right", right: "left" };
const MARGIN = 8;
const GAP = 6;

/** Where something that floats goes: beside its anchor, on the other side when there is no room, never off the screen. */
export function place(ask: { anchor: Box; size: Size; screen: Size; side: Side }): { left: number; top: number } {
  const { anchor, size, screen, side } = ask;
  const room: Record<Side, number> = {
    top: anchor.top - size.height,
    bottom: screen.height - anchor.top - anchor.height - size.height,
    left: anchor.left - size.width,
    right: screen.width - anchor.left - anchor.width - size.width,
  };
  const other = OPPOSITE[side];
  const spot = at(room[side] < GAP + MARGIN && room[other] > room[side] ? other : side, anchor, size);
  return {
    left: Math.max(MARGIN, Math.min(spot.left, screen.width - size.width - MARGIN)),
    top: Math.max(MARGIN, Math.min(spot.top, screen.height - size.height - MARGIN)),
  };
}

function at(side: Side, anchor: Box, size: Size): { left: number; top: number } {
  const middle = {
    left: anchor.left + (anchor.width - size.width) / 2,
    top: anchor.top + (anchor.height - size.height) / 2,
  };
  if (side === "top") return { ...middle, top: anchor.top - size.height - GAP };
  if (side === "bottom") return { ...middle, top: anchor.top + anchor.height + GAP };
  if (side === "left") return { ...middle, left: anchor.left - size.width - GAP };
  return { ...middle, left: anchor.left + anchor.width + GAP };
}
