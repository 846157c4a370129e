import { type Reason, type Report, reasons } from '@countersign/protocol';
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { InboxScreen } from './inbox/inbox-screen.tsx';
import { isSort, type Sort } from './inbox/view.ts';
import { isDay, isRangeName, type RangeName } from './reports/range.ts';
import { LoadFailed } from './shell/load-failed.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';
import { words } from './strings/words.ts';

const rootRoute = createRootRoute({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: ({ reset }) => <LoadFailed text={words.shell.loadFailed} onRetry={reset} />,
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inbox/$view', params: { view: 'mine' } });
  },
});

export interface InboxSearch {
  /** Of the queue or the identity state. */
  name?: string;
  sort?: Sort;
}

const inboxRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/inbox/$view',
  component: InboxScreen,
  validateSearch: (search): InboxSearch => ({
    ...(typeof search.name === 'string' ? { name: search.name } : {}),
    ...(isSort(search.sort) ? { sort: search.sort } : {}),
  }),
});

const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: '$conversation',
});

export interface AttemptsSearch {
  reference?: string;
  outcome?: 'accepted' | 'refused';
  reason?: Reason;
  /** Id. */
  setting?: string;
}

/** What there is to administer; its screens have an own navigation beside them. */
const administrationRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'administration',
  component: lazyRouteComponent(() => import('./admin/admin-layout.tsx'), 'AdminLayout'),
});

const adminHomeRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/admin',
  component: lazyRouteComponent(() => import('./admin/admin-home.tsx'), 'AdminHome'),
});

export interface AuditSearch {
  section?: string;
  /** Id. */
  object?: string;
  actor?: string;
  action?: string;
  /** Days of own dates, `YYYY-MM-DD`. */
  from?: string;
  to?: string;
}

const auditRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/admin/audit',
  component: lazyRouteComponent(() => import('./admin/audit/audit-screen.tsx'), 'AuditScreen'),
  validateSearch: (search): AuditSearch => ({
    ...(typeof search.section === 'string' ? { section: search.section } : {}),
    ...(typeof search.object === 'string' ? { object: search.object } : {}),
    ...(typeof search.actor === 'string' ? { actor: search.actor } : {}),
    ...(typeof search.action === 'string' ? { action: search.action } : {}),
    ...(isDay(search.from) ? { from: search.from } : {}),
    ...(isDay(search.to) ? { to: search.to } : {}),
  }),
});

const sectionRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/admin/$section',
  component: lazyRouteComponent(() => import('./admin/section-screen.tsx'), 'SectionList'),
});

/** Names with which a new object begins. */
export interface NewObjectSearch {
  name?: string;
  /** Of a messenger: its authentication setting. */
  setting?: string;
  /** Of a deployment. */
  configuration?: string;
  workstream?: string;
}

const newObjectRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/admin/$section/new',
  component: lazyRouteComponent(() => import('./admin/section-screen.tsx'), 'NewSectionObject'),
  validateSearch: (search): NewObjectSearch => ({
    ...(typeof search.name === 'string' ? { name: search.name } : {}),
    ...(typeof search.setting === 'string' ? { setting: search.setting } : {}),
    ...(typeof search.configuration === 'string' ? { configuration: search.configuration } : {}),
    ...(typeof search.workstream === 'string' ? { workstream: search.workstream } : {}),
  }),
});

export interface ObjectSearch {
  /** Which part of the object's page. */
  tab?: string;
}

const objectRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/admin/$section/$id',
  component: lazyRouteComponent(() => import('./admin/section-screen.tsx'), 'SectionObject'),
  validateSearch: (search): ObjectSearch =>
    typeof search.tab === 'string' ? { tab: search.tab } : {},
});

const attemptsRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/attempts',
  component: lazyRouteComponent(() => import('./attempts/attempts-screen.tsx'), 'AttemptsScreen'),
  validateSearch: (search): AttemptsSearch => {
    const reason = reasons.find((known) => known === search.reason);
    return {
      ...(typeof search.reference === 'string' ? { reference: search.reference } : {}),
      ...(search.outcome === 'accepted' || search.outcome === 'refused'
        ? { outcome: search.outcome }
        : {}),
      ...(reason ? { reason } : {}),
      ...(typeof search.setting === 'string' ? { setting: search.setting } : {}),
    };
  },
});

const keysRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/keys',
  component: lazyRouteComponent(() => import('./keys/keys-screen.tsx'), 'KeysScreen'),
});

const supervisionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/supervision',
  component: lazyRouteComponent(
    () => import('./supervision/supervision-screen.tsx'),
    'SupervisionScreen',
  ),
});

export interface ReportsSearch {
  range?: RangeName;
  /** Days of own dates, `YYYY-MM-DD`. */
  from?: string;
  to?: string;
  bucket?: Report['bucket'];
}

const reportsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reports',
  component: lazyRouteComponent(() => import('./reports/reports-screen.tsx'), 'ReportsScreen'),
  validateSearch: (search): ReportsSearch => ({
    ...(isRangeName(search.range) ? { range: search.range } : {}),
    ...(isDay(search.from) ? { from: search.from } : {}),
    ...(isDay(search.to) ? { to: search.to } : {}),
    ...(search.bucket === 'hour' || search.bucket === 'day' ? { bucket: search.bucket } : {}),
  }),
});

const routingRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/routing',
  component: lazyRouteComponent(() => import('./routing/dry-run-screen.tsx'), 'DryRunScreen'),
});

/** Where webhooks were before there was an administration. */
const webhooksRoute = createRoute({
  getParentRoute: () => administrationRoute,
  path: '/webhooks',
  beforeLoad: () => {
    throw redirect({ to: '/admin/$section', params: { section: 'webhooks' } });
  },
});

const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  component: lazyRouteComponent(() => import('./account/account-screen.tsx'), 'AccountScreen'),
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    inboxRoute.addChildren([conversationRoute]),
    supervisionRoute,
    reportsRoute,
    accountRoute,
    administrationRoute.addChildren([
      adminHomeRoute,
      auditRoute,
      sectionRoute,
      newObjectRoute,
      objectRoute,
      attemptsRoute,
      keysRoute,
      routingRoute,
      webhooksRoute,
    ]),
  ]),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
  interface HistoryState {
    /** One has just created what is shown. */
    created?: boolean;
  }
}
