/** Calls at a time: the node serves others too. */
const AT_A_TIME = 4;

/** Does the same to each; answers with those that it could not be done to. One failure stops nothing. */
export async function runBulk(
  ids: readonly string[],
  call: (id: string) => Promise<void>,
  onDone: (done: number) => void,
): Promise<string[]> {
  const waiting = [...ids];
  const failed: string[] = [];
  let done = 0;
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const current = id;
      await call(current).catch(() => failed.push(current));
      done += 1;
      onDone(done);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  return ids.filter((id) => failed.includes(id));
}
