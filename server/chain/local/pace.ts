/**
 * How the chain's slots and clock follow the wall's clock. Nothing ticks: both are worked out when somebody asks, so
 * that an idle chain costs nothing, and a chain that was down for an hour is an hour older.
 */
export type Pace = {
  /** When the wall's clock showed `wallMs`, the chain was in `slot` and its clock at `unixMs`. */
  readonly wallMs: number;
  readonly slot: number;
  readonly unixMs: number;
  readonly slotMs: number;
  readonly frozen: boolean;
};

export type Moment = { readonly slot: number; readonly unixMs: number };

/** Where the chain is. Errors: none; a wall clock that was put back holds the chain where it is. */
export function momentAt(pace: Pace, wallMs: number): Moment {
  const passed = pace.frozen ? 0 : Math.max(0, wallMs - pace.wallMs);
  return { slot: pace.slot + Math.floor(passed / pace.slotMs), unixMs: pace.unixMs + passed };
}

/** The same pace, told from `wallMs` on, with what is changed. */
export function repaced(pace: Pace, wallMs: number, change: Partial<Omit<Pace, "wallMs">>): Pace {
  return { ...pace, ...momentAt(pace, wallMs), wallMs, ...change };
}
