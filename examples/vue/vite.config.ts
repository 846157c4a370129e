import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [vue()],
  // In development the site's server answers these
  server: { proxy: { '^/(chat-token|chat-keys|me|sign-in|sign-out)$': 'http://127.0.0.1:3000' } },
});
