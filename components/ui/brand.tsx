/** The mark: two agents, one wire, and the gate between them. */
export function Brand() {
  return (
    <svg viewBox="0 0 20 20" aria-hidden className="size-5 shrink-0">
      <path
        d="M5 5h4.5q2 0 2 2v6q0 2 2 2H15"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        className="text-faint"
      />
      <rect x="1" y="2" width="6" height="6" rx="1.5" fill="currentColor" />
      <rect x="13" y="12" width="6" height="6" rx="1.5" className="fill-accent" />
      <path d="M8.75 10h5.5" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
