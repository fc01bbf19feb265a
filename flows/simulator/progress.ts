import type { OperationId } from "../basics/ids";
import { heard, NOTHING_TOLD, type ProgressPort, type Told } from "../ports/progress";

/** `shown` is what was said of the operations that are open. */
export type SimulatedProgress = ProgressPort & { shown(): ReadonlyMap<OperationId, Told> };

/** Progress held in memory. */
export function simulateProgress(): SimulatedProgress {
  const open = new Map<OperationId, { told: Told }>();
  return {
    shown: () => new Map([...open].map(([operation, { told }]) => [operation, told])),
    open(operation) {
      const mine = { told: NOTHING_TOLD };
      open.set(operation, mine);
      return {
        tell(report) {
          mine.told = heard(mine.told, report);
        },
        close() {
          if (open.get(operation) === mine) open.delete(operation);
        },
      };
    },
  };
}
