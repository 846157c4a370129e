import type { Module } from './module.ts';
import { basicModules } from './modules/basic.ts';
import { comprehensiveModules } from './modules/comprehensive.ts';
import { configModules } from './modules/config.ts';
import { logoutModules } from './modules/logout.ts';
import { refreshTokenModules } from './modules/refresh-token.ts';
import { thirdPartyLoginModules } from './modules/third-party-login.ts';

const all = {
  ...basicModules,
  ...configModules,
  ...comprehensiveModules,
  ...refreshTokenModules,
  ...logoutModules,
  ...thirdPartyLoginModules,
};

/** By the names that the OpenID Foundation's suite gives them. */
export type ModuleName = keyof typeof all;

export const modules: Readonly<Record<ModuleName, Module>> = all;

export const moduleNames = Object.keys(all).filter(isModuleName);

export function isModuleName(name: string): name is ModuleName {
  return Object.hasOwn(all, name);
}
