/** What cannot be built, in words for whoever wrote the program. Anything else that is thrown is a bug of the build. */
export class LinkFault extends Error {}
