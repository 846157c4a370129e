import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type VariantColorsResolver,
} from '@mantine/core';
import { PasswordEye } from './password-eye.tsx';

const shades = [
  '#eaf1f8',
  '#d3e2f0',
  '#a9c7e3',
  '#7db4e6',
  '#5590c4',
  '#356fa3',
  '#24588a',
  '#17426b',
  '#103352',
  '#0c1c2b',
] as const;

/** Every colour comes from the tokens, so that both schemes hold their contrast. */
const variants: VariantColorsResolver = (input) => {
  const ground = input.color === 'refused' ? 'var(--refused)' : 'var(--brand)';
  const none = 'transparent';
  if (input.variant === 'filled') {
    const color = input.color === 'refused' ? 'var(--card)' : 'var(--on-brand)';
    const hover = `color-mix(in srgb, ${ground} 88%, var(--ink))`;
    return { background: ground, hover, color, hoverColor: color, border: '1px solid transparent' };
  }
  if (input.variant === 'default') {
    const border = '1px solid var(--line)';
    return { background: 'var(--card)', hover: 'var(--hover)', color: 'var(--ink)', border };
  }
  if (input.variant === 'subtle' || input.variant === 'transparent') {
    const color = input.color === 'gray' ? 'var(--muted)' : ground;
    return { background: none, hover: 'var(--hover)', color, border: '1px solid transparent' };
  }
  return defaultVariantColorsResolver(input);
};

export const theme = createTheme({
  fontFamily:
    "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  colors: { brand: shades },
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 3 },
  defaultRadius: 8,
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: variants,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: false } },
    Modal: { defaultProps: { centered: true, radius: 12, transitionProps: { duration: 140 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } } },
    // Signs beside words: not to be read out
    ComboboxChevron: { defaultProps: { 'aria-hidden': true } },
    PasswordInput: { defaultProps: { visibilityToggleIcon: PasswordEye } },
    // Named by their title, they need no banner of their own beside the page's landmarks
    ModalHeader: { defaultProps: { role: 'none' } },
    DrawerHeader: { defaultProps: { role: 'none' } },
    Menu: {
      defaultProps: {
        shadow: 'none',
        transitionProps: { duration: 120 },
        // It stays inside of the landmark that it belongs to, and is not cut off there
        withinPortal: false,
        floatingStrategy: 'fixed',
        // A menu holds nothing but its items: the first of them gets the focus
        withInitialFocusPlaceholder: false,
      },
    },
  },
});

const shared = {
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--muted)',
  '--mantine-color-placeholder': 'var(--muted)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-error': 'var(--refused)',
  '--mantine-color-disabled': 'var(--anonymous-ground)',
  '--mantine-color-disabled-color': 'var(--muted)',
  '--mantine-primary-color-filled': 'var(--brand)',
  '--mantine-primary-color-contrast': 'var(--on-brand)',
};

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
