import type { Meter } from "./meter";
import type { Dict, Duration, List, Outcome, Timestamp, TypeName, Uint, Value } from "./values";

type ByType = {
  string: string;
  int: bigint;
  uint: Uint;
  double: number;
  bool: boolean;
  bytes: Uint8Array;
  list: List;
  map: Dict;
  type: TypeName;
  dyn: Value;
  "google.protobuf.Timestamp": Timestamp;
  "google.protobuf.Duration": Duration;
};
type TypeKey = keyof ByType;

/** One overload of one function: what the checker, the evaluator and the editor need to know of it. */
export type Definition = {
  readonly name: string;
  /** A method is written after its first argument: `text.contains("a")`. */
  readonly isMethod: boolean;
  readonly takes: readonly string[];
  readonly gives: string;
  readonly doc: string;
  readonly run: (values: readonly Value[], meter: Meter) => Outcome;
};

type Heading<P> = { takes: P; gives: string; doc: string };
type Run<P extends readonly TypeKey[]> = (values: { [K in keyof P]: ByType[P[K]] }, meter: Meter) => Outcome;

/** A function: `size(text)`. The evaluator calls `run` only with values of the types that `takes` names. */
export function defined<const P extends readonly TypeKey[]>(
  name: string,
  heading: Heading<P>,
  run: Run<P>,
): Definition {
  return { ...heading, name, isMethod: false, run: run as unknown as Definition["run"] };
}

/** A method: `text.size()`. */
export function method<const P extends readonly TypeKey[]>(name: string, heading: Heading<P>, run: Run<P>): Definition {
  return { ...defined(name, heading, run), isMethod: true };
}

/** As the library writes it: `string.contains(string): bool`. */
export function signatureOf({ name, isMethod, takes, gives }: Definition): string {
  const [receiver, ...rest] = takes;
  return isMethod ? `${receiver}.${name}(${rest.join(", ")}): ${gives}` : `${name}(${takes.join(", ")}): ${gives}`;
}
