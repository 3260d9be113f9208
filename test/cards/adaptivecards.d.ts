/** The build that loads in plain Node comes with declarations that are no module; the package's own ones fit it. */
declare module 'adaptivecards/dist/adaptivecards.js' {
  import type * as Library from 'adaptivecards';

  const library: typeof Library;
  export default library;
}
