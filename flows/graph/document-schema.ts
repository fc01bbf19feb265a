import { z } from "zod";
import { FlowDocument } from "./graph";
import { VERSION } from "./migrate";

/**
 * The JSON Schema 2020-12 of what this studio writes, for editors and for programs that make flows. It says what a
 * document looks like; what its parts say of one another (ids, parents, wires) only reading finds out.
 */
export function documentSchema(): Record<string, unknown> {
  const { $schema, ...shape } = z.toJSONSchema(FlowDocument, { unrepresentable: "any" });
  return { $schema, title: `A flow of Agent Labs Studio, version ${VERSION} of the format`, ...shape };
}
