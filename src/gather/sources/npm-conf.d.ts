/** npm's own configuration, as npm reads it; the package has no types of its own. */
declare module '@pnpm/npm-conf' {
  export default function npmConf(): {
    /** Files that could not be read, and why: one with a variable that is not set is passed over as a whole. */
    warnings: readonly string[];
  };
}
