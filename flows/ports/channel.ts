import type { RunId } from "../basics/ids";
import type { Result } from "../basics/result";

/** Whom a question waits for. It names the question and says nothing of what is in it. */
export type Notice = { operation: string; run: RunId; people: readonly string[]; tries: number };

/**
 * Brings a notice to people outside the studio. One of them told is enough: the question stands in everybody's inbox anyway.
 * Whoever cannot be told makes the question undelivered, which shows, and asks whoever comes next on its ladder.
 */
export type ChannelPort = { tell(notice: Notice): Promise<Result<null, { problem: string }>> };
