/**
 * How the embedded PostgreSQL is set, on its command line so that an upgrade of the node is an upgrade
 * of the settings. Sized for a machine of two cores that also runs the node.
 */
export const POSTGRES_PORT = 5432;

const SETTINGS: Record<string, string> = {
  // Reachable only through a socket in a directory of mode 0700
  listen_addresses: '',
  port: String(POSTGRES_PORT),
  unix_socket_permissions: '0700',
  max_connections: '50',

  // Acknowledged is durable (invariant 1)
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',

  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '8MB',
  random_page_cost: '1.1',
  wal_buffers: '16MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  max_wal_senders: '2',
  autovacuum_max_workers: '2',
  // Short queries on two cores: parallel plans, compiled plans and I/O workers cost more than they give
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  io_method: 'sync',
  huge_pages: 'off',

  // No statement, value or row in the log (invariant 10): errors go to the client that caused them
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
  logging_collector: 'off',
  log_line_prefix: '',

  lc_messages: 'C',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** The arguments of `postgres` for a cluster and the directory of its socket. */
export function postgresArguments(cluster: string, socketDir: string): string[] {
  const settings = { ...SETTINGS, unix_socket_directories: socketDir };
  return [
    ...['-D', cluster],
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
}

/** The arguments of `initdb`: letters of every script compare and fold alike on every machine. */
export function initdbArguments(cluster: string, user: string): string[] {
  return [
    ...['-D', cluster, '-U', user, '-E', 'UTF8', '--locale=C'],
    ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['-A', 'trust', '--no-instructions'],
  ];
}
