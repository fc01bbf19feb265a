/** What JSON can say. Values that move between agents are of this type and no other. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
