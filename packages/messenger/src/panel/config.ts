import type { FileLimits } from './file-sender.ts';

/** What the panel needs of the deployment's configuration document (Guest API spec §12). */
export interface Config {
  active: boolean;
  name: string;
  color: string;
  languages: string[];
  canClear: boolean;
  typing: boolean;
  /** What customers may send besides text; undefined: nothing. */
  files: FileLimits | undefined;
  /** Before, without and after an agent; in a part of its own that is loaded where it is needed. */
  around: Around | undefined;
  /** Null: customers are not signed in here. */
  authentication: {
    type: string;
    clientFunction?: string;
    /** Who gives no proof is a guest, where customers of this kind otherwise have to give one. */
    guests?: boolean;
    stepUp: boolean;
  } | null;
}

export interface Question {
  name: string;
  text: string;
  type: 'single-line' | 'multi-line' | 'options' | 'consent';
  required: boolean;
  options?: string[];
  link?: string;
}

export interface Around {
  survey?: Question[];
  /** Nobody is there; `opensAt` in ISO 8601. */
  closed?: { opensAt?: string };
  rating?: { text?: string };
}

interface Document {
  status: string;
  languages: string[];
  messenger: {
    enabled: boolean;
    styles: { primaryColor: string };
    /** Empty where customers send no files. */
    fileUpload: { modes: FileLimits[] };
    apps: {
      conversations: {
        conversationClear?: { enabled: boolean };
        showUserTypingIndicator?: boolean;
      };
    };
  };
  auth: { enabled: boolean; allowSessionUpgrade?: boolean };
  countersign?: {
    around?: Around;
    name?: string;
    authentication?: { type: string; clientFunction?: string; guests?: boolean };
  };
}

/** Rejects when the node cannot be reached; null for a deployment that does not exist. */
export async function readConfig(base: string, deploymentId: string): Promise<Config | null> {
  const path = `/webdeployments/v1/deployments/${deploymentId}/config.json`;
  const response = await fetch(base + path);
  if (!response.ok) return null;
  const { status, languages, messenger, auth, countersign } = (await response.json()) as Document;
  const { conversationClear, showUserTypingIndicator } = messenger.apps.conversations;
  const proof = countersign?.authentication;
  return {
    active: status === 'Active' && messenger.enabled,
    name: countersign?.name ?? '',
    color: messenger.styles.primaryColor,
    languages,
    canClear: conversationClear?.enabled === true,
    typing: showUserTypingIndicator !== false,
    around: countersign?.around,
    files: messenger.fileUpload.modes[0],
    authentication:
      auth.enabled && proof ? { ...proof, stepUp: auth.allowSessionUpgrade === true } : null,
  };
}
