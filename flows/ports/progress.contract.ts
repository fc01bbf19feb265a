import { describe, expect, test } from "vitest";
import { OperationId } from "../basics/ids";
import { type ProgressPort, TEXT_KEPT, type Told } from "./progress";

/** `shown` is what people are shown of an operation now; null when that is nothing. */
export type ShownProgress = { port: ProgressPort; shown(operation: OperationId): Promise<Told | null> };

/** Rules of every adapter that passes progress on. It may take its time, so what is shown is polled for. */
export function progressContract(name: string, open: () => Promise<ShownProgress>) {
  const one = OperationId.parse("r/a/call");
  const two = OperationId.parse("r/b@2/call.1");

  describe(`progress: ${name}`, () => {
    test("[P8] pieces of text are joined, and of how far it is the newest is shown", async () => {
      const { port, shown } = await open();
      const [first, second] = [port.open(one), port.open(two)];
      first.tell({ delta: "Once " });
      first.tell({ progress: { done: 0.2, message: "reading\0" } });
      await expect.poll(() => shown(one)).toEqual({ done: 0.2, message: "reading", text: "Once " });
      first.tell({ delta: "upon" });
      first.tell({ progress: { done: 0.4 } });
      second.tell({ progress: { message: "first" } });
      second.tell({ progress: { message: "m".repeat(1_000) } });
      await expect.poll(() => shown(one)).toEqual({ done: 0.4, message: "reading", text: "Once upon" });
      await expect.poll(() => shown(two)).toEqual({ done: null, message: "m".repeat(200), text: "" });
    });

    test("[P8] text is kept up to a limit, and says that it was cut", async () => {
      const { port, shown } = await open();
      const telling = port.open(one);
      for (let piece = 0; piece < 100; piece++) telling.tell({ delta: `${piece % 10}`.repeat(1_000) });
      await expect.poll(async () => (await shown(one))?.text.length).toBe(TEXT_KEPT + 1);
      telling.tell({ delta: "more" });
      telling.tell({ progress: { done: 1 } });
      await expect.poll(async () => (await shown(one))?.done).toBe(1);
      expect((await shown(one))?.text).toMatch(/^0{1000}1{1000}[0-9]*5{536}…$/);
    });

    test("[P8] an operation that is opened again begins anew, and one that is closed shows nothing", async () => {
      const { port, shown } = await open();
      const lost = port.open(one);
      for (let piece = 0; piece < 5; piece++) {
        lost.tell({ delta: "x".repeat(2_000) });
        await expect.poll(async () => (await shown(one))?.text.length).toBe(2_000 * (piece + 1));
      }
      const again = port.open(one);
      lost.tell({ delta: "late" });
      lost.close();
      again.tell({ delta: "anew" });
      await expect.poll(() => shown(one)).toEqual({ done: null, message: null, text: "anew" });
      again.close();
      again.tell({ delta: "late" });
      await expect.poll(() => shown(one)).toBeNull();
    });
  });
}
