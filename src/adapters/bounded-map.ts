interface Entry<V> {
  readonly value: V;
  readonly weight: number;
}

/**
 * What is kept for a while, oldest first, and never more than may weigh `most` together: the oldest goes. Counting entries
 * would not bound memory: one card, or one person's customers, can be a hundred times the size of another.
 */
export class BoundedMap<K, V> {
  private readonly entries = new Map<K, Entry<V>>();
  private weight = 0;

  /** @param most in the unit of the weights, by habit characters of JSON. */
  constructor(private readonly most: number) {}

  get(key: K): V | undefined {
    return this.entries.get(key)?.value;
  }

  /** Keeps it as the newest; what weighs more than everything may is not kept at all. */
  set(key: K, value: V, weight: number): void {
    this.delete(key);
    if (weight > this.most) {
      return;
    }
    this.entries.set(key, { value, weight });
    this.weight += weight;
    for (const oldest of this.entries.keys()) {
      if (this.weight <= this.most) {
        return;
      }
      this.delete(oldest);
    }
  }

  delete(key: K): void {
    const entry = this.entries.get(key);
    if (entry !== undefined) {
      this.weight -= entry.weight;
      this.entries.delete(key);
    }
  }

  /** Forgets from the oldest on as long as they are over. */
  forgetOldestWhile(isOver: (value: V) => boolean): void {
    for (const [key, { value }] of this.entries) {
      if (!isOver(value)) {
        return;
      }
      this.delete(key);
    }
  }
}
