/** Where a provider sends the browser back to: hands its answer over, and is gone. */
import { ANSWER_KEY, CHANNEL, type SignInAnswer } from './answer.ts';

const given = document.querySelector('main')?.dataset.answer;
if (given !== undefined) {
  const answer: SignInAnswer = JSON.parse(given);
  // The code is not to stand in the address, nor in the history
  history.replaceState(null, '', location.pathname);
  if (answer.to === null) {
    new BroadcastChannel(CHANNEL).postMessage(answer);
    window.close();
  } else {
    sessionStorage.setItem(ANSWER_KEY, given);
    location.replace(answer.to);
  }
}
