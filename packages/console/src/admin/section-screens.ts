import type { Section } from '@countersign/protocol';
import type { ComponentType } from 'react';

export interface SectionScreens {
  List: ComponentType;
  /** Id null: one is created. */
  Form: ComponentType<{ id: string | null }>;
}

/** The screens of each section. The navigation shows the sections that have some. */
export const sectionScreens: Partial<Record<Section, SectionScreens>> = {};
