/** Members of a key set that a relying party passes over (RFC 7517 §5). */
export const unusableKeys: readonly Record<string, string>[] = [
  // Post-quantum-shaped, with parameters that no algorithm has
  { kty: 'AKP', kid: 'of-a-kind-to-come', alg: 'ML-DSA-999', use: 'sig', pub: 'AAAA' },
  { kty: 'MADE-UP', kid: 'made-up', use: 'sig', x: 'AAAA' },
  { kty: 'EC', kid: 'curve-unknown', crv: 'P-999', use: 'sig', x: 'AAAA', y: 'AAAA' },
];
