/**
 * What is due by now, in SQL. Due times are kept to the millisecond and rounded, so that what is due at once may lie half of
 * one ahead: whoever was woken for it and looked that early would leave it until the next time.
 */
export const IS_DUE = "due_at <= now() + interval '1 millisecond'";
