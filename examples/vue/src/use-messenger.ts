import { type MessengerOptions, messenger } from '@countersign/page-kit';
import { onMounted, onUnmounted, shallowRef } from 'vue';

/** How the messenger stands, in any component. */
export function useMessenger() {
  const state = shallowRef(messenger.state);
  let leave = () => {};
  onMounted(() => {
    leave = messenger.subscribe(() => {
      state.value = messenger.state;
    });
    state.value = messenger.state;
  });
  onUnmounted(() => leave());
  return { state, messenger };
}

/** In the component whose life the launcher shares, such as the app's. */
export function showMessenger(options: MessengerOptions): void {
  onMounted(() => messenger.start(options));
  onUnmounted(() => messenger.stop());
}
