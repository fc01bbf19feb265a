"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC, type useTRPCClient } from "@/components/api/trpc";
import { ApiFault } from "@/components/panels/account/api-fault";
import { AmountInput } from "@/components/ui/amount-input";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Hash } from "@/components/ui/hash";
import { type Segment, SegmentedControl } from "@/components/ui/segmented-control";
import { TextArea } from "@/components/ui/text-area";
import type { StepView } from "@/flows/run/view";
import { isRecord } from "@/flows/types/json-schema";

type Settle = Parameters<ReturnType<typeof useTRPCClient>["runs"]["settle"]["mutate"]>[0];
type Output = NonNullable<Settle["delivered"]>["output"];
type Word = "nothing" | "delivered";
const WORDS: readonly Segment<Word>[] = [
  { value: "nothing", label: "Nothing came" },
  { value: "delivered", label: "It was delivered" },
];

export type SettleOutcomeProps = { run: string; operation: string; step: StepView };

/** A call that may be made only once, and whose answer is lost: a person finds out what came of it and says so here. */
export function SettleOutcome({ run, operation, step: { agent, cap } }: SettleOutcomeProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [word, setWord] = useState<Word>("nothing");
  const [text, setText] = useState("");
  const [price, setPrice] = useState<bigint | null>(cap?.amount ?? 0n);
  const output = outputIn(text);
  const settle = useMutation(
    trpc.runs.settle.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.runs.get.queryFilter({ run })),
    }),
  );
  const tooMuch = price === null || (cap !== null && price > cap.amount);
  const ready = word === "nothing" || (output !== null && !tooMuch);

  function tell(event: FormEvent) {
    event.preventDefault();
    if (!ready || settle.isPending) return;
    settle.mutate({
      run,
      operation,
      delivered: word === "delivered" && output ? { output, price: price ?? 0n } : null,
    });
  }

  return (
    <form
      onSubmit={tell}
      aria-label="What became of this call"
      className="flex flex-col gap-4 border-warn border-l-2 pl-3"
    >
      <p>
        Nobody knows whether this call was carried out. It may be made only once, so it is not repeated, and what it
        could cost stays reserved until you say what came of it.
      </p>
      <p className="text-muted">
        Ask {agent ? <span className="font-mono">{agent}</span> : "whoever answers"} about the call{" "}
        <Hash value={operation} of="operation" />.
      </p>
      <SegmentedControl
        label="What came of it"
        segments={WORDS}
        value={word}
        onChange={(next: Word) => setWord(next)}
        className="self-start"
      />
      {word === "nothing" ? (
        <p className="text-muted">The step fails, and what was reserved for it is free again.</p>
      ) : (
        <Handed cap={cap} text={text} onText={setText} price={price} onPrice={setPrice} />
      )}
      {settle.error && <ApiFault fault={settle.error} />}
      <Button type="submit" tone="primary" busy={settle.isPending} disabled={!ready || settle.isSuccess}>
        {settle.isSuccess
          ? "Told. The run takes it up."
          : word === "nothing"
            ? "Say that nothing came"
            : "Say that it was delivered"}
      </Button>
    </form>
  );
}

type HandedProps = {
  cap: StepView["cap"];
  text: string;
  onText(text: string): void;
  price: bigint | null;
  onPrice(price: bigint | null): void;
};

function Handed({ cap, text, onText, price, onPrice }: HandedProps) {
  const wrong = text !== "" && outputIn(text) === null;
  return (
    <>
      <Field
        label="What it handed over"
        help="The answer as JSON, as the agent describes it."
        error={wrong ? "This is not a JSON object." : undefined}
      >
        <TextArea face="mono" rows={6} value={text} onChange={(event) => onText(event.target.value)} />
      </Field>
      {cap && (
        <Field label="What is owed for it" help="Paid to the publisher as soon as you say so.">
          <AmountInput currency={cap.currency} amount={price} onChange={onPrice} most={cap.amount} />
        </Field>
      )}
    </>
  );
}

function outputIn(text: string): Output | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? (value as Output) : null;
  } catch {
    return null;
  }
}
