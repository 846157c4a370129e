/** @type {import('next').NextConfig} */
export default {
  // Packages of this repository are TypeScript; those from a package file need no such line
  transpilePackages: [
    '@countersign/page-kit',
    '@countersign/site-kit',
    '@countersign-example/sample-site',
  ],
  turbopack: { root: new URL('../..', import.meta.url).pathname },
  // Types are checked by `npm run check`, with all others
  typescript: { ignoreBuildErrors: true, tsconfigPath: 'tsconfig.build.json' },
  async headers() {
    const node = process.env.CHAT_NODE_URL ?? 'http://127.0.0.1:8080';
    const value = `frame-src ${node}; object-src 'none'; base-uri 'none'`;
    return [{ source: '/(.*)', headers: [{ key: 'content-security-policy', value }] }];
  },
};
