import { z } from "zod";
import { isVariableName } from "../expressions/environment";

/** A name that an expression can say. */
export const VariableName = z
  .string()
  .max(64)
  .refine(isVariableName, "Use letters, digits and _, and none of the words that CEL keeps, such as in or true.");

/** Inputs that a person named, each once. */
export const InputNames = z
  .array(VariableName)
  .max(20)
  .refine((names) => new Set(names).size === names.length, "Two inputs have the same name.");
