"use client";

import { FlaskConical } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { Json } from "@/flows/basics/json";
import { useDryRun } from "./use-dry-run";

export type TryChoiceProps = {
  input: Record<string, Json>;
  /** Whether anybody is asked on the way. */
  asks: boolean;
  /** What is missing in the form, nothing when it can be tried. */
  disabled: boolean;
  onShown(): void;
};

type Answer = "approved" | "denied";

/** The same run without money: on samples, in this page, with people who all say the same. */
export function TryChoice({ input, asks, disabled, onShown }: TryChoiceProps) {
  const [answer, setAnswer] = useState<Answer>("approved");
  const dry = useDryRun(onShown);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 border-t pt-3">
      <span className="min-w-0 basis-full text-12 text-muted">
        A dry run is simulated in this page: agents deliver samples, nobody is called, asked or paid.
      </span>
      {asks && (
        <SegmentedControl<Answer>
          label="What people say in the dry run"
          segments={[
            { value: "approved", label: "People agree" },
            { value: "denied", label: "People refuse" },
          ]}
          value={answer}
          onChange={setAnswer}
        />
      )}
      <Button
        icon={<FlaskConical aria-hidden />}
        busy={dry.isPending}
        disabled={disabled}
        onClick={() => dry.mutate({ input, answer })}
      >
        Try without paying
      </Button>
      {dry.error && (
        <p role="alert" className="basis-full text-bad">
          {dry.error.message}
        </p>
      )}
    </div>
  );
}
