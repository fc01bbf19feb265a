"use client";

import { createContext, useContext, useEffect, useState } from "react";

const TICK_MS = 250;

/** The moment of a run that is looked back at; null where time goes on. */
export const SeenAt = createContext<number | null>(null);

/** The time, while somebody watches something move. Stands still otherwise. Units: milliseconds since the epoch. */
export function useNow(moving: boolean): number {
  const seen = useContext(SeenAt);
  const [now, setNow] = useState(0);
  const ticks = moving && seen === null;
  useEffect(() => {
    if (!ticks) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [ticks]);
  return seen ?? now;
}
