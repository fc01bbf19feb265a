import { type Explain, UNPAID, UNTOUCHED } from "@/components/api/explained";

/** What can go wrong with agents of the registry and with publishing them. */
export const publishingWords = {
  address_unproved: ({ address, proved }) => ({
    what: `${address} is not where your file proved the name: that was ${proved}.`,
    safe: UNTOUCHED,
    next: "Lay the file there, too, and prove the name anew, or prove it by your wallet.",
  }),
  address_unreadable: ({ address, problem }) => ({
    what: `${address} could not be read: ${problem}`,
    safe: UNTOUCHED,
    next: "Check the address. It has to be on the open internet and speak https.",
  }),
  conformance_missing: () => ({
    what: "Not every check of exactly this form has passed.",
    safe: UNTOUCHED,
    next: "Start the checks, mend what fails, then hand it in.",
  }),
  draft_changed: () => ({
    what: "This draft was changed in another tab.",
    safe: "What you typed here is kept in this browser.",
    next: "Reload to see the other version.",
  }),
  draft_not_found: () => ({
    what: "This draft is not here.",
    safe: UNTOUCHED,
    next: "Check which account you are signed in with, or open the list of your agents.",
  }),
  form_invalid: ({ faults: [fault] }) => ({
    what: `The form cannot be used yet${fault ? `: ${fault.field}: ${fault.problem}` : "."}`,
    safe: UNTOUCHED,
    next: "Mend the fields that are marked.",
  }),
  listing_moved: ({ agent, state }) => ({
    what: `${agent} is ${state.replaceAll("_", " ")} by now, or declares something else than you were shown.`,
    safe: UNTOUCHED,
    next: "Look at it again, then decide.",
  }),
  listing_not_found: ({ agent }) => ({
    what: `There is no ${agent} for you here.`,
    safe: UNTOUCHED,
    next: "Look at the list again.",
  }),
  proof_invalid: ({ problem }) => ({
    what: problem,
    safe: UNTOUCHED,
    next: "Do it again with exactly the words that are shown.",
  }),
  publisher_taken: ({ name }) => ({
    what: `The name ${name} is somebody else's.`,
    safe: UNTOUCHED,
    next: "Choose another name. If it is yours by right, ask the operator of this studio.",
  }),
  publisher_unproved: ({ name }) => ({
    what: `The name ${name || "of the publisher"} is not proved to be yours.`,
    safe: UNTOUCHED,
    next: "Prove it by a file or by your wallet, then go on.",
  }),
  reviewer_needed: ({ account }) => ({
    what: "This is for reviewers of this studio.",
    safe: UNTOUCHED,
    next: `The operator makes somebody one with: npm run role -- reviewer ${account}`,
  }),
  self_review: () => ({
    what: "Nobody reviews an agent of their own.",
    safe: UNTOUCHED,
    next: "Leave it to another reviewer.",
  }),
  version_breaking: ({ side, before }) => ({
    what: `What it ${side === "input" ? "takes" : "gives"} does not fit flows that were made with ${before}.`,
    safe: UNTOUCHED,
    next: "Give it a new major number, or let its schema take and give what it did.",
  }),
  version_not_newer: ({ newest }) => ({
    what: `${newest} is there already, and this version is not newer.`,
    safe: UNTOUCHED,
    next: "Give it a higher number.",
  }),
  version_taken: ({ agent }) => ({
    what: `${agent} has been handed in already.`,
    safe: UNTOUCHED,
    next: "Withdraw it first, or give this one a higher number.",
  }),
  agent_not_callable: ({ agent }) => ({
    what: `${agent} cannot be called now.`,
    safe: UNPAID,
    next: "Look for another version of it, or another agent, in the registry.",
  }),
  agent_not_found: ({ name }) => ({
    what: `The registry has no agent ${name}.`,
    safe: UNTOUCHED,
    next: "Search the registry for another.",
  }),
} satisfies Partial<Explain>;
