"use client";

import { useEffect, useState } from "react";

const TICK_MS = 250;

/** The time, while somebody watches something move. Stands still otherwise. Units: milliseconds since the epoch. */
export function useNow(moving: boolean): number {
  const [now, setNow] = useState(0);
  useEffect(() => {
    if (!moving) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [moving]);
  return now;
}
