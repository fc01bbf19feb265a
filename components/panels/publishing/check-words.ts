/** What each check of a trial asks, in the order in which they are carried out. */
export const CHECK_WORDS: Readonly<Record<string, string>> = {
  health: "It says that it is well",
  manifest: "It declares what this form declares",
  schema: "Its output fits its schema",
  deadline: "It keeps its deadline",
  size: "Its answer is not too large",
  idempotency: "Its answer cut off, it gives the same one again",
  reuse: "It refuses another body under a known key",
  error_shape: "It refuses what does not fit, with a code and a class",
  after_payment: "Once paid it goes on delivering",
};
