import type { ApiError } from "@/components/api/answers";
import { type Of, UNTOUCHED, type Words } from "@/components/api/explained";

type NoticeCode = Extract<ApiError["code"], `notice_${string}` | "zone_unknown">;

/** What went wrong with notices and where they go, in words. */
export const noticeWords = {
  notice_address_invalid: ({ problem }) => ({ what: problem, safe: UNTOUCHED, next: "Correct it." }),
  notice_address_known: () => ({
    what: "This address is on your list already.",
    safe: UNTOUCHED,
    next: "If no check came, have another one sent from there.",
  }),
  notice_address_not_found: () => ({
    what: "This address is not there, or not confirmed.",
    safe: UNTOUCHED,
    next: "Look at the list again: it may have been removed in another tab.",
  }),
  notice_addresses_full: ({ most }) => ({
    what: `At most ${most} addresses are kept.`,
    safe: UNTOUCHED,
    next: "Remove one that you do not use.",
  }),
  notice_channel_absent: () => ({
    what: "The operator of this studio has not set this way up.",
    safe: UNTOUCHED,
    next: "Choose another, or ask the operator.",
  }),
  notice_checks_spent: ({ mostPerDay }) => ({
    what: `An address gets at most ${mostPerDay} checks a day, so that nobody is bothered.`,
    safe: UNTOUCHED,
    next: "Try again tomorrow.",
  }),
  notice_code_over: () => ({
    what: "This code does not count any more: it is too old, or was guessed at too often.",
    safe: "Nothing is sent to the address.",
    next: "Have another one sent.",
  }),
  notice_code_wrong: () => ({
    what: "This is not the code that was sent.",
    safe: "Nothing is sent to the address.",
    next: "Type the code of the latest mail.",
  }),
  notice_tests_spent: ({ mostPerHour }) => ({
    what: `At most ${mostPerHour} test notices an hour.`,
    safe: UNTOUCHED,
    next: "Wait a while.",
  }),
  zone_unknown: ({ zone }) => ({
    what: `There is no time zone ${zone}.`,
    safe: UNTOUCHED,
    next: "Choose one of the list.",
  }),
} satisfies { [Code in NoticeCode]: (error: Of<Code>) => Words };
