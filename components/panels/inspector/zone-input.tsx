"use client";

import { useId, useState } from "react";
import { TextInput } from "@/components/ui/text-input";

type ZoneProps = { value: string; onChange(zone: string): void };

/** A time zone by its name. The browser knows the names and offers those that fit. */
export function ZoneInput({ value, onChange }: ZoneProps) {
  const list = useId();
  const [zones] = useState(() => ["UTC", ...Intl.supportedValuesOf("timeZone")]);
  return (
    <>
      <TextInput
        list={list}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {zones.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}
