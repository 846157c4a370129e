/** A style sheet as text: no rule of the page's policy stands against it. */
declare module '*.css?inline' {
  const css: string;
  // biome-ignore lint/style/noDefaultExport: what the bundler makes of a style sheet
  export default css;
}
