// What could not be read while the node was away must not stay "could not be loaded" once it is back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { queryClient, readFailedAgain } from './query-client.ts';

test('what failed is read again, what is there is left alone', async () => {
  const asked: string[] = [];
  const query = (name: string, answer: () => Promise<string>) => ({
    queryKey: [name],
    retry: false,
    queryFn: () => {
      asked.push(name);
      return answer();
    },
  });
  let isAway = true;
  const opening = query('open', async () => {
    if (isAway) throw new Error('the node is away');
    return 'the conversation';
  });
  await queryClient.fetchQuery(query('contact', async () => 'Ada Ng'));
  await assert.rejects(queryClient.fetchQuery(opening));
  isAway = false;
  await readFailedAgain();
  assert.deepEqual(asked, ['contact', 'open', 'open']);
  assert.equal(queryClient.getQueryData(['open']), 'the conversation');
  queryClient.clear();
});
