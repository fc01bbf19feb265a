/**
 * Keeps what was made for a key, for at least the last `most` keys that were asked for and at most twice as many. Compiling
 * asks the same at every key that is pressed, so what was made must stay, and must not grow for ever.
 */
export class Kept<Value> {
  private recent = new Map<string, Value>();
  private earlier = new Map<string, Value>();

  constructor(private readonly most: number) {}

  get(key: string, make: () => Value): Value {
    const known = this.recent.get(key);
    if (known !== undefined) return known;
    const value = this.earlier.get(key) ?? make();
    if (this.recent.size >= this.most) {
      this.earlier = this.recent;
      this.recent = new Map();
    }
    this.recent.set(key, value);
    return value;
  }
}
