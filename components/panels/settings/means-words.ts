/** How long after it came a first passkey or wallet counts: "a day later". Units: hours. */
export function laterWords(hours: number): string {
  if (hours === 0) return "at once";
  if (hours === 24) return "a day later";
  if (hours % 24 === 0) return `${hours / 24} days later`;
  return hours === 1 ? "an hour later" : `${hours} hours later`;
}
