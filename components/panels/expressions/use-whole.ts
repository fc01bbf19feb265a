"use client";

import { useEffect, useState } from "react";
import type { ExpressionQuestion, WholeExpression } from "@/components/store/compiler-line";
import { useStudio } from "@/components/store/studio-store";
import type { Json } from "@/flows/basics/json";
import type { Asker } from "./ask-compiler";

/** Typing on is quicker than this. */
const REST_MS = 100;

export type Judged = { text: string; whole: WholeExpression };
type Typed = Pick<ExpressionQuestion, "node" | "field" | "text"> & { values: Readonly<Record<string, Json>> | null };

/**
 * What the compiler says of a text: asked when one rests, and again when what is around it has changed. Until there is an
 * answer the last one stands.
 */
export function useWhole({ ask }: Asker, { node, field, text, values }: Typed): Judged | null {
  const [judged, setJudged] = useState<Judged | null>(null);
  const compiledFrom = useStudio((studio) => studio.compiledFrom);
  useEffect(() => {
    let gone = false;
    const timer = window.setTimeout(() => {
      void ask({ about: "whole", node, field, text, values }).then((answer) => {
        if (!gone && answer?.about === "whole") setJudged({ text, whole: answer.found });
      });
    }, REST_MS);
    return () => {
      gone = true;
      window.clearTimeout(timer);
    };
  }, [ask, node, field, text, values, compiledFrom]);
  return judged;
}
