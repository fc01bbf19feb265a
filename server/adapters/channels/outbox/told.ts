import type { Fact } from "../channel";
import type { NoticeKind } from "../kinds";

/** What one person is to be told. `untilMs`: afterwards it is of no use. `group`: what comes again within an hour is one. */
export type Told = {
  receiver: string;
  sender: string | null;
  key: string;
  group: string | null;
  kind: NoticeKind;
  run: string | null;
  operation: string | null;
  title: string;
  text: string;
  facts: readonly Fact[];
  path: string;
  action: string;
  untilMs: number | null;
};
