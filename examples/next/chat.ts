import { createSiteKit, type SiteKit } from '@countersign/site-kit';

let kit: SiteKit | undefined;

/** Made at the first request, so that a build needs no key. */
export function chat(): SiteKit {
  kit ??= createSiteKit({
    issuer: 'shop.example',
    audience: 'countersign',
    // The text of the PEM file, from the settings of your hosting
    keys: [{ id: '2026-q4', privateKey: process.env.CHAT_PRIVATE_KEY ?? '' }],
  });
  return kit;
}
