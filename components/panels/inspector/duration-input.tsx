"use client";

import { useId, useState } from "react";
import { NumberInput } from "@/components/ui/number-input";
import { Select } from "@/components/ui/select";

const UNITS = [
  { value: "seconds", label: "seconds", ms: 1_000 },
  { value: "minutes", label: "minutes", ms: 60_000 },
  { value: "hours", label: "hours", ms: 3_600_000 },
  { value: "days", label: "days", ms: 86_400_000 },
] as const;

type DurationProps = { ms: number | null; onChange(ms: number | null): void };

/** A time, in whatever unit is handiest. */
export function DurationInput({ ms, onChange }: DurationProps) {
  const [chosen, setChosen] = useState<string>(() => unitOf(ms).value);
  const unit = UNITS.find(({ value }) => value === chosen) ?? unitOf(ms);
  const unitId = useId();
  const change = (count: number | null, perMs: number) => onChange(count === null ? null : Math.round(count * perMs));

  function changeUnit(value: string) {
    const next = UNITS.find((each) => each.value === value);
    setChosen(value);
    if (next && ms !== null) change(ms / unit.ms, next.ms);
  }

  return (
    <span className="grid grid-cols-2 gap-2">
      <NumberInput value={ms === null ? null : ms / unit.ms} min={0} onChange={(count) => change(count, unit.ms)} />
      <Select
        id={unitId}
        aria-label="Unit of time"
        aria-describedby={undefined}
        aria-invalid={false}
        options={UNITS}
        value={unit.value}
        onChange={changeUnit}
      />
    </span>
  );
}

/** The largest unit that divides the time. */
function unitOf(ms: number | null): (typeof UNITS)[number] {
  const divides = UNITS.findLast((unit) => ms !== null && ms >= unit.ms && ms % unit.ms === 0);
  return divides ?? (ms === null ? UNITS[1] : UNITS[0]);
}
