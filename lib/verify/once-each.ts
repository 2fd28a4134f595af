/** A function of objects that works out its answer once for each of them: thousands of policies share theirs. */
export function onceEach<Subject extends object, Result>(
  workOut: (subject: Subject) => Result,
): (subject: Subject) => Result {
  const known = new WeakMap<Subject, { readonly result: Result }>();
  return (subject) => {
    let found = known.get(subject);
    if (found === undefined) {
      found = { result: workOut(subject) };
      known.set(subject, found);
    }
    return found.result;
  };
}
