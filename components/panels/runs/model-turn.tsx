"use client";

import { Named, Stored, StoredObject } from "@/components/panels/runs/step-values";
import { ValueView } from "@/components/panels/runs/value-view";
import { toldTurn } from "@/flows/run/told-turn";

/** What one turn of a model came to, in words: what it said, whom it had called with what, and its answer. */
export function ModelTurn({ run, digest }: { run: string; digest: string }) {
  return (
    <Stored run={run} digest={digest}>
      {(whole) => {
        const turn = toldTurn(whole);
        if (!turn) return <StoredObject run={run} digest={digest} />;
        const { said, problem, asked, answer } = turn;
        return (
          <>
            {answer !== null && (
              <Named name="answer">
                <ValueView value={answer} label="Answer" />
              </Named>
            )}
            {said !== "" && (
              <Named name="said">
                <ValueView value={said} label="Said" />
              </Named>
            )}
            {asked.map(({ id, tool, input, problem: refusal }, place) => (
              <Named
                key={`${id} ${place}`}
                name={refusal === null ? `asked for ${tool}` : `asked for ${tool}, not called`}
              >
                {refusal !== null && <p className="text-warn">{refusal}</p>}
                <ValueView value={input} label={`Input of ${tool}`} />
              </Named>
            ))}
            {problem !== null && (
              <Named name="what it was told">
                <p>{problem}</p>
              </Named>
            )}
          </>
        );
      }}
    </Stored>
  );
}
