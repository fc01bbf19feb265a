import { type Explain, type Of, UNTOUCHED } from "@/components/api/explained";

const UNCOUNTED = "Your answer was not counted.";

/** What is said when an answer is not taken. */
export const approvalWords = {
  account_not_found: ({ account }: Of<"account_not_found">) => ({
    what: `There is no account ${account}.`,
    safe: UNTOUCHED,
    next: "Ask the person for the id of their account: it stands in their settings.",
  }),
  admin_last: () => ({
    what: "An organisation keeps at least one admin.",
    safe: UNTOUCHED,
    next: "Make somebody else admin first.",
  }),
  admin_needed: () => ({
    what: "Only an admin says who belongs to the organisation.",
    safe: UNTOUCHED,
    next: "Ask one of its admins.",
  }),
  delegation_invalid: ({ problem }: Of<"delegation_invalid">) => ({
    what: problem,
    safe: UNTOUCHED,
    next: "Change it and try again.",
  }),
  delegation_not_found: () => ({
    what: "You gave no such place to anybody, or have taken it back.",
    safe: UNTOUCHED,
    next: "Look at the list again.",
  }),
  invitation_expired: ({ days }: Of<"invitation_expired">) => ({
    what: `This invitation is over: it could be answered for ${days} days.`,
    safe: "You belong to nothing by it.",
    next: "Ask an admin of the organisation to invite you again.",
  }),
  invitations_full: ({ most, whose }: Of<"invitations_full">) => ({
    what:
      whose === "inviter"
        ? `${most} people whom you have invited have not answered yet, which is the most.`
        : `${most} people who are invited there have not answered yet, which is the most.`,
    safe: "Nobody was invited.",
    next: "Take an invitation back, or wait until some are answered or over.",
  }),
  invitation_not_found: () => ({
    what: "Nobody invites you there any more.",
    safe: UNTOUCHED,
    next: "Ask an admin of the organisation to invite you again.",
  }),
  members_full: ({ most }: Of<"members_full">) => ({
    what: `An organisation has at most ${most} people, those among them who are invited.`,
    safe: UNTOUCHED,
    next: "Take somebody out first.",
  }),
  organisation_not_found: () => ({
    what: "You belong to no organisation of this id.",
    safe: UNTOUCHED,
    next: "Look at the list again.",
  }),
  organisation_taken: ({ id }: Of<"organisation_taken">) => ({
    what: `There is an organisation ${id} already.`,
    safe: UNTOUCHED,
    next: "Choose another id.",
  }),
  answer_given: () => ({
    what: "This has been answered already: by you, in your place, or by enough others.",
    safe: "Each person counts once.",
    next: "Open the run to see what came of it.",
  }),
  approver_is_starter: () => ({
    what: "Whoever starts a run does not approve it, in no role and in nobody's place.",
    safe: UNCOUNTED,
    next: "Ask the others who are named, or let the flow name you as the one who starts it.",
  }),
  approver_revoked: () => ({
    what: "You were asked, and are not any more in the group or role that was.",
    safe: UNCOUNTED,
    next: "Ask whoever keeps the organisation, or leave it to the others who were asked.",
  }),
  edit_refused: ({ problem }: Of<"edit_refused">) => ({
    what: problem,
    safe: "Nothing was changed, and your answer was not counted.",
    next: "Change the value to one that the flow allows.",
  }),
  edits_spent: ({ most }: Of<"edits_spent">) => ({
    what: `It was changed ${most} times already, which is the most.`,
    safe: "Nothing was changed, and your answer was not counted.",
    next: "Leave the values as they are, then approve or refuse it.",
  }),
  question_expired: () => ({
    what: "The time to answer is over.",
    safe: "No answer counts as a refusal: nothing behind it was paid.",
    next: "Run the flow again to be asked again.",
  }),
  question_not_found: () => ({
    what: "There is no such approval for you.",
    safe: UNTOUCHED,
    next: "Check which account you are signed in with, or open the list of approvals.",
  }),
  question_settled: ({ state }: Of<"question_settled">) => ({
    what: SETTLED[state],
    safe: UNCOUNTED,
    next: "Open the run to see what came of it.",
  }),
  subject_changed: ({ changes }: Of<"subject_changed">) => ({
    what:
      changes.length > 0 ? `Since you read it, ${changes.join("; ")}.` : "What you were shown is not what would go on.",
    safe: UNCOUNTED,
    next: "Read the approval as it is now, then decide.",
  }),
  withdrawal_refused: () => ({
    what: "Only whoever started the run takes a question back.",
    safe: UNTOUCHED,
    next: "Refuse it instead, if you are asked.",
  }),
} satisfies Partial<Explain>;

const SETTLED: Record<Of<"question_settled">["state"], string> = {
  open: "This approval is open.",
  answered: "This approval has been answered.",
  replaced: "Somebody changed a value, and it is asked anew with that.",
  timed_out: "This approval timed out, which counts as a refusal.",
  withdrawn: "This approval was withdrawn: the run does not wait for it any more.",
};
