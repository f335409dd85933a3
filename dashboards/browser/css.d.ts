/** A style sheet of a package, taken into the script as text when it is bundled. */
declare module "*.css" {
  const sheet: string;
  export default sheet;
}
