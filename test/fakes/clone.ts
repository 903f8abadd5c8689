/** A deep copy of records; Temporal values are immutable and shared. Catches callers that change what they were given. */
export function clone<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.map((each: unknown) => clone(each)) as T;
  }
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, clone(each as unknown)])) as T;
  }
  return value;
}
