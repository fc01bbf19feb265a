import type { ExpressionAnswer, ExpressionQuestion } from "@/components/store/compiler-line";

/** Who answers an editor about a place in its text. */
export type PlaceAsker = {
  ask(
    about: Exclude<ExpressionQuestion["about"], "whole">,
    text: string,
    offset: number,
  ): Promise<ExpressionAnswer | null>;
};
