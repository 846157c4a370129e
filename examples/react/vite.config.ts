import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // In development the site's server answers these
  server: { proxy: { '^/(chat-token|chat-keys|me|sign-in|sign-out)$': 'http://127.0.0.1:3000' } },
  // One React, though the page kit of this repository is linked
  resolve: { dedupe: ['react', 'react-dom'] },
});
