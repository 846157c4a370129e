// A real node in this process, on a database of its own, for one test file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type NodeOptions, type RunningNode, startNode } from '../src/node.ts';
import type { Clock } from '../src/platform/index.ts';
import { readSettings } from '../src/settings.ts';

export interface TestNode extends RunningNode {
  dataDir: string;
}

export interface TestNodeOptions {
  /** YAML. */
  configuration: string;
  /** Variables that the configuration names, and settings of the node. */
  environment?: Record<string, string>;
  clock?: Clock;
}

export async function startTestNode(options: TestNodeOptions): Promise<TestNode> {
  const dataDir = mkdtempSync(join(tmpdir(), 'countersign-'));
  const settings = readSettings({
    COUNTERSIGN_PORT: '0',
    COUNTERSIGN_DATA_DIR: dataDir,
    COUNTERSIGN_LOG_LEVEL: 'silent',
    ...options.environment,
  });
  const nodeOptions: NodeOptions = {
    settings,
    configurationFile: { text: options.configuration, fileName: 'test.yaml' },
    ...(options.clock ? { clock: options.clock } : {}),
  };
  const node = await startNode(nodeOptions);
  return {
    ...node,
    dataDir,
    async close() {
      await node.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
