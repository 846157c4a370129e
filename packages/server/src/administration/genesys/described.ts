/** The description that was given, or that there was; an empty one is none. */
export function described(
  given: string | undefined,
  before: { description?: string },
): { description?: string } {
  const description = given ?? before.description;
  return description ? { description } : {};
}
