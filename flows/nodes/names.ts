import { z } from "zod";
import { isVariableName, KEPT_WORDS } from "../expressions/environment";
import { shown } from "./shown";

/** What `isVariableName` says, as JSON Schema can say it. */
export const VARIABLE_PATTERN = `^(?!(?:${[...KEPT_WORDS].join("|")})$)[A-Za-z_][A-Za-z0-9_]{0,63}$`;

const WANTS = "Use letters, digits and _, and none of the words that CEL keeps, such as in or true.";

/** A name that an expression can say. */
export const VariableName = z
  .string()
  .max(64)
  .refine(isVariableName, WANTS)
  .meta(shown({ title: "Name", wants: WANTS, keywords: { pattern: VARIABLE_PATTERN } }));

export const TWICE = "Two inputs have the same name.";
export const eachOnce = (names: readonly string[]) => new Set(names).size === names.length;

/** Inputs that a person named, each once. */
export const InputNames = z
  .array(VariableName)
  .max(20)
  .refine(eachOnce, TWICE)
  .meta(shown({ title: "Inputs", keywords: { uniqueItems: true } }));
