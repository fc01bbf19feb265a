import { conformance } from "./conformance.contract";
import { inMemory } from "./in-memory.contract";

conformance("memory", (cases) => Promise.all(cases.map(inMemory)));
